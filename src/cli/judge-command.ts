import {
  analyse,
  type Analyse,
  AnalysisError,
  RefusedError,
} from "./analyse.js";
import { complain, complainOfCrash } from "./complain.js";
import { exitCodeOf, exitCodes } from "./exit-code.js";
import { noAnswer } from "./no-answer.js";
import { printVerdict } from "./print-verdict.js";
import type { Destination } from "./report-format.js";
import { Progress } from "./progress.js";
import type { Judged, JudgeRequest } from "./request.js";

/**
 * Judges what was asked for and writes the report.
 *
 * @param judge - In a process of its own, unless said otherwise.
 * @returns the exit code.
 */
export async function judgeCommand(
  request: JudgeRequest,
  destination: Destination,
  judge: Analyse = analyse,
): Promise<number> {
  const progress = new Progress(process.stderr);
  try {
    const judged = await judge(request, (doing) => {
      progress.show(doing);
    }).catch((error: unknown) => withoutAnswer(request, error));
    progress.clear();
    await printVerdict(judged, destination);
    return exitCodeOf(judged.verdict, judged.subject.config);
  } catch (error) {
    progress.clear();
    if (!(error instanceof RefusedError)) throw error;
    complain(error.message);
    return exitCodes.usage;
  }
}

/** A script that waits for a report gets one, also when the analysis died: everything is unknown. */
function withoutAnswer(request: JudgeRequest, error: unknown): Judged {
  if (!(error instanceof AnalysisError)) throw error;
  complainOfCrash(error);
  return noAnswer(request, "the analysis itself failed");
}
