import type { Phase } from "#gate/policy.js";
import type { Verdict } from "#gate/verdict.js";
import { annotationsOf } from "./annotations.js";
import type {
  CheckRunConclusion,
  CheckRunDocument,
} from "./check-run-document.js";
import { configAnnotations } from "./config-notes.js";
import { conclusionOf, titleOf } from "./conclusion.js";
import { joinWithin, maxTextBytes } from "./cut.js";
import { forMarkdown } from "./escape.js";
import { textParts } from "./report-text.js";
import type { ReportSubject } from "./subject.js";
import { summaryOf } from "./summary.js";

/** Annotations of one run: as many as GitHub takes in one request, and more than people read. */
const defaultMaxAnnotations = 50;

/**
 * The verdict as a check run. The same verdict and subject give the same document.
 *
 * @param maxAnnotations - From 0; what is left out stands in the text.
 */
export function checkRunOf(
  verdict: Verdict,
  subject: ReportSubject,
  maxAnnotations = defaultMaxAnnotations,
): CheckRunDocument {
  const mistakes = subject.config ? configAnnotations(subject.config) : [];
  const isBroken = (subject.config?.problems.length ?? 0) > 0;
  const found = annotationsOf(verdict, subject, maxAnnotations);
  return {
    title:
      mistakes.length > 0
        ? `Configuration broken; ${titleOf(verdict)}`
        : titleOf(verdict),
    summary: summaryOf(verdict, subject),
    text: joinWithin(textParts(verdict, subject), maxTextBytes),
    annotations: [...mistakes, ...found].slice(
      0,
      Math.max(maxAnnotations, mistakes.length),
    ),
    conclusion: worst(
      conclusionOf(verdict),
      verdict.phase,
      mistakes.length > 0,
      isBroken,
    ),
  };
}

/** A configuration that nobody can read keeps a gate from opening in the commitment phase; its author has to mend it. */
function worst(
  conclusion: CheckRunConclusion,
  phase: Phase,
  breaksConfig: boolean,
  isBroken: boolean,
): CheckRunConclusion {
  if (conclusion === "failure" || (!breaksConfig && !isBroken))
    return conclusion;
  if (phase === "exploration") return "neutral";
  return breaksConfig ? "failure" : "action_required";
}

/**
 * The check run of a judgement that could not be finished, through no fault of the author. In the commitment phase an
 * undecided gate does not open, unless the repository prefers that.
 *
 * @param reference - What an operator finds in the log.
 */
export function unfinishedCheckRun(
  phase: Phase,
  reference: string,
  onError: "fail" | "neutral" = "fail",
): CheckRunDocument {
  return {
    title: "VibeGate could not finish (not your code)",
    summary: `Something went wrong while judging this change. Run the check again; if it fails again, give whoever operates VibeGate this reference: ${forMarkdown(reference)}\n`,
    annotations: [],
    conclusion:
      phase === "commitment" && onError === "fail"
        ? "action_required"
        : "neutral",
  };
}
