import type { Signature } from "./commit-writer.js";

/** One line of a tree. */
export interface TreeEntry {
  /** Six digits, `100644`. */
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly oid: string;
  /** Name within its folder, or the whole path where a tree was walked. */
  readonly path: string;
  /** Bytes; undefined for what is no blob. */
  readonly size: number | undefined;
}

/** A commit as git stores it. */
export interface ParsedCommit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** Reads `git ls-tree -z -l`, whose fields are set apart by blanks and a tab. */
export function parseTreeListing(listing: Buffer): TreeEntry[] {
  const lines = listing.toString("utf8").split("\0").slice(0, -1);
  return lines.map((line) => {
    const tab = line.indexOf("\t");
    const [mode = "", type, oid = "", size] = line.slice(0, tab).split(/ +/);
    return {
      mode,
      type: type as TreeEntry["type"],
      oid,
      path: line.slice(tab + 1),
      size: size === "-" || size === undefined ? undefined : Number(size),
    };
  });
}

/** Reads the bytes of a commit object. */
export function parseCommit(oid: string, data: Buffer): ParsedCommit {
  const text = data.toString("utf8");
  const headEnd = text.indexOf("\n\n");
  const head = text.slice(0, headEnd).split("\n");
  const values = (key: string) =>
    head
      .filter((line) => line.startsWith(`${key} `))
      .map((line) => line.slice(key.length + 1));
  return {
    oid,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    author: parseSignature(values("author")[0] ?? ""),
    committer: parseSignature(values("committer")[0] ?? ""),
    message: text.slice(headEnd + 2),
  };
}

function parseSignature(line: string): Signature {
  const match = /^([^<]*) <([^>]*)> (\d+)/.exec(line);
  return {
    name: match?.[1] ?? "",
    email: match?.[2] ?? "",
    at: new Date(Number(match?.[3] ?? 0) * 1000),
  };
}

/** The people that `Co-authored-by:` lines at the end of a message name. */
export function coAuthorsOf(
  message: string,
): { name: string; email: string }[] {
  return message.split("\n").flatMap((line) => {
    const match = /^co-authored-by: ([^<]*)<([^>]+)>\s*$/i.exec(line);
    if (!match) return [];
    return [{ name: (match[1] ?? "").trim(), email: match[2] ?? "" }];
  });
}
