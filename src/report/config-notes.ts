import type { CheckRunAnnotation } from "./check-run-document.js";
import { type Part, shorten } from "./cut.js";
import { counted } from "./wording.js";
import { forAnnotation, forMarkdown, forTableCode } from "./escape.js";

/** Something wrong in a configuration file, at its place. */
export interface ConfigNote {
  readonly path: string;
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Column behind the last character, where that is on the same line. */
  readonly endColumn?: number;
  readonly message: string;
  readonly hint?: string;
}

/** What a report says of the configuration. Plain data. */
export interface ConfigNotes {
  /** Where it comes from, in one sentence. */
  readonly origin: string;
  /** Mistakes in the files that govern. */
  readonly problems: readonly ConfigNote[];
  readonly warnings: readonly ConfigNote[];
  /** Commit that broke the governing file, where it is broken. */
  readonly brokenBy?: string;
  /** What the change does to the configuration; absent where it does nothing to it. */
  readonly change?: {
    /** Mistakes in the change's own copy, on its lines. */
    readonly problems: readonly ConfigNote[];
    /** What would change if it were in force, in one sentence. */
    readonly dryRun?: string;
  };
  readonly values: readonly {
    readonly key: string;
    readonly value: string;
    readonly origin: string;
  }[];
}

/** The configuration as the last line of the summary. Running Markdown. */
export function configLine(notes: ConfigNotes): string {
  const { change, brokenBy } = notes;
  const sentences = [
    forMarkdown(notes.origin),
    brokenBy === undefined
      ? ""
      : `It was broken by commit ${forTableCode(brokenBy.slice(0, 12))}.`,
    change && change.problems.length > 0
      ? `This change leaves the configuration with ${counted(change.problems.length, "mistake")}; the base's copy governs.`
      : "",
    change?.dryRun === undefined ? "" : forMarkdown(change.dryRun),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

/** The configuration in the body of a report: what is wrong with it, and every value with its origin. */
export function configParts(notes: ConfigNotes): Part[] {
  const wrong = [...notes.problems, ...notes.warnings].map(
    ({ path, line, column, message, hint }) =>
      `- ${forTableCode(`${path}:${String(line)}:${String(column)}`)} ${forMarkdown([message, hint].filter(Boolean).join(" "))}\n`,
  );
  const rows = notes.values.map(
    ({ key, value, origin }) =>
      `| ${forTableCode(key)} | ${forTableCode(shorten(value, 200))} | ${forMarkdown(origin)} |\n`,
  );
  return [
    ...(wrong.length > 0 ? [partOf("### Configuration\n\n", wrong, "\n")] : []),
    ...(rows.length > 0 ? [partOf(inForce, rows, "\n</details>\n\n")] : []),
  ];
}

const inForce =
  "<details><summary>Configuration in force</summary>\n\n| key | value | from |\n| --- | --- | --- |\n";

/** The mistakes of the change's own copy, on their lines. */
export function configAnnotations({
  change,
}: ConfigNotes): CheckRunAnnotation[] {
  return (change?.problems ?? []).map(
    ({ path, line, column, endColumn = column + 1, message, hint }) => ({
      path,
      lines: { start: line, end: line },
      columns: { start: column, end: endColumn - 1 },
      level: "failure",
      title: `The configuration has a mistake in column ${String(column)}`,
      message: forAnnotation([message, hint].filter(Boolean).join(" ")),
    }),
  );
}

function partOf(head: string, entries: readonly string[], foot: string): Part {
  return {
    rank: 5,
    head,
    entries,
    foot,
    more: (count) => `\nand ${String(count)} more\n`,
  };
}
