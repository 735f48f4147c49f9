import type { FileFacts } from "#parse/facts.js";

/** Files that take a migration back, or that were put away: what they say is not the state of the database. */
const asideFile =
  /(?:^|[/._-])(?:down|rollback|revert|undo)(?:[._-][\w-]*)?\.(?:sql|ts|js)$|(?:^|\/)(?:down|rollbacks?|_?archived?|old|deprecated|backups?|_?legacy|node_modules|examples?)\//i;

const migrationFolder = /(?:^|\/)(?:_?migrations?|migrate|drizzle|schemas)\//i;

/**
 * The files with SQL in the order in which a new database would run them: migrations by name, which their tools start
 * with a number or a time, then set-up scripts by path.
 */
export function sqlFilesInOrder(files: Iterable<FileFacts>): FileFacts[] {
  return [...files].filter(isApplied).sort(byOrder);
}

function isApplied({ path, kind, sql }: FileFacts): boolean {
  return (
    sql !== undefined &&
    sql.dialect === undefined &&
    kind !== "test" &&
    kind !== "docs" &&
    !asideFile.test(path)
  );
}

function byOrder(one: FileFacts, other: FileFacts): number {
  const step = stepOf(one.path) - stepOf(other.path);
  if (step !== 0) return step;
  const [left, right] = [sortKey(one.path), sortKey(other.path)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether the path is a migration, which its tool runs by itself, and not a script that somebody has to run. */
export function isMigration(path: string): boolean {
  return migrationFolder.test(path);
}

function stepOf(path: string): number {
  return isMigration(path) ? 0 : /seed[^/]*$/i.test(path) ? 2 : 1;
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
