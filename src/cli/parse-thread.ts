import { Worker, type WorkerOptions } from "node:worker_threads";
import type { FileText } from "#parse/parse-file.js";

/** A thread that takes facts, and may end over a file. */
export class ParseThread {
  readonly #worker: Worker;
  #settle: ((answer: readonly string[] | undefined) => void) | undefined;
  #isDead = false;

  constructor(module: URL, options: WorkerOptions) {
    this.#worker = new Worker(module, options);
    this.#worker.on("message", (answer: readonly string[]) => {
      this.#settle?.(answer);
    });
    // What went wrong is told by the exit that follows.
    this.#worker.on("error", () => undefined);
    this.#worker.on("exit", () => {
      this.#isDead = true;
      this.#settle?.(undefined);
    });
  }

  /**
   * Takes the facts of some files; one call at a time.
   *
   * @returns the facts as JSON, in the order of the files; undefined when the thread ended over them.
   */
  ask(files: readonly FileText[]): Promise<readonly string[] | undefined> {
    if (this.#isDead) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#worker.postMessage(files);
    });
  }

  /** Ends it, with all memory that it took. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
