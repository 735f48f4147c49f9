import type { ChildProcess } from "node:child_process";
import { endOf, startAnalysisProcess } from "#server/analysis-process.js";
import type { Judged, JudgeMessage, JudgeRequest } from "./request.js";

/** The analysis ended without an answer, through no fault of who asked. */
export class AnalysisError extends Error {
  override readonly name = "AnalysisError";
}

/** What was asked for cannot be judged as it was asked. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/**
 * Deep nesting eats stack: parsers and visitors recurse once a level. On this much a file may nest 100,000 levels;
 * memory is only taken when it is used.
 */
export const limits = { heapMb: 4_096, stackMb: 256 };

let waiting: ChildProcess | undefined;

/** Starts the process that will judge, so that it loads what it needs while the command line is still being read. */
export function prepareAnalysis(): void {
  waiting ??= startAnalysis();
}

/** One file that holds all that judging needs; the build makes it of `analysis-worker.js`. */
function startAnalysis(): ChildProcess {
  const module = new URL("analysis-worker.bundle.js", import.meta.url);
  return startAnalysisProcess(module, limits, process.env);
}

/** How a request comes to its judgement. */
export type Analyse = typeof analyse;

/**
 * Judges in a process of its own, so that a file made to exhaust the analysis costs an answer, and not the report of it.
 *
 * @param onProgress - Told what is being done.
 * @throws RefusedError when the request cannot be met.
 * @throws AnalysisError when the process died or found a mistake of ours.
 */
export function analyse(
  request: JudgeRequest,
  onProgress: (doing: string) => void,
): Promise<Judged> {
  const child = waiting ?? startAnalysis();
  waiting = undefined;
  // Somebody waits for this one.
  child.ref();
  child.channel?.ref();
  return new Promise((resolve, reject) => {
    child.on("message", (said) => {
      const message = said as JudgeMessage;
      if (message.kind === "progress") onProgress(message.doing);
      if (message.kind === "judged") resolve(message.judged);
      if (message.kind === "refused")
        reject(new RefusedError(message.sentence));
      if (message.kind === "crashed") reject(crash(message.stack));
      if (message.kind === "finished") child.disconnect();
    });
    child.on("error", (cause) => {
      reject(new AnalysisError("The analysis broke off.", { cause }));
    });
    child.on("exit", (code, signal) => {
      const cause = endOf(code, signal);
      reject(new AnalysisError("The analysis broke off.", { cause }));
    });
    child.send(request);
  });
}

function crash(stack: string): AnalysisError {
  const error = new AnalysisError("The analysis failed.");
  error.stack = stack;
  return error;
}
