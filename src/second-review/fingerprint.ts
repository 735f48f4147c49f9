import { changedLines } from "#gate/line-diff.js";
import { compareText } from "#gate/compare-text.js";
import type { LineRange } from "#gate/finding.js";
import type { FileChange, GitObject, SourceFile } from "#gate/snapshot.js";

/** Lines around a change that belong to it, as in git's patches. */
const contextLines = 3;

/** Hunks above which a file is told by its ids instead. */
const maxHunks = 200;

/**
 * A name for what a change does, equal as long as it does the same: moving hunks up and down with the base keeps it,
 * anything else changes it. Modes, links and submodules are part of it; a file without text is told by its ids.
 *
 * @param changes - All changes of the pull request, or the sensitive ones, in any order.
 * @param hash - A hash that nobody can find collisions of, of text in UTF-8.
 */
export function fingerprintOf(
  changes: readonly FileChange[],
  hash: (text: string) => string,
): string {
  const entries = changes
    .map((change) => [
      change.path,
      change.status,
      change.previousPath ?? "",
      change.beforeObject?.mode ?? "",
      change.afterObject?.mode ?? "",
      ...contentOf(change),
    ])
    .map((entry) => JSON.stringify(entry))
    .sort(compareText);
  return hash(entries.join("\n"));
}

/** What the change does to the content: its patch where both sides can be read, else the ids. */
function contentOf(change: FileChange): readonly string[] {
  const { before, after, beforeObject, afterObject } = change;
  const old = idOf(beforeObject, before);
  const present = idOf(afterObject, after);
  if (old === present) return ["same", old];
  const isReadable =
    (change.status === "added" || isPlainText(beforeObject, before)) &&
    (change.status === "removed" || isPlainText(afterObject, after));
  const patch = isReadable
    ? patchOf(before?.text ?? "", after?.text ?? "")
    : undefined;
  return patch ?? ["ids", old, present];
}

function idOf(
  object: GitObject | undefined,
  file: SourceFile | undefined,
): string {
  return object?.id ?? file?.blobId ?? "";
}

/** Whether the text is all there is to the file; a byte-order mark or another encoding would not show in it. */
function isPlainText(
  object: GitObject | undefined,
  file: SourceFile | undefined,
): boolean {
  if (file === undefined) return false;
  return (
    object?.size === undefined ||
    object.size === new TextEncoder().encode(file.text).length
  );
}

/** The hunks with their context, without line numbers. */
function patchOf(
  beforeText: string,
  afterText: string,
): readonly string[] | undefined {
  const { added, removed } = changedLines(beforeText, afterText);
  const before = beforeText.split("\n");
  const after = afterText.split("\n");
  const hunks = hunksOf(removed, added);
  if (hunks.length > maxHunks) return undefined;
  // The end of the last line is no line of its own, but it is a change.
  const ends = [beforeText, afterText].map((text) =>
    text === "" || text.endsWith("\n") ? "ended" : "open",
  );
  return [
    "patch",
    ...ends,
    ...hunks.map((hunk) => JSON.stringify(hunkOf(hunk, before, after))),
  ];
}

/** A stretch of both texts that differs: lines from 1, end excluded. */
interface Hunk {
  readonly before: LineRange;
  readonly after: LineRange;
}

/** Pairs removed with added ranges: common lines between them advance both sides alike. */
function hunksOf(
  removed: readonly LineRange[],
  added: readonly LineRange[],
): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let shift = 0;
  let [r, a] = [0, 0];
  while (r < removed.length || a < added.length) {
    const gone = removed[r];
    const come = added[a];
    const goneAt = gone?.start ?? Infinity;
    const comeAt = (come?.start ?? Infinity) - shift;
    const at = Math.min(goneAt, comeAt);
    const goneCount = gone && goneAt === at ? gone.end - gone.start + 1 : 0;
    const comeCount = come && comeAt === at ? come.end - come.start + 1 : 0;
    hunks.push({
      before: { start: at, end: at + goneCount },
      after: { start: at + shift, end: at + shift + comeCount },
    });
    shift += comeCount - goneCount;
    if (goneCount > 0) r += 1;
    if (comeCount > 0) a += 1;
  }
  return hunks;
}

/** A hunk as data: what stood around it, what went, what came, and which of several equal places it is. */
function hunkOf(
  hunk: Hunk,
  before: readonly string[],
  after: readonly string[],
): readonly unknown[] {
  const { start, end } = hunk.before;
  const from = Math.max(0, start - 1 - contextLines);
  const to = Math.min(before.length, end - 1 + contextLines);
  const block = before.slice(from, to);
  return [
    before.slice(from, start - 1),
    before.slice(start - 1, end - 1),
    after.slice(hunk.after.start - 1, hunk.after.end - 1),
    before.slice(end - 1, to),
    equalPlacesAbove(before, block, from),
  ];
}

/** How often the same lines stand further up: a change that moves to a look-alike is another change. */
function equalPlacesAbove(
  lines: readonly string[],
  block: readonly string[],
  from: number,
): number {
  const above = `\n${lines.slice(0, from + block.length - 1).join("\n")}\n`;
  const sought = `\n${block.join("\n")}\n`;
  let count = 0;
  for (
    let at = above.indexOf(sought);
    at >= 0;
    at = above.indexOf(sought, at + 1)
  )
    count += 1;
  return count;
}
