import type { ListedJob, Pause } from "./queue.js";
import type { SqliteDatabase } from "./sqlite-database.js";

/** The jobs that run or wait, for an operator. @param now - Milliseconds since 1970. */
export function listJobs(
  database: SqliteDatabase,
  now: number,
  limit: number,
): readonly ListedJob[] {
  return database
    .all(
      `SELECT key, grp, priority, next_at, lease_until, tries, deferrals FROM jobs WHERE parked_at IS NULL
       ORDER BY next_at, priority DESC, key LIMIT ?`,
      limit,
    )
    .map((row) => ({
      key: String(row["key"]),
      group: String(row["grp"]),
      priority: Number(row["priority"]),
      state: Number(row["lease_until"] ?? 0) > now ? "running" : "waiting",
      at: Number(row["next_at"]),
      tries: Number(row["tries"]),
      deferrals: Number(row["deferrals"]),
    }));
}

/** The groups that wait for a time to pass. @param now - Milliseconds since 1970. */
export function listPauses(
  database: SqliteDatabase,
  now: number,
): readonly Pause[] {
  return database
    .all(
      "SELECT name, paused_until FROM groups WHERE paused_until > ? ORDER BY name",
      now,
    )
    .map((row) => ({
      group: String(row["name"]),
      until: Number(row["paused_until"]),
    }));
}
