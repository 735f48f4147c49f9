import { compareText } from "./compare-text.js";
import type { DecodedText } from "./decode-text.js";
import { changedLines, everyLine } from "./line-diff.js";
import { isMedia } from "./media.js";
import {
  isFile,
  type PlannedChange,
  type PlannedCommitFile,
  type ReadPlan,
} from "./read-plan.js";
import type {
  CommittedFile,
  FileChange,
  Gap,
  GitObject,
  Snapshot,
  SourceFile,
} from "./snapshot.js";
import type { TreeEntry } from "./tree-compare.js";

/** What a snapshot says besides the files. */
export type SnapshotFrame = Pick<
  Snapshot,
  "takenAt" | "repository" | "scope" | "head" | "base" | "hasHistory"
>;

/** What was read, and what could not be. */
export interface Readings {
  readonly plan: ReadPlan;
  /** Every path of the judged tree. */
  readonly paths: readonly string[];
  /** The content of a blob by id; undefined when it could not be read. */
  readonly textOf: (id: string) => DecodedText | undefined;
  /** Gaps that the reader met on its way. */
  readonly gaps: readonly Gap[];
}

/** Builds the frozen snapshot from what was read; pure. Each wanted file is either in it or named by a gap. */
export function assembleSnapshot(
  frame: SnapshotFrame,
  readings: Readings,
): Snapshot {
  const { plan } = readings;
  const gaps = new Map(
    [...readings.gaps, ...plan.gaps].map((gap) => [gapKey(gap), gap]),
  );
  const read = (entry: TreeEntry): SourceFile | undefined => {
    if (!plan.blobs.has(entry.id)) return undefined;
    const content = readings.textOf(entry.id) ?? unreadable;
    if ("text" in content)
      return { path: entry.path, ...content, blobId: entry.id };
    if (content.gap.kind === "binary" && isMedia(entry.path)) return undefined;
    const gap = { path: entry.path, ...content.gap };
    gaps.set(gapKey(gap), gap);
    return undefined;
  };
  const snapshot = {
    ...frame,
    paths: [...readings.paths].sort(compareText),
    files: plan.files.flatMap((entry) => read(entry) ?? []).sort(byPath),
    changes: plan.changes.map((change) => fileChange(change, read)),
    commits: plan.commits.map(({ sha, files }) => ({
      sha,
      files: files.flatMap((file) => committedFile(file, read, readings) ?? []),
    })),
  };
  return freeze({ ...snapshot, gaps: [...gaps.values()].sort(byPath) });
}

const unreadable: DecodedText = {
  gap: { kind: "unreadable", because: "its content could not be fetched" },
};

type Read = (entry: TreeEntry) => SourceFile | undefined;

function fileChange(change: PlannedChange, read: Read): FileChange {
  const { path, status, before: from, after: to, wanted } = change;
  const moved = status === "renamed" && from ? from.path : undefined;
  const before = wanted && from && isFile(from) ? read(from) : undefined;
  const after = wanted && to && isFile(to) ? read(to) : undefined;
  return {
    path,
    status,
    ...(moved !== undefined && { previousPath: moved }),
    ...(before && { before }),
    ...(after && { after }),
    ...(from && { beforeObject: objectOf(from) }),
    ...(to && { afterObject: objectOf(to) }),
    ...linesOf(before, after),
  };
}

function objectOf({ mode, id, size }: TreeEntry): GitObject {
  return { mode, id, ...(size !== undefined && { size }) };
}

/** Without the old text everything in the new one counts as changed: better a line too many than one that hides. */
function linesOf(
  before: SourceFile | undefined,
  after: SourceFile | undefined,
): Pick<FileChange, "added" | "removed"> {
  if (before?.blobId === after?.blobId) return { added: [], removed: [] };
  return changedLines(before?.text ?? "", after?.text ?? "");
}

function committedFile(
  { after, before }: PlannedCommitFile,
  read: Read,
  { textOf }: Readings,
): CommittedFile | undefined {
  const file = read(after);
  if (!file) return undefined;
  const old = before && textOf(before.id);
  const added =
    old && "text" in old
      ? changedLines(old.text, file.text).added
      : everyLine(file.text);
  return { ...file, added };
}

function gapKey({ path, kind }: Gap): string {
  return `${kind} ${path}`;
}

function byPath(
  one: { readonly path: string },
  other: { readonly path: string },
): number {
  return compareText(one.path, other.path);
}

/** Freezes plain data down to its leaves. */
function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value))
    return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
