import type { CommitChanges } from "#gate/read-plan.js";
import type { TreeChange, TreeEntry } from "#gate/tree-compare.js";
import { git } from "./git.js";
import type { ObjectStore } from "./object-store.js";
import { blobSizes } from "./read-blobs.js";
import { readablePath, zeroSeparated } from "./zero-separated.js";

/** Commits that are looked at one by one; of a longer change the newest. */
const maxCommits = 1_000;

/** Which commits to list. */
export interface CommitRange {
  /** Commits that can be reached from here ... */
  readonly head: string;
  /** ... and not from here. */
  readonly base: string;
  /** Folder with a slash at its end that paths start below; empty for all. */
  readonly prefix: string;
}

/** The commits of a range, and whether there may be more of them. */
export interface ListedCommits {
  readonly commits: readonly CommitChanges[];
  readonly isCut: boolean;
}

/**
 * Lists the commits of a range from old to new with the files that each wrote. A merge wrote only what stands in none
 * of its parents; all else came with the commits it joined.
 */
export async function listCommits(
  store: ObjectStore,
  { head, base, prefix }: CommitRange,
): Promise<ListedCommits> {
  if (head === base) return { commits: [], isCut: store.isShallow };
  const order = ["rev-list", "--reverse", "--topo-order", head, `^${base}`];
  const listed = (await git(store.place, order)).toString("latin1");
  const all = listed.split("\n").filter(Boolean);
  const shas = all.slice(-maxCommits);
  const written = await writtenBy(store, shas, prefix);
  const sizes = await blobSizes(
    store,
    [...written.values()].flat().flatMap(idsOf),
  );
  const commits = shas.map((sha) => ({
    sha,
    changes: (written.get(sha) ?? []).map((change) =>
      treeChange(change, prefix, sizes),
    ),
  }));
  return { commits, isCut: store.isShallow || shas.length < all.length };
}

/** A path that a commit wrote, with git's modes and ids of it before (in the first parent) and after. */
interface Written {
  readonly path: string;
  readonly before?: Omit<TreeEntry, "path">;
  readonly after: Omit<TreeEntry, "path">;
}

async function writtenBy(
  store: ObjectStore,
  shas: readonly string[],
  prefix: string,
): Promise<Map<string, Written[]>> {
  const output = await git(
    store.place,
    [
      ..."diff-tree --stdin -r -c -z --root --raw --no-abbrev".split(" "),
      ..."--no-renames --no-ext-diff --no-textconv".split(" "),
      "--ignore-submodules=all",
      ...(prefix === "" ? [] : ["--", prefix]),
    ],
    shas.map((sha) => `${sha}\n`).join(""),
  );
  return writtenByCommit(zeroSeparated(output));
}

/** A commit's id, then for each path a token with modes and ids that starts with a colon per parent, and the path. */
function writtenByCommit(tokens: readonly Buffer[]): Map<string, Written[]> {
  const commits = new Map<string, Written[]>();
  let current: Written[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = (tokens[at] ?? Buffer.alloc(0)).toString("latin1");
    if (!token.startsWith(":")) {
      current = commits.get(token) ?? [];
      commits.set(token, current);
      continue;
    }
    const { path, isText } = readablePath(tokens[++at] ?? Buffer.alloc(0));
    const sides = sidesOf(token);
    if (sides && isText) current.push({ path, ...sides });
  }
  return commits;
}

/** @returns undefined for what is no file, or was removed. */
function sidesOf(token: string): Omit<Written, "path"> | undefined {
  const parents = token.length - token.replace(/^:+/, "").length;
  const fields = token.slice(parents).split(" ");
  const [mode, id] = [fields[parents], fields[2 * parents + 1]];
  if (mode?.startsWith("100") !== true || id === undefined) return undefined;
  const [beforeMode = "", beforeId = ""] = [fields[0], fields[parents + 1]];
  const before = { mode: beforeMode, id: beforeId };
  return {
    ...(beforeMode.startsWith("100") && { before }),
    after: { mode, id },
  };
}

function idsOf({ before, after }: Written): string[] {
  return before ? [before.id, after.id] : [after.id];
}

function treeChange(
  { path: full, before, after }: Written,
  prefix: string,
  sizes: ReadonlyMap<string, number>,
): TreeChange {
  const path = full.slice(prefix.length);
  const entry = (side: Omit<TreeEntry, "path">): TreeEntry => {
    const size = sizes.get(side.id);
    return { path, ...side, ...(size !== undefined && { size }) };
  };
  return {
    path,
    status: before ? "modified" : "added",
    ...(before && { before: entry(before) }),
    after: entry(after),
  };
}
