import type { ChildProcess } from "node:child_process";
import { AnalysisError } from "./analysis-error.js";
import {
  type AnalysisLimits,
  endOf,
  startAnalysisProcess,
} from "./analysis-process.js";

/** Bounds that a large honest repository stays well within. */
export const defaultLimits: AnalysisLimits = {
  heapMb: 512,
  stackMb: 64,
  wallMs: 60_000,
};

/** How many analyses run at once, what they run, and within what. */
export interface AnalysisOptions {
  /** Module of a thread that answers `{ id, request }` with `{ id, reply }` or `{ id, failure }`. */
  readonly module: URL;
  readonly processes?: number;
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

/** Runs a pure function on hostile input beside the server, which goes on answering whatever happens there. */
export class Analysis {
  readonly #options: AnalysisOptions;
  readonly #limits: AnalysisLimits;
  readonly #waiting: Task[] = [];
  readonly #idle = new Set<ChildProcess>();
  readonly #busy = new Map<ChildProcess, (error: AnalysisError) => void>();
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

  /** Ends all processes; what runs or waits is rejected. */
  stop(): void {
    this.#stopped = true;
    for (const task of this.#waiting.splice(0))
      task.reject(new AnalysisError("stopped"));
    for (const fail of this.#busy.values()) fail(new AnalysisError("stopped"));
    for (const child of this.#idle) child.kill("SIGKILL");
    this.#idle.clear();
  }

  #next(): void {
    const limit = this.#options.processes ?? 1;
    if (this.#busy.size >= limit) return;
    const task = this.#waiting.shift();
    if (!task) return;
    const [idle] = this.#idle;
    const { module } = this.#options;
    this.#assign(idle ?? startAnalysisProcess(module, this.#limits), task);
  }

  #assign(child: ChildProcess, task: Task): void {
    const end = (): void => {
      clearTimeout(deadline);
      child.removeAllListeners();
      this.#busy.delete(child);
    };
    const fail = (error: AnalysisError): void => {
      end();
      // A late error of a dying process has nobody to hear it.
      child.on("error", () => undefined);
      child.kill("SIGKILL");
      task.reject(error);
      this.#next();
    };
    const deadline = setTimeout(() => {
      fail(new AnalysisError("timed-out"));
    }, this.#limits.wallMs);
    const succeed = (reply: unknown): void => {
      end();
      this.#rest(child);
      task.resolve(reply);
      this.#next();
    };
    this.#idle.delete(child);
    child.removeAllListeners();
    this.#busy.set(child, fail);
    listen(child, task.id, { succeed, fail });
    child.send({ id: task.id, request: task.request }, (cause) => {
      if (cause && this.#busy.get(child) === fail)
        fail(new AnalysisError("crashed", cause));
    });
  }

  /** An idle process that ends is forgotten. */
  #rest(child: ChildProcess): void {
    const forget = (): void => {
      this.#idle.delete(child);
    };
    child.on("error", forget);
    child.on("exit", forget);
    this.#idle.add(child);
  }
}

interface Ends {
  readonly succeed: (reply: unknown) => void;
  readonly fail: (error: AnalysisError) => void;
}

function listen(
  child: ChildProcess,
  id: number,
  { succeed, fail }: Ends,
): void {
  child.on("error", (cause) => {
    fail(new AnalysisError("crashed", cause));
  });
  child.on("exit", (code, signal) => {
    fail(endOf(code, signal));
  });
  child.on("message", (message) => {
    const answer = message as AnalysisMessage;
    if (answer.id !== id) return;
    if (answer.failure === undefined) succeed(answer.reply);
    else fail(new AnalysisError("crashed", answer.failure));
  });
}
