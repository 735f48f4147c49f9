import type { JudgedFinding, Verdict } from "#gate/verdict.js";
import { coverage } from "./conclusion.js";
import { configLine } from "./config-notes.js";
import { joinWithin, type Part, shorten } from "./cut.js";
import { forMarkdown, forTableCode } from "./escape.js";
import { inFewWords } from "./finding-markdown.js";
import type { ReportSubject } from "./subject.js";
import { timeSentences } from "./time-notes.js";
import { counted, placeOf, sortFindings } from "./wording.js";

/** The first screen: what the verdict is, what blocks, what to do next. Markdown of less than 2 KB. */
export function summaryOf(verdict: Verdict, subject: ReportSubject): string {
  const { blocking } = sortFindings(verdict);
  const parts: Part[] = [
    fixed(`${verdictSentence(verdict, subject)}\n\n`),
    ...(blocking.length > 0 ? [blockingTable(blocking, verdict)] : []),
    fixed(nextSteps(verdict)),
    fixed(timeLines(verdict)),
    fixed(subject.config ? `\n${configLine(subject.config)}\n` : ""),
  ];
  return joinWithin(parts, maxSummaryBytes);
}

const maxSummaryBytes = 2_000;

function fixed(head: string): Part {
  return { rank: 0, head, entries: [], foot: "", more: () => "" };
}

function verdictSentence(verdict: Verdict, subject: ReportSubject): string {
  const { phase, isComplete, gaps } = verdict;
  const { blocking, advisory, older } = sortFindings(verdict);
  const what = subject.scope === "change" ? "This change" : "This repository";
  const brings = subject.scope === "change" ? "introduces" : "has";
  const found =
    blocking.length + advisory.length === 0
      ? `${brings} nothing that the gate objects to`
      : `${brings} ${counted(blocking.length, "finding that blocks", "findings that block")} and ${String(advisory.length)} advisory`;
  const sentences = [
    `${what} ${found}; phase: **${phase}**, ${coverage(verdict)}.`,
    older.length > 0 &&
      `${counted(older.length, "older finding")} on lines that it did not touch.`,
    !isComplete &&
      `**${counted(gaps.length, "place")} could not be seen**, and what was not seen is no pass.`,
  ];
  return sentences.filter((sentence) => sentence !== false).join(" ");
}

function blockingTable(
  blocking: readonly JudgedFinding[],
  { phase }: Verdict,
): Part {
  const title =
    phase === "commitment" ? "What blocks" : "What would block in commitment";
  return {
    rank: 1,
    head: `**${title}**\n\n| item | where | fix |\n| --- | --- | --- |\n`,
    entries: blocking.map((finding) => {
      const where = forTableCode(shorten(placeOf(finding), 120));
      return `| ${finding.item} | ${where} | ${inFewWords(finding.fix, 12)} |\n`;
    }),
    foot: "\n",
    more: (count) => `\nand ${String(count)} more below\n`,
  };
}

const maxSteps = 3;

/** At most three steps, each with who does it. */
function nextSteps(verdict: Verdict): string {
  const { phase, conclusion, isComplete, unattested } = verdict;
  const steps = [
    conclusion === "blocked" &&
      (phase === "commitment"
        ? "The author mends what blocks and pushes; the check runs by itself."
        : "The author may merge now; before real users come, mend what would block."),
    !isComplete &&
      "The author takes out or splits what could not be seen; the list is below.",
    phase === "commitment" &&
      unattested.length > 0 &&
      "Somebody attests what code cannot show, in `.vibegate.yml` under `attest`.",
    conclusion !== "clear" &&
      "See the same report on your machine: `vibegate check --base <branch>`.",
  ].filter((step) => step !== false);
  if (steps.length === 0) return "";
  const list = steps
    .slice(0, maxSteps)
    .map((step, index) => `${String(index + 1)}. ${step}\n`);
  return `**What to do next**\n\n${list.join("")}`;
}

/** What changes by the mere passing of days. */
function timeLines(verdict: Verdict): string {
  return timeSentences(verdict)
    .map((sentence) => `\n${forMarkdown(shorten(sentence, 200))}\n`)
    .join("");
}
