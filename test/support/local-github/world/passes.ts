import { randomBytes } from "node:crypto";

/** Short-lived passes for addresses that are followed without a token. */
export class Passes {
  readonly #valid = new Set<string>();

  /** Hands one out. */
  issue(): string {
    const pass = randomBytes(12).toString("hex");
    this.#valid.add(pass);
    return pass;
  }

  /** Whether it was handed out; each works once. */
  use(pass: string): boolean {
    return this.#valid.delete(pass);
  }
}
