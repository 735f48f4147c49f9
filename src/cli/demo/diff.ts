import type { LineRange } from "#gate/finding.js";
import { changedLines } from "#gate/line-diff.js";

/** An annotation on a line. */
export interface LineNote {
  readonly level: string;
  readonly title: string;
  readonly message: string;
}

/** One line of a diff. */
export interface DiffLine {
  readonly kind: "added" | "removed" | "same";
  /** In the new text; absent for what was removed. */
  readonly number?: number;
  readonly text: string;
  readonly notes: readonly LineNote[];
}

/** A changed file, line by line. */
export interface DiffFile {
  readonly path: string;
  readonly lines: readonly DiffLine[];
}

/** A file's two sides as one list of lines, with what is noted on the new ones. */
export function diffOf(
  path: string,
  before: string,
  after: string,
  notesAt: (line: number) => readonly LineNote[],
): DiffFile {
  const { added, removed } = changedLines(before, after);
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const lines: DiffLine[] = [];
  let at = 0;
  fresh.forEach((text, index) => {
    const number = index + 1;
    const isAdded = within(added, number);
    if (!isAdded) {
      for (; at < old.length && within(removed, at + 1); at += 1)
        lines.push(gone(old[at] ?? ""));
      at += 1;
    }
    const kind = isAdded ? "added" : "same";
    lines.push({ kind, number, text, notes: notesAt(number) });
  });
  for (; at < old.length; at += 1) lines.push(gone(old[at] ?? ""));
  return { path, lines };
}

function gone(text: string): DiffLine {
  return { kind: "removed", text, notes: [] };
}

function within(ranges: readonly LineRange[], line: number): boolean {
  return ranges.some(({ start, end }) => start <= line && line <= end);
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
