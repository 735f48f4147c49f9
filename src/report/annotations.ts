import type { JudgedFinding, Verdict } from "#gate/verdict.js";
import type { CheckRunAnnotation } from "./check-run-document.js";
import { shorten } from "./cut.js";
import { forAnnotation, withVisibleControls } from "./escape.js";
import type { ReportSubject } from "./subject.js";
import { lineNumbers } from "./wording.js";

/** Characters of an annotation's title: a line of the diff view. */
const maxTitle = 80;

/** Characters of each sentence of a message; GitHub takes 64 KB in all. */
const maxSentence = 2_000;

/** Further lines that one annotation names. */
const maxLines = 50;

/** Further places in the details. */
const maxEvidence = 20;

/**
 * Notes for the lines of the change, the heaviest first. What the change did not bring, and what stands in its history
 * only, has no line in the head and so no note; findings of one rule in one file share one.
 */
export function annotationsOf(
  { findings }: Verdict,
  subject: ReportSubject,
  maxAnnotations: number,
): CheckRunAnnotation[] {
  if (subject.scope !== "change") return [];
  const noted = findings.filter(
    ({ introduced, grown, commit }) =>
      introduced && grown !== true && commit === undefined,
  );
  const groups = Map.groupBy(
    noted,
    ({ check, rule, path }) => `${check}/${rule} ${path}`,
  );
  return [...groups.values()]
    .slice(0, maxAnnotations)
    .flatMap(([first, ...others]) =>
      first ? [annotation(first, others, subject)] : [],
    );
}

function annotation(
  finding: JudgedFinding,
  others: readonly JudgedFinding[],
  { checks }: ReportSubject,
): CheckRunAnnotation {
  const check = checks.find(({ name }) => name === finding.check);
  const what = check?.rules[finding.rule]?.title ?? finding.message;
  const slug = `${finding.item} ${finding.check}/${finding.rule}`;
  const sentences = [
    finding.message,
    check?.why,
    finding.fix,
    alsoOn(others),
  ].filter((sentence) => sentence !== undefined);
  return {
    path: finding.path,
    lines: finding.lines,
    level: levels[finding.level],
    title: shorten(forAnnotation(`${slug}: ${what}`), maxTitle),
    message: sentences
      .map((sentence) => forAnnotation(shorten(sentence, maxSentence)))
      .join("\n\n"),
    details: detailsOf(finding),
  };
}

const levels = {
  block: "failure",
  advise: "warning",
  notice: "notice",
} as const;

function alsoOn(others: readonly JudgedFinding[]): string | undefined {
  if (others.length === 0) return undefined;
  const lines = others.slice(0, maxLines).map(lineNumbers).join(", ");
  const rest = others.length - maxLines;
  const plural = others.length === 1 ? "line" : "lines";
  return `Also on ${plural} ${lines}${rest > 0 ? ` and ${String(rest)} more` : ""}.`;
}

/** What a tool may want to read; never a value. */
function detailsOf(finding: JudgedFinding): string {
  const { check, rule, fingerprint, confidence, evidence } = finding;
  const details = {
    rule: `${check}/${rule}`,
    fingerprint,
    confidence,
    ...(evidence && {
      evidence: evidence.slice(0, maxEvidence).map(({ path, line, note }) => ({
        path: shorten(path, 400),
        line,
        note: shorten(note, maxSentence),
      })),
    }),
  };
  return withVisibleControls(JSON.stringify(details, null, 2));
}
