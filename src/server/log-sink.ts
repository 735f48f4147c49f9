import { type Writable } from "node:stream";
import type { DestinationStream } from "pino";

/** What may wait for a reader of the log that does not read. */
const waitingAtMost = 1_000_000;

/**
 * Takes the lines of the log and never waits for whoever reads them: a log that nobody reads must not keep deliveries from
 * being taken. What does not fit into a bounded space is dropped, counted, and told once there is room again.
 */
export class LogSink implements DestinationStream {
  readonly #stream: Writable;
  #dropped = 0;
  #untold = 0;

  /** @param stream - Standard output when not given: it writes pipes without blocking. */
  constructor(stream: Writable = process.stdout) {
    this.#stream = stream;
    // Whoever read it is gone; the server goes on without a log.
    stream.on("error", () => undefined);
  }

  /** How many lines were dropped since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  write(line: string): void {
    if (this.#stream.writableLength > waitingAtMost) {
      this.#dropped += 1;
      this.#untold += 1;
      return;
    }
    if (this.#untold > 0) {
      const told = { level: 40, dropped: this.#untold };
      this.#untold = 0;
      const msg = "Lines of the log were dropped, since nobody read it";
      this.#stream.write(`${JSON.stringify({ ...told, msg })}\n`);
    }
    this.#stream.write(line);
  }

  /** Resolves when all is written, or after a while. @returns whether all is. */
  async emptied(withinMs: number): Promise<boolean> {
    const end = Date.now() + withinMs;
    while (this.#stream.writableLength > 0 && Date.now() < end)
      await new Promise((resume) => setTimeout(resume, 20));
    return this.#stream.writableLength === 0;
  }
}
