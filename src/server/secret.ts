import { inspect } from "node:util";

const shown = "[secret]";

/** A value that never shows itself: not in logs, not in JSON, not in a debugger's print. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value. Hand it only to what needs it; never keep or print it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}
