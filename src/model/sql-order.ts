import type { FileFacts } from "#parse/facts.js";

const asideFolder =
  /^(?:down|rollbacks?|_?archived?|old|deprecated|backups?|_?legacy|node_modules|examples?|disabled|unused|samples?)$/i;

/** Files that take a migration back, or that were put away: what they say is not the state of the database. */
function isAside(path: string): boolean {
  const folders = path.split("/").slice(0, -1);
  // `migrations_old` and `sql-archive` as well, but not `golden`.
  if (
    folders.some((one) =>
      one
        .split(/[-_.\s]/)
        .concat(one)
        .some((word) => asideFolder.test(word)),
    )
  )
    return true;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (
    /(?:^|[._-])(?:down|undo|rollback)\.(?:sql|ts|js)$|^U\d+(?:[._]\d+)*__/i.test(
      name,
    )
  )
    return true;
  // A numbered migration that reverts another one is run; a script of that name waits for a bad day.
  return (
    !/^\d/.test(name) &&
    /(?:^|[._-])(?:down|undo|rollback|revert)(?:[._-]|$)/i.test(name)
  );
}

const migrationFolder = /(?:^|\/)(?:_?migrations?|migrate|drizzle|schemas)\//i;

/**
 * The files with SQL in the order in which a new database would run them: first the scripts and dumps that make tables,
 * which can only run where these are missing; then migrations by name, which their tools start with a number or a time;
 * then scripts that change what is there; seeds last.
 */
export function sqlFilesInOrder(files: Iterable<FileFacts>): FileFacts[] {
  return [...files]
    .filter(isApplied)
    .map((file) => ({ file, step: stepOf(file), key: sortKey(file.path) }))
    .sort((one, other) => {
      if (one.step !== other.step) return one.step - other.step;
      return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
    })
    .map(({ file }) => file);
}

function isApplied({ path, kind, sql }: FileFacts): boolean {
  return (
    sql !== undefined && kind !== "test" && kind !== "docs" && !isAside(path)
  );
}

/** Whether the path is a migration, which its tool runs by itself, and not a script that somebody has to run. */
export function isMigration(path: string): boolean {
  return migrationFolder.test(path);
}

function stepOf({ path, sql }: FileFacts): number {
  if (isMigration(path)) return 1;
  if (/seed[^/]*$/i.test(path)) return 3;
  const acts = sql?.statements.map(({ act }) => act) ?? [];
  // Whoever switches row security off does it to tables that are there.
  const reopens = acts.some(
    (act) => act.kind === "row-security" && !act.enabled,
  );
  return !reopens && acts.some(({ kind }) => kind === "create-table") ? 0 : 2;
}

/** Leading numbers are compared as numbers: `2_x` runs before `10_x`. */
function sortKey(path: string): string {
  if (!isMigration(path)) return path;
  const parts = path.split("/");
  // Prisma names the folder, and every file in it alike.
  const name = /^migration\.sql$/i.test(parts.at(-1) ?? "")
    ? parts.at(-2)
    : parts.at(-1);
  const number = /^[vV]?(\d+)/.exec(name ?? "")?.[1] ?? "";
  return `${number.padStart(20, "0")} ${name ?? ""} ${path}`;
}
