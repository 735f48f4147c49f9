import type { TreeEntry } from "#gate/tree-compare.js";
import { git } from "./git.js";
import type { ObjectStore } from "./object-store.js";
import { readablePath, zeroSeparated } from "./zero-separated.js";

/** The paths of a tree. */
export interface Listing {
  readonly entries: readonly TreeEntry[];
  /** Paths whose bytes are no text; they stand in `entries` with escapes. */
  readonly foreignPaths: ReadonlySet<string>;
}

/**
 * Lists every file of a commit's tree. An entry without a size is missing from this clone, or a submodule.
 *
 * @param prefix - A folder with a slash at its end to list instead of the whole; paths then start below it.
 */
export function listTree(
  store: ObjectStore,
  commit: string,
  prefix: string,
): Promise<Listing> {
  let known = listings.get(store);
  if (!known) listings.set(store, (known = new Map()));
  const key = `${commit} ${prefix}`;
  let listing = known.get(key);
  if (!listing) known.set(key, (listing = askGit(store, commit, prefix)));
  return listing;
}

/** A commit's tree never changes, so it is listed once. */
const listings = new WeakMap<ObjectStore, Map<string, Promise<Listing>>>();

async function askGit(
  store: ObjectStore,
  commit: string,
  prefix: string,
): Promise<Listing> {
  const below = prefix === "" ? [] : ["--", prefix];
  const args = ["ls-tree", "-r", "-z", "-l", "--full-tree", commit, ...below];
  const lines = zeroSeparated(await git(store.place, args));
  const foreignPaths = new Set<string>();
  const entries = lines.map((line): TreeEntry => {
    const { path, isText } = readablePath(line.subarray(line.indexOf(9) + 1));
    const shown = path.slice(prefix.length);
    if (!isText) foreignPaths.add(shown);
    return { path: shown, ...attributesOf(line) };
  });
  return { entries, foreignPaths };
}

/** `<mode> <type> <id> <size>` before the tab; the size is padded, `-` for a submodule and `BAD` when missing. */
function attributesOf(line: Buffer): Omit<TreeEntry, "path"> {
  const head = line.subarray(0, line.indexOf(9)).toString("latin1");
  const [mode = "", , id = "", size = ""] = head.split(/ +/);
  return { mode, id, ...(/^\d+$/.test(size) && { size: Number(size) }) };
}
