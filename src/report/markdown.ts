import type { Verdict } from "#gate/verdict.js";
import { titleOf } from "./conclusion.js";
import { joinWithin } from "./cut.js";
import { textParts } from "./report-text.js";
import type { ReportSubject } from "./subject.js";
import { summaryOf } from "./summary.js";

/** The same document that a check run shows, in one piece and without a limit. */
export function markdownReport(
  verdict: Verdict,
  subject: ReportSubject,
): string {
  const text = joinWithin(textParts(verdict, subject), Infinity);
  return `# VibeGate: ${titleOf(verdict)}\n\n${summaryOf(verdict, subject)}\n${text}`;
}
