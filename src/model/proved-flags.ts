import type { Step } from "#parse/code-facts.js";
import type { Taint } from "./guard.js";

/**
 * Variables that are set to true right behind a call that throws for strangers, in a `try` that goes on without them:
 * `try { webhook.verify(body); isVerified = true } catch {}`. One that is also set elsewhere proves nothing.
 */
export class ProvedFlags {
  readonly #open = new Set<string>();
  #proof: Taint | undefined;

  /** Walks a block; what is proved in it holds in it. */
  within<Result>(walk: () => Result): Result {
    const before = this.#proof;
    const result = walk();
    this.#proof = before;
    return result;
  }

  /** Notes that nobody comes past here who is unknown. */
  prove(proof: Taint): void {
    this.#proof = proof;
  }

  /** Notes what a variable tells of the caller that is set here. */
  note(
    { target, value }: Extract<Step, { kind: "set" }>,
    taints: Map<string, Taint>,
  ): void {
    if (value.kind !== "literal" || value.value !== true) return;
    if (this.#proof === undefined) this.#open.add(target);
    if (this.#open.has(target)) taints.delete(target);
    else if (this.#proof) taints.set(target, this.#proof);
  }
}
