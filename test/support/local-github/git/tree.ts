import type { GitObject } from "./object-reader.js";
import type { TreeEntry } from "./parse-objects.js";

/** One line of a tree object. */
export interface TreeLine {
  readonly name: string;
  /** As git stores it, `40000` for a folder. */
  readonly mode: string;
  readonly oid: string;
}

/** Mode of a folder in a tree object. */
export const folderMode = "40000";
/** Mode of another repository's commit. */
export const submoduleMode = "160000";

/** Reads the bytes of a tree object. */
export function parseTree(data: Buffer): TreeLine[] {
  const lines: TreeLine[] = [];
  for (let at = 0; at < data.length;) {
    const blank = data.indexOf(0x20, at);
    const end = data.indexOf(0, blank);
    lines.push({
      mode: data.toString("latin1", at, blank),
      name: data.toString("utf8", blank + 1, end),
      oid: data.toString("hex", end + 1, end + 21),
    });
    at = end + 21;
  }
  return lines;
}

/** The bytes of a tree object, in git's order: a folder stands as if its name ended with a slash. */
export function treeData(lines: readonly TreeLine[]): Buffer {
  const sorted = lines
    .map((line) => {
      const slash = line.mode === folderMode ? "/" : "";
      return { line, key: Buffer.from(`${line.name}${slash}`) };
    })
    .sort((one, other) => Buffer.compare(one.key, other.key));
  return Buffer.concat(
    sorted.flatMap(({ line: { mode, name, oid } }) => [
      Buffer.from(`${mode} ${name}\0`),
      Buffer.from(oid, "hex"),
    ]),
  );
}

/**
 * A tree as `git ls-tree -l` lists it.
 *
 * @returns undefined where an object of it is not known, so that git has to be asked.
 */
export function treeListing(
  known: (oid: string) => GitObject | undefined,
  oid: string,
  recursive: boolean,
  folder = "",
): TreeEntry[] | undefined {
  const tree = known(oid);
  if (tree?.type !== "tree") return undefined;
  const entries: TreeEntry[] = [];
  for (const line of parseTree(tree.data)) {
    const path = `${folder}${line.name}`;
    const entry = entryOf(known, line, path);
    if (!entry) return undefined;
    entries.push(entry);
    if (!recursive || entry.type !== "tree") continue;
    const inner = treeListing(known, line.oid, true, `${path}/`);
    if (!inner) return undefined;
    entries.push(...inner);
  }
  return entries;
}

function entryOf(
  known: (oid: string) => GitObject | undefined,
  { mode, oid }: TreeLine,
  path: string,
): TreeEntry | undefined {
  const common = { mode: mode.padStart(6, "0"), oid, path };
  if (mode === folderMode) return { ...common, type: "tree", size: undefined };
  if (mode === submoduleMode)
    return { ...common, type: "commit", size: undefined };
  const blob = known(oid);
  return blob && { ...common, type: "blob", size: blob.data.length };
}
