import type { FileText } from "#parse/parse-file.js";
import type { FingerprintKey } from "./fingerprint-key.js";
import { ParseThread } from "./parse-thread.js";

/** What each thread has to know to take the same facts as every other. */
export interface ParseSetup {
  readonly key?: FingerprintKey;
  readonly generatedPaths: readonly string[];
}

/**
 * A thread has the stack of the analysis, see analyse.ts. What a file leaves behind is swept before there is much of it, and
 * no file that is sent here needs more than a part of the heap.
 */
const limits = { heapMb: 1_024, youngMb: 24, stackMb: 256 };

/** Characters of the largest file that a thread is sent; one with more may need the whole heap of the analysis. */
export const largestFile = 512 * 1024;

/** Characters of source that a thread is sent at once: the work of some 30 ms. */
const batchCharacters = 64 * 1024;

/** Threads that may end over files; what is left then is not for us. */
const mostDeaths = 8;

/** One file that the code of all threads stands in; the build makes it of `parse-worker.js`. */
const workerModule = new URL("parse-worker.bundle.js", import.meta.url);

/** Threads that take the facts of many files at once. */
export class ParsePool {
  readonly #setup: ParseSetup;
  readonly #module: URL;
  readonly #heapMb: number;
  readonly #threads: ParseThread[];
  #deaths = 0;

  /** @param how - What the threads run, and how much of the heap each may take. */
  constructor(
    size: number,
    setup: ParseSetup,
    { module = workerModule, heapMb = limits.heapMb } = {},
  ) {
    this.#setup = setup;
    this.#module = module;
    this.#heapMb = heapMb;
    this.#threads = Array.from({ length: size }, () => this.#start());
  }

  /**
   * Takes the facts of all files, in no order. A file that ends its thread is tried once more alone.
   *
   * @param take - Given the facts of each file as JSON; nothing for one that ended its thread alone. A file that it is
   *   not given for at all is left to the caller: too many threads have ended.
   */
  async parse(
    files: readonly FileText[],
    take: (file: FileText, facts: string | undefined) => void,
  ): Promise<void> {
    const queue = batchesOf(files);
    const work = (thread: ParseThread) => this.#work(thread, queue, take);
    await Promise.all([...this.#threads].map(work));
  }

  /** Ends the threads, and gives back their memory. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #start(): ParseThread {
    const { key, generatedPaths } = this.#setup;
    const workerData: ParseSetup = { generatedPaths, ...(key && { key }) };
    const resourceLimits = {
      maxOldGenerationSizeMb: this.#heapMb,
      maxYoungGenerationSizeMb: limits.youngMb,
      stackSizeMb: limits.stackMb,
    };
    return new ParseThread(this.#module, { workerData, resourceLimits });
  }

  async #work(
    first: ParseThread,
    queue: FileText[][],
    take: (file: FileText, facts: string | undefined) => void,
  ): Promise<void> {
    let thread = first;
    for (let batch = queue.pop(); batch; batch = queue.pop()) {
      const answer = await thread.ask(batch);
      if (answer) {
        for (const [at, file] of batch.entries()) take(file, answer[at]);
        continue;
      }
      if (batch.length === 1) for (const file of batch) take(file, undefined);
      else queue.push(...batch.map((file) => [file]));
      this.#deaths += 1;
      if (this.#deaths >= mostDeaths) return;
      thread = this.#start();
      this.#threads.push(thread);
    }
  }
}

/** Parts of about the same size; the last ones, which are taken first, hold the largest files. */
function batchesOf(files: readonly FileText[]): FileText[][] {
  const batches: FileText[][] = [];
  let batch: FileText[] = [];
  let size = 0;
  for (const file of files.toSorted(bySize)) {
    if (size > 0 && size + file.text.length > batchCharacters) {
      batches.push(batch);
      [batch, size] = [[], 0];
    }
    batch.push(file);
    size += file.text.length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

function bySize(one: FileText, other: FileText): number {
  return one.text.length - other.text.length;
}
