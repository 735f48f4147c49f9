import type { WriteStream } from "node:tty";

/** One line on a terminal that says what is being done; silent where nobody watches. */
export class Progress {
  readonly #stream: Pick<WriteStream, "write" | "isTTY">;

  constructor(stream: Pick<WriteStream, "write" | "isTTY">) {
    this.#stream = stream;
  }

  /** Replaces what the line said before. */
  show(doing: string): void {
    if (this.#stream.isTTY) this.#stream.write(`\r\u001b[K${doing} ...`);
  }

  /** Leaves the terminal as if nothing had been there. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[K");
  }
}
