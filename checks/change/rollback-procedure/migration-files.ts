import type { Snapshot } from "#gate/snapshot.js";

const folder =
  /(?:^|\/)(?:migrations?|migrate|drizzle|versions)\/(?:[^/]+\/)?[^/]+\.(?:sql|[cm]?[jt]s|py|rb|php)$/i;

/** The way back of another file: `0001_users.down.sql`, Flyway's `U1__users.sql`. */
const wayBack =
  /(?:^|[/._-])(?:down|rollback|undo|revert)\.(?:sql|[cm]?[jt]s)$|(?:^|\/)U\d[\w.]*__[^/]*\.sql$/i;

const noMigration = /(?:^|\/)(?:index|meta|env|__init__)\.\w+$|\/meta\//i;

/** Whether a file changes the database when it is applied. */
export function isMigration(path: string): boolean {
  return folder.test(path) && !wayBack.test(path) && !noMigration.test(path);
}

/**
 * The migrations that a rollback would have to take back: those of the change, or where everything is judged, the
 * newest of each folder. Older ones were lived with.
 */
export function currentMigrations(snapshot: Snapshot): ReadonlySet<string> {
  if (snapshot.scope === "change")
    return new Set(
      snapshot.changes
        .filter(({ status }) => status !== "removed")
        .map(({ path }) => path)
        .filter(isMigration),
    );
  const newest = new Map<string, string>();
  for (const path of [...snapshot.paths].sort())
    if (isMigration(path)) newest.set(rootOf(path), path);
  return new Set(newest.values());
}

/** `x.up.sql` whose `x.down.sql` is not there, of those paths. */
export function withoutDown(
  paths: ReadonlySet<string>,
  all: readonly string[],
): string[] {
  const known = new Set(all);
  return [...paths].filter(
    (path) =>
      /\.up\.sql$/i.test(path) &&
      !known.has(path.replace(/\.up\.sql$/i, ".down.sql")),
  );
}

function rootOf(path: string): string {
  const match = /^(?:.*\/)?(?:migrations?|migrate|drizzle|versions)\//i.exec(
    path,
  );
  return match?.[0] ?? "";
}
