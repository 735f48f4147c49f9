import { compareText } from "./compare-text.js";

/** One entry of a flattened git tree: a file, a link or a submodule, never a folder. */
export interface TreeEntry {
  /** Path from the root, with forward slashes. */
  readonly path: string;
  /** Git's six digits: `100644`, `100755`, `120000` (link) or `160000` (submodule). */
  readonly mode: string;
  /** Git object id. */
  readonly id: string;
  /** Bytes; unknown for submodules. */
  readonly size?: number;
}

/** What happened to one path between two trees. */
export interface TreeChange {
  readonly path: string;
  readonly status: "added" | "modified" | "removed" | "renamed";
  /** The entry on the old side: under the old path when renamed, absent when added. */
  readonly before?: TreeEntry;
  /** The entry on the new side; absent when removed. */
  readonly after?: TreeEntry;
}

/** Git's id of an empty file: two of them say nothing of a move. */
const emptyBlobs: ReadonlySet<string> = new Set([
  "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
  "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
]);

/**
 * Compares two trees by ids, without reading a file. A removed and an added path with the same bytes count as one
 * rename; a file that was moved and edited counts as removed and added, so that nothing in it passes for old.
 *
 * @returns one change a path, sorted by path; a changed mode alone is a modification.
 */
export function compareTrees(
  base: readonly TreeEntry[],
  head: readonly TreeEntry[],
): readonly TreeChange[] {
  const before = byPath(base);
  const after = byPath(head);
  const removed = [...before.values()].filter(({ path }) => !after.has(path));
  const changes: TreeChange[] = [];
  const sources = movable(removed);
  const moved = new Set<string>();
  for (const entry of after.values()) {
    const old = before.get(entry.path);
    if (old?.id === entry.id && old.mode === entry.mode) continue;
    const source = old ?? takeSource(sources, entry);
    if (!old && source) moved.add(source.path);
    changes.push({
      path: entry.path,
      status: old ? "modified" : source ? "renamed" : "added",
      ...(source && { before: source }),
      after: entry,
    });
  }
  for (const entry of removed) {
    if (moved.has(entry.path)) continue;
    changes.push({ path: entry.path, status: "removed", before: entry });
  }
  return changes.sort((one, other) => compareText(one.path, other.path));
}

function byPath(entries: readonly TreeEntry[]): Map<string, TreeEntry> {
  return new Map(entries.map((entry) => [entry.path, entry]));
}

function movable(removed: readonly TreeEntry[]): Map<string, TreeEntry[]> {
  const sources = new Map<string, TreeEntry[]>();
  for (const entry of removed) {
    if (emptyBlobs.has(entry.id)) continue;
    const key = moveKey(entry);
    const list = sources.get(key);
    if (list) list.push(entry);
    else sources.set(key, [entry]);
  }
  return sources;
}

function takeSource(
  sources: Map<string, TreeEntry[]>,
  entry: TreeEntry,
): TreeEntry | undefined {
  return sources.get(moveKey(entry))?.pop();
}

/** Type and content: a link never counts as moved from a file with the same bytes. */
function moveKey({ mode, id }: TreeEntry): string {
  return `${mode.slice(0, 3)} ${id}`;
}
