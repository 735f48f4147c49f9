import type { Evidence } from "#gate/finding.js";
import type { JudgedFinding } from "#gate/verdict.js";
import { shorten } from "./cut.js";
import { forMarkdown, forMarkdownCode, forUrlPath } from "./escape.js";
import type { ReportSubject } from "./subject.js";
import { placeOf } from "./wording.js";

/** Characters of a sentence from a check; more is an accident or an attack. */
const maxSentence = 1_000;

/** Characters of a path. */
const maxPath = 400;

/** Further places that are named. */
const maxEvidence = 5;

/** One finding as an entry of a Markdown list: place, what is wrong, what to do, how sure. */
export function findingMarkdown(
  finding: JudgedFinding,
  subject: ReportSubject,
): string {
  const { message, fix, level, confidence, item, check, rule } = finding;
  const slug = forMarkdownCode(`${check}/${rule}`);
  const lines = [
    `- **${level}** ${linkedPlace(finding, subject)}: ${sentence(message)}`,
    `  Fix: ${sentence(fix)}`,
    ...(finding.evidence ?? []).slice(0, maxEvidence).map(evidenceLine),
    `  ${item} ${slug}, ${confidence}`,
  ];
  return `${lines.join("  \n")}\n`;
}

/** Where a finding stands, as a link where the files have an address. */
export function linkedPlace(
  finding: JudgedFinding,
  { filesUrl }: ReportSubject,
): string {
  const place = forMarkdownCode(shorten(placeOf(finding), maxPath));
  const { commit, path, lines } = finding;
  if (filesUrl === undefined || commit !== undefined) return place;
  const start = `L${String(lines.start)}`;
  const range = lines.end > lines.start ? `-L${String(lines.end)}` : "";
  return `[${place}](${filesUrl}/${forUrlPath(path)}#${start}${range})`;
}

function evidenceLine({ path, line, note }: Evidence): string {
  const place = `${path}:${String(line)}`;
  return `  See ${forMarkdownCode(shorten(place, maxPath))}: ${sentence(note)}`;
}

function sentence(text: string): string {
  return forMarkdown(shorten(text, maxSentence));
}

/** The first words of an order, for a cell of a table. */
export function inFewWords(text: string, maxWords: number): string {
  const words = text.split(/\s+/).filter(Boolean);
  const few = words.slice(0, maxWords).join(" ");
  return forMarkdown(shorten(words.length > maxWords ? `${few} …` : few, 160));
}
