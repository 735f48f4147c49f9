import { Worker } from "node:worker_threads";
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
const resourceLimits = { stackSizeMb: 256, maxOldGenerationSizeMb: 4_096 };

/**
 * Judges in a thread of its own, so that a file made to exhaust the analysis costs an answer, not the process.
 *
 * @param onProgress - Told what is being done.
 * @throws RefusedError when the request cannot be met.
 * @throws AnalysisError when the thread died or found a mistake of ours.
 */
export function analyse(
  request: JudgeRequest,
  onProgress: (doing: string) => void,
): Promise<Judged> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("analysis-worker.js", import.meta.url), {
      workerData: request,
      resourceLimits,
    });
    worker.on("message", (message: JudgeMessage) => {
      if (message.kind === "progress") onProgress(message.doing);
      if (message.kind === "judged") resolve(message.judged);
      if (message.kind === "refused")
        reject(new RefusedError(message.sentence));
      if (message.kind === "crashed") reject(crash(message.stack));
    });
    worker.on("error", (cause) => {
      reject(new AnalysisError("The analysis broke off.", { cause }));
    });
    worker.on("exit", () => {
      reject(new AnalysisError("The analysis ended without an answer."));
    });
  });
}

function crash(stack: string): AnalysisError {
  const error = new AnalysisError("The analysis failed.");
  error.stack = stack;
  return error;
}
