import { items, sections } from "#gate/items.js";
import type { ItemResult, JudgedFinding, Verdict } from "#gate/verdict.js";
import { forTerminal } from "./escape.js";
import { configLines, exceptionLines } from "./pretty-notes.js";
import { timeSentences } from "./time-notes.js";
import type { Paint, Style } from "./paint.js";
import type { ReportSubject } from "./subject.js";
import { counted, gapPlace, lineNumbers, sortFindings } from "./wording.js";

/** Gaps that are listed one by one; JSON has them all. */
const maxGaps = 20;

/** The verdict for a person at a terminal: findings by file, the gate item by item, what was not seen, what to do. */
export function prettyReport(
  verdict: Verdict,
  subject: ReportSubject,
  paint: Paint = (_style, text) => text,
): string {
  const parts = [
    findingLines(verdict, subject, paint),
    itemLines(verdict, paint),
    gapLines(verdict, paint),
    exceptionLines(verdict, paint),
    subject.config ? configLines(subject.config, paint) : [],
    timeSentences(verdict).map((sentence) =>
      paint("yellow", forTerminal(sentence)),
    ),
    [conclusionLine(verdict, subject, paint)],
  ];
  const texts = parts.filter((lines) => lines.length > 0);
  return `${texts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function findingLines(
  { findings }: Verdict,
  { scope }: ReportSubject,
  paint: Paint,
): string[] {
  const byPath = Map.groupBy(findings, ({ path }) => path);
  const groups = [...byPath].map(([path, here]) => [
    paint("bold", forTerminal(path)),
    ...here.flatMap((finding) => oneFinding(finding, scope, paint)),
  ]);
  return groups.flatMap((lines, index) => (index > 0 ? ["", ...lines] : lines));
}

function oneFinding(
  finding: JudgedFinding,
  scope: ReportSubject["scope"],
  paint: Paint,
): string[] {
  const { level, confidence, message, fix, commit, introduced } = finding;
  const slug = `${finding.check}/${finding.rule}`;
  const notes = [
    commit !== undefined && `in commit ${commit.slice(0, 10)}`,
    scope === "change" && !introduced && "not from this change",
    confidence !== "certain" && confidence,
  ].filter((note) => note !== false);
  const style = introduced ? levelStyles[level] : "dim";
  const place = lineNumbers(finding).padStart(5);
  const head = `${place}  ${paint(style, level.padEnd(6))}  ${forTerminal(message)}`;
  const tail = [`${finding.item} ${slug}`, ...notes].map(forTerminal);
  const pad = " ".repeat(15);
  return [
    head,
    `${pad}${forTerminal(fix)}`,
    ...(finding.evidence ?? []).map(
      ({ path, line, note }) =>
        `${pad}${forTerminal(`${path}:${String(line)}: ${note}`)}`,
    ),
    `${pad}${paint("dim", tail.join(", "))}`,
  ];
}

const levelStyles = {
  block: "red",
  advise: "yellow",
  notice: "cyan",
} as const satisfies Record<JudgedFinding["level"], Style>;

function itemLines({ items: results }: Verdict, paint: Paint): string[] {
  return Object.entries(sections).flatMap(([section, name], index) => {
    const here = results.filter(({ id }) => id.startsWith(String(index + 1)));
    return [
      paint("bold", `${String(index + 1)} ${name}`),
      ...here.map((result) => itemLine(result, section, paint)),
    ];
  });
}

function itemLine(result: ItemResult, section: string, paint: Paint): string {
  const { id, check, status, because } = result;
  const item = items.find((one) => one.section === section && one.id === id);
  const [sign, style] = statusSigns[status];
  const reason = because === "" ? "" : `: ${forTerminal(because)}`;
  const words = `${status}${reason}`;
  return `  ${paint(style, sign)} ${id} ${item?.holds ?? check} ${paint("dim", `(${words})`)}`;
}

const statusSigns: Readonly<
  Record<ItemResult["status"], readonly [string, Style]>
> = {
  holds: ["✓", "green"],
  attested: ["✓", "cyan"],
  broken: ["✗", "red"],
  inapplicable: ["-", "dim"],
  unknown: ["?", "yellow"],
  off: ["o", "dim"],
};

function gapLines({ gaps }: Verdict, paint: Paint): string[] {
  if (gaps.length === 0) return [];
  const shown = gaps.slice(0, maxGaps).map(({ path, because }) => {
    return `  ${forTerminal(gapPlace(path))}: ${forTerminal(because)}`;
  });
  const rest = gaps.length - shown.length;
  return [
    paint("bold", "Not seen, and so not judged"),
    ...shown,
    ...(rest > 0 ? [`  and ${String(rest)} more: --format json`] : []),
  ];
}

function conclusionLine(
  verdict: Verdict,
  { scope }: ReportSubject,
  paint: Paint,
): string {
  const { phase, isComplete } = verdict;
  const { blocking, advisory, older } = sortFindings(verdict);
  const counts = [
    `${String(blocking.length)} blocking`,
    `${String(advisory.length)} advisory`,
    ...(scope === "change" ? [`${String(older.length)} older`] : []),
  ].join(", ");
  const unseen = isComplete
    ? ""
    : ` Incomplete: ${counted(verdict.gaps.length, "gap")}.`;
  if (blocking.length === 0)
    return paint(isComplete ? "green" : "yellow", `${counts}.${unseen}`);
  const next =
    phase === "commitment"
      ? "Mend what blocks, then run it again."
      : "In the commitment phase this would block; try --phase commitment.";
  return paint("red", `${counts}.${unseen} ${next}`);
}
