import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AnalysisError } from "./analysis-error.js";

/** What one analysis may use. */
export interface AnalysisLimits {
  readonly heapMb: number;
  /** Deeply nested source overflows the usual stack of 1 MB. */
  readonly stackMb: number;
  readonly wallMs: number;
}

/** How the host of a thread tells why it ended. */
export const exitCodes = { outOfMemory: 70, crashed: 71 } as const;

const host = fileURLToPath(new URL("./analysis-host.js", import.meta.url));

/**
 * Optimising the SQL grammar's WebAssembly takes V8 more memory than all else, and helps nobody: it is asked for too little.
 */
const execArgv = ["--liftoff-only"];

/** Glibc keeps a heap for each of V8's threads otherwise, and gives none of it back. */
const memory = { MALLOC_ARENA_MAX: "1" };

/**
 * Starts a process that holds one thread with the module in it.
 *
 * A thread alone is no wall: where its heap cannot grow by as much as one step needs, for example when a large map doubles,
 * V8 ends the whole process, whatever limits the thread was given.
 *
 * @param environment - What the process may know of its surroundings.
 */
export function startAnalysisProcess(
  module: URL,
  { heapMb, stackMb }: Pick<AnalysisLimits, "heapMb" | "stackMb">,
  environment: NodeJS.ProcessEnv = {},
): ChildProcess {
  const child = fork(host, [module.href, String(heapMb), String(stackMb)], {
    serialization: "advanced",
    // Nothing of the server's environment: the secrets that stand in it are none of the analysis' business.
    env: { ...environment, ...memory },
    execArgv,
    // V8's last words tell of the heap, and nobody reads them.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // An idle process must not keep the server alive.
  child.unref();
  child.channel?.unref();
  return child;
}

/** Why a process ended that should not have ended. */
export function endOf(
  code: number | null,
  signal: NodeJS.Signals | null,
): AnalysisError {
  // SIGABRT is how V8 ends where there is no memory left.
  const isFull = code === exitCodes.outOfMemory || signal === "SIGABRT";
  return new AnalysisError(isFull ? "out-of-memory" : "crashed");
}
