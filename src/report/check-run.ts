import type { Phase } from "#gate/policy.js";
import type { Verdict } from "#gate/verdict.js";
import { annotationsOf } from "./annotations.js";
import type { CheckRunDocument } from "./check-run-document.js";
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
  return {
    title: titleOf(verdict),
    summary: summaryOf(verdict, subject),
    text: joinWithin(textParts(verdict, subject), maxTextBytes),
    annotations: annotationsOf(verdict, subject, maxAnnotations),
    conclusion: conclusionOf(verdict),
  };
}

/**
 * The check run of a judgement that could not be finished, through no fault of the author. In the commitment phase an
 * undecided gate does not open.
 *
 * @param reference - What an operator finds in the log.
 */
export function unfinishedCheckRun(
  phase: Phase,
  reference: string,
): CheckRunDocument {
  return {
    title: "VibeGate could not finish (not your code)",
    summary: `Something went wrong while judging this change. Run the check again; if it fails again, give whoever operates VibeGate this reference: ${forMarkdown(reference)}\n`,
    annotations: [],
    conclusion: phase === "commitment" ? "action_required" : "neutral",
  };
}
