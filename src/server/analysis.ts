import { Worker as Thread } from "node:worker_threads";

/** Why an analysis gave no answer. Only the one job is hit; the next has a fresh thread. */
export class AnalysisError extends Error {
  override readonly name = "AnalysisError";
  readonly code: "timed-out" | "out-of-memory" | "crashed" | "stopped";

  constructor(code: AnalysisError["code"], cause?: unknown) {
    super(sentences[code], { cause });
    this.code = code;
  }
}

const sentences = {
  "timed-out": "The analysis took longer than it may.",
  "out-of-memory": "The analysis needed more memory than it may.",
  crashed: "The analysis crashed.",
  stopped: "The analysis was stopped with the server.",
} as const;

/** What one thread may use. */
export interface AnalysisLimits {
  readonly heapMb: number;
  /** Deeply nested source overflows the usual stack of 1 MB. */
  readonly stackMb: number;
  readonly wallMs: number;
}

/** Bounds that a large honest repository stays well within. */
export const defaultLimits: AnalysisLimits = {
  heapMb: 512,
  stackMb: 64,
  wallMs: 60_000,
};

/** How many threads there are, what they run, and within what. */
export interface AnalysisOptions {
  /** Module that answers `{ id, request }` with `{ id, reply }` or `{ id, failure }`. */
  readonly module: URL;
  readonly threads?: number;
  readonly limits?: AnalysisLimits;
}

/** What a thread posts back. */
export interface AnalysisMessage {
  readonly id: number;
  readonly reply?: unknown;
  readonly failure?: unknown;
}

interface Task {
  readonly id: number;
  readonly request: unknown;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: AnalysisError) => void;
}

/** Runs a pure function on hostile input beside the main thread, which goes on answering whatever happens here. */
export class Analysis {
  readonly #options: AnalysisOptions;
  readonly #limits: AnalysisLimits;
  readonly #waiting: Task[] = [];
  readonly #idle: Thread[] = [];
  readonly #busy = new Map<Thread, (error: AnalysisError) => void>();
  #lastId = 0;
  #stopped = false;

  constructor(options: AnalysisOptions) {
    this.#options = options;
    this.#limits = options.limits ?? defaultLimits;
  }

  /**
   * Runs the function on a copy of the request.
   *
   * @throws AnalysisError when it gave no answer within its limits.
   */
  run(request: unknown): Promise<unknown> {
    if (this.#stopped) return Promise.reject(new AnalysisError("stopped"));
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      this.#waiting.push({ id: this.#lastId, request, resolve, reject });
      this.#next();
    });
  }

  /** Ends all threads; what runs or waits is rejected. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const task of this.#waiting.splice(0))
      task.reject(new AnalysisError("stopped"));
    const busy = [...this.#busy];
    for (const [, fail] of busy) fail(new AnalysisError("stopped"));
    const threads = [
      ...this.#idle.splice(0),
      ...busy.map(([thread]) => thread),
    ];
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  #next(): void {
    const limit = this.#options.threads ?? 1;
    if (this.#busy.size >= limit) return;
    const task = this.#waiting.shift();
    if (!task) return;
    this.#assign(this.#idle.pop() ?? this.#newThread(), task);
  }

  #newThread(): Thread {
    const thread = new Thread(this.#options.module, {
      // No environment: the secrets that stand in it are none of the analysis' business.
      env: {},
      resourceLimits: {
        maxOldGenerationSizeMb: this.#limits.heapMb,
        stackSizeMb: this.#limits.stackMb,
      },
    });
    // An idle thread must not keep the process alive.
    thread.unref();
    return thread;
  }

  /** An idle thread that dies is forgotten. */
  #rest(thread: Thread): void {
    const forget = (): void => {
      const at = this.#idle.indexOf(thread);
      if (at !== -1) this.#idle.splice(at, 1);
    };
    thread.on("error", forget);
    thread.on("exit", forget);
    this.#idle.push(thread);
  }

  #assign(thread: Thread, task: Task): void {
    const end = (): void => {
      clearTimeout(deadline);
      thread.removeAllListeners();
      this.#busy.delete(thread);
    };
    const fail = (error: AnalysisError): void => {
      end();
      // A late error of a dying thread has nobody to hear it.
      thread.on("error", () => undefined);
      void thread.terminate();
      task.reject(error);
      this.#next();
    };
    const deadline = setTimeout(() => {
      fail(new AnalysisError("timed-out"));
    }, this.#limits.wallMs);
    thread.removeAllListeners();
    this.#busy.set(thread, fail);
    thread.on("error", (cause) => {
      fail(
        new AnalysisError(
          isOutOfMemory(cause) ? "out-of-memory" : "crashed",
          cause,
        ),
      );
    });
    thread.on("exit", () => {
      fail(new AnalysisError("crashed"));
    });
    thread.on("message", (message: AnalysisMessage) => {
      if (message.id !== task.id) return;
      if (message.failure !== undefined) {
        fail(new AnalysisError("crashed", message.failure));
        return;
      }
      end();
      this.#rest(thread);
      task.resolve(message.reply);
      this.#next();
    });
    thread.postMessage({ id: task.id, request: task.request });
  }
}

function isOutOfMemory(cause: unknown): boolean {
  return (
    typeof cause === "object" &&
    cause !== null &&
    "code" in cause &&
    cause.code === "ERR_WORKER_OUT_OF_MEMORY"
  );
}
