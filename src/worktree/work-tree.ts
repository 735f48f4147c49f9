import type { TreeEntry } from "#gate/tree-compare.js";
import type { Repository } from "./find-repository.js";
import { git } from "./git.js";
import { mayBePointer, pointsToSize } from "./lfs.js";
import type { ObjectStore } from "./object-store.js";
import { blobSizes, readBlobs } from "./read-blobs.js";
import { foreignName, type View } from "./view.js";
import { WorkFiles } from "./work-files.js";
import { WorkViewBuilder } from "./work-view.js";
import { readablePath, zeroSeparated } from "./zero-separated.js";

/** One path of a work tree, as git's index knows it or does not. */
interface WorkPath {
  readonly path: string;
  readonly isText: boolean;
  /** `?` untracked, `H` in the index, `S` left out by a sparse checkout, others for conflicts and the like. */
  readonly tag: string;
  /** What the index holds; empty for untracked files. */
  readonly mode: string;
  readonly id: string;
}

/**
 * The files of a work tree as they stand now: tracked ones and new ones that are not ignored.
 *
 * @param workTree - Root of the work tree.
 * @param listed - The commit it started from, which is listed meanwhile; empty in a repository that has no commit yet.
 * @param onListed - Told the paths before the files are read.
 */
export async function workTreeView(
  repository: Repository & { readonly workTree: string },
  store: ObjectStore,
  listed: Promise<View>,
  onListed?: (paths: readonly string[]) => void,
): Promise<View> {
  const { workTree, prefix } = repository;
  const [paths, head] = await Promise.all([listPaths(repository), listed]);
  onListed?.(paths.map(({ path }) => path));
  const builder = new WorkViewBuilder(
    new WorkFiles(`${workTree}/${prefix}`.replace(/\/+$/, "") || "/"),
    store.hash,
  );
  const committed = new Map(head.entries.map((entry) => [entry.path, entry]));
  const sparse: WorkPath[] = [];
  for (const found of paths) {
    if (!found.isText) builder.addObstacle(found.path, foreignName);
    else if (found.path.endsWith("/"))
      builder.addNestedRepository(found.path.slice(0, -1));
    else if (found.mode === "160000") builder.addEntry(entryOf(found));
    else if (!builder.add(found.path, committed.get(found.path)))
      if (found.tag === "S") sparse.push(found);
  }
  const sizes = await blobSizes(
    store,
    sparse.map(({ id }) => id),
  );
  for (const found of sparse) builder.addEntry(entryOf(found, sizes));
  const view = builder.build((ids) => readBlobs(store, ids));
  return withoutLfsCheckouts(view, committed, store);
}

/** `<tag> <mode> <id> <stage>`, a tab and the path for what is in the index; `? <path>` for what is not. */
async function listPaths({
  gitDir,
  workTree,
  prefix,
}: Repository & { readonly workTree: string }): Promise<WorkPath[]> {
  const below = prefix === "" ? [] : ["--", prefix];
  const output = await git({ gitDir, workTree }, [
    "ls-files",
    "-z",
    "-t",
    "--stage",
    "--cached",
    "--others",
    "--exclude-standard",
    "--full-name",
    ...below,
  ]);
  const byPath = new Map<string, WorkPath>();
  for (const line of zeroSeparated(output)) {
    const found = workPathOf(line, prefix);
    // A path in conflict stands there once for each side.
    if (!byPath.has(found.path)) byPath.set(found.path, found);
  }
  return [...byPath.values()];
}

function workPathOf(line: Buffer, prefix: string): WorkPath {
  const tag = String.fromCharCode(line[0] ?? 0);
  const isOther = tag === "?";
  const start = isOther ? 2 : line.indexOf(9) + 1;
  const head = isOther ? "" : line.subarray(2, start - 1).toString("latin1");
  const [mode = "", id = ""] = head.split(" ");
  const { path, isText } = readablePath(line.subarray(start));
  return { path: path.slice(prefix.length), isText, tag, mode, id };
}

function entryOf(
  { path, mode, id }: WorkPath,
  sizes?: ReadonlyMap<string, number>,
): TreeEntry {
  const size = sizes?.get(id);
  return { path, mode, id, ...(size !== undefined && { size }) };
}

/** Git LFS puts the real file where the commit has a pointer to it; that is no change. */
async function withoutLfsCheckouts(
  view: View,
  committed: ReadonlyMap<string, TreeEntry>,
  store: ObjectStore,
): Promise<View> {
  const pairs = view.entries.flatMap((work) => {
    const before = committed.get(work.path);
    return before && mayBePointer(before, work) ? [{ before, work }] : [];
  });
  const pointers = await readBlobs(
    store,
    pairs.map(({ before }) => before.id),
  );
  const checkouts = new Map<TreeEntry, TreeEntry>();
  for (const { before, work } of pairs) {
    const pointer = pointers.get(before.id);
    if (pointer && pointsToSize(pointer, work.size ?? 0))
      checkouts.set(work, before);
  }
  if (checkouts.size === 0) return view;
  const entries = view.entries.map((entry) => checkouts.get(entry) ?? entry);
  return { ...view, entries };
}
