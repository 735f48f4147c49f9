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

/** Reads what `git diff-tree -z --raw --numstat -p` says of two trees: one process for all three. */
export function parseChanges(output: Buffer): FileChange[] {
  const fields = output.toString("utf8").split("\0");
  const changes = takeRaw(fields);
  const numbers = takeNumstat(fields);
  // What an empty field sets apart; a file's text may hold the separator, too.
  const texts = splitPatches(fields.slice(1).join("\0"));
  return changes.map((change, index) => ({
    ...change,
    ...(numbers[index] ?? { additions: 0, deletions: 0 }),
    patch: texts[index],
  }));
}

type RawChange = Omit<FileChange, "additions" | "deletions" | "patch">;

function takeRaw(fields: string[]): RawChange[] {
  const changes: RawChange[] = [];
  while (fields[0]?.startsWith(":")) {
    const [, , before = "", after = "", letter = ""] = (
      fields.shift() ?? ""
    ).split(" ");
    const first = fields.shift() ?? "";
    const isMove = letter.startsWith("R") || letter.startsWith("C");
    changes.push({
      status: statusOf(letter),
      path: isMove ? (fields.shift() ?? "") : first,
      previousPath: isMove ? first : undefined,
      oid: letter === "D" ? before : after,
    });
  }
  return changes;
}

function statusOf(letter: string): FileChange["status"] {
  if (letter === "A") return "added";
  if (letter === "D") return "removed";
  if (letter === "T") return "changed";
  return letter.startsWith("R") ? "renamed" : "modified";
}

const numstatLine = /^(\d+|-)\t(\d+|-)\t/;

function takeNumstat(
  fields: string[],
): { additions: number; deletions: number }[] {
  const numbers = [];
  for (
    let found = numstatLine.exec(fields[0] ?? "");
    found;
    found = numstatLine.exec(fields[0] ?? "")
  ) {
    const [line, added, deleted] = found;
    numbers.push({
      additions: Number(added === "-" ? 0 : added),
      deletions: Number(deleted === "-" ? 0 : deleted),
    });
    // A rename has an empty path here and its two paths in the next fields.
    fields.splice(0, fields[0] === line ? 3 : 1);
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
