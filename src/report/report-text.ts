import type { Gap } from "#gate/snapshot.js";
import type { JudgedFinding, Verdict } from "#gate/verdict.js";
import { collapsed, more } from "./collapsed.js";
import { configParts } from "./config-notes.js";
import { type Part, shorten } from "./cut.js";
import { exceptionParts } from "./exception-parts.js";
import { forMarkdown, forMarkdownCode } from "./escape.js";
import { findingMarkdown } from "./finding-markdown.js";
import { gatePart } from "./gate-part.js";
import { projectParts } from "./project-part.js";
import type { ReportSubject } from "./subject.js";
import { counted, gapPlace, sortFindings } from "./wording.js";

/** The body of the report as parts, in reading order; what weighs least is the first to be cut. */
export function textParts(verdict: Verdict, subject: ReportSubject): Part[] {
  const { blocking, advisory, older } = sortFindings(verdict);
  const findings = (
    rank: number,
    title: string,
    some: readonly JudgedFinding[],
  ) =>
    some.length === 0
      ? []
      : [
          part(
            rank,
            title,
            some.map((one) => findingMarkdown(one, subject)),
          ),
        ];
  return [
    gatePart(verdict),
    ...projectParts(verdict),
    ...findings(1, blockingTitle(verdict), blocking),
    ...findings(3, "Advisory", advisory),
    ...(verdict.gaps.length > 0 ? [gapsPart(verdict.gaps)] : []),
    ...exceptionParts(verdict),
    ...(older.length > 0 ? [olderPart(older, subject)] : []),
    ...(subject.config ? configParts(subject.config) : []),
  ];
}

function blockingTitle({ phase }: Verdict): string {
  return phase === "commitment" ? "Blocking" : "Would block in commitment";
}

function part(rank: number, title: string, entries: readonly string[]): Part {
  const head = `### ${title} (${String(entries.length)})\n\n`;
  return { rank, head, entries, foot: "\n", more };
}

function olderPart(
  older: readonly JudgedFinding[],
  subject: ReportSubject,
): Part {
  const title = `${counted(older.length, "older finding")} on lines that this change did not touch`;
  const entries = older.map((finding) => findingMarkdown(finding, subject));
  return collapsed(4, title, entries);
}

function gapsPart(gaps: readonly Gap[]): Part {
  const title = `${counted(gaps.length, "place")} not seen, and so not judged`;
  const entries = gaps.map(({ path, because }) => {
    const reason = forMarkdown(shorten(because, 300));
    return `- ${forMarkdownCode(shorten(gapPlace(path), 400))}: ${reason}\n`;
  });
  return collapsed(2, title, entries);
}
