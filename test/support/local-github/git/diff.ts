import { runGit } from "./run-git.js";

/** One changed file between two trees. */
export interface FileChange {
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly path: string;
  /** Only for a rename. */
  readonly previousPath: string | undefined;
  /** The blob after the change, or before it for a removed file. */
  readonly oid: string;
  /** Lines; both 0 for a binary file. */
  readonly additions: number;
  readonly deletions: number;
  /** Starts at the first `@@`; undefined for binary or very long ones. */
  readonly patch: string | undefined;
}

/** GitHub leaves long patches out; where exactly is not documented. */
const maxPatchLines = 3000;

/** Compares two trees or commits, renames found, as GitHub lists files. */
export async function diffTrees(
  folder: string,
  before: string,
  after: string,
): Promise<FileChange[]> {
  const common = ["diff-tree", "-r", "-M", "--no-commit-id"];
  const range = [before, after, "--"];
  const [raw, counts, patches] = await Promise.all([
    runGit(folder, [...common, "--raw", "--no-abbrev", "-z", ...range]),
    runGit(folder, [...common, "--numstat", "-z", ...range]),
    runGit(folder, [...common, "-p", "--full-index", ...range]),
  ]);
  const numbers = parseNumstat(counts.toString("utf8"));
  const texts = splitPatches(patches.toString("utf8"));
  return parseRaw(raw.toString("utf8")).map((change, index) => ({
    ...change,
    ...(numbers[index] ?? { additions: 0, deletions: 0 }),
    patch: texts[index],
  }));
}

type RawChange = Omit<FileChange, "additions" | "deletions" | "patch">;

function parseRaw(text: string): RawChange[] {
  const fields = text.split("\0");
  const changes: RawChange[] = [];
  let at = 0;
  while (fields[at]?.startsWith(":")) {
    const [, , before = "", after = "", letter = ""] = (
      fields[at] as string
    ).split(" ");
    const renamed = letter.startsWith("R") || letter.startsWith("C");
    const first = fields[at + 1] ?? "";
    changes.push({
      status: statusOf(letter),
      path: renamed ? (fields[at + 2] ?? "") : first,
      previousPath: renamed ? first : undefined,
      oid: letter === "D" ? before : after,
    });
    at += renamed ? 3 : 2;
  }
  return changes;
}

function statusOf(letter: string): FileChange["status"] {
  if (letter === "A") return "added";
  if (letter === "D") return "removed";
  if (letter === "T") return "changed";
  return letter.startsWith("R") ? "renamed" : "modified";
}

function parseNumstat(
  text: string,
): { additions: number; deletions: number }[] {
  const fields = text.split("\0");
  const numbers = [];
  let at = 0;
  while (at < fields.length - 1) {
    const [added, deleted, path] = (fields[at] as string).split("\t");
    numbers.push({
      additions: Number(added === "-" ? 0 : added),
      deletions: Number(deleted === "-" ? 0 : deleted),
    });
    // A rename has an empty path here and its two paths in the next fields.
    at += path === "" ? 3 : 1;
  }
  return numbers;
}

/** A line that starts a file in a patch cannot stand inside one: those are indented by one sign. */
function splitPatches(text: string): (string | undefined)[] {
  return text
    .split(/^diff --git /m)
    .slice(1)
    .map((part) => {
      const start = part.search(/^@@ /m);
      if (start < 0) return undefined;
      const patch = part.slice(start).replace(/\n$/, "");
      return patch.split("\n").length > maxPatchLines ? undefined : patch;
    });
}
