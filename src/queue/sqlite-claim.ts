import type { Claim, KeeperOptions } from "./queue.js";
import type { Row, SqliteDatabase } from "./sqlite-database.js";

/** Takes the next due job under a fresh lease. Runs within a transaction of the caller's. */
export function claimNext(
  database: SqliteDatabase,
  options: KeeperOptions,
): Claim | undefined {
  const now = options.now();
  const group = nextGroup(database, now, options.groupCap);
  if (group === undefined) return undefined;
  const row = nextJob(database, group, now);
  if (!row) return undefined;
  const token = nextToken(database);
  database.run("UPDATE groups SET served = ? WHERE name = ?", token, group);
  return lease(database, row, token, options);
}

const due =
  "jobs.parked_at IS NULL AND jobs.next_at <= ?1 AND (jobs.lease_until IS NULL OR jobs.lease_until <= ?1)";

/** The group that has waited longest for its turn. */
function nextGroup(
  database: SqliteDatabase,
  now: number,
  cap: number,
): string | undefined {
  const row = database.get(
    `SELECT name FROM groups
     WHERE paused_until <= ?1
      AND EXISTS (SELECT 1 FROM jobs WHERE jobs.grp = groups.name AND ${due})
      AND (SELECT count(*) FROM jobs WHERE jobs.grp = groups.name AND jobs.lease_until > ?1) < ?2
     ORDER BY served, name LIMIT 1`,
    now,
    cap,
  );
  return row && String(row["name"]);
}

function nextJob(
  database: SqliteDatabase,
  group: string,
  now: number,
): Row | undefined {
  return database.get(
    `SELECT * FROM jobs WHERE grp = ?2 AND ${due}
     ORDER BY priority DESC,
      CASE WHEN (SELECT newest_until FROM groups WHERE name = ?2) > ?1 THEN -last_wanted_at ELSE wanted_at END,
      key
     LIMIT 1`,
    now,
    group,
  );
}

/** Grows over the whole store, so that a later claim always has the higher fence. */
function nextToken(database: SqliteDatabase): number {
  const row = database.get(
    "UPDATE counters SET value = value + 1 WHERE name = 'token' RETURNING value",
  );
  return Number(row?.["value"]);
}

function lease(
  database: SqliteDatabase,
  row: Row,
  token: number,
  options: KeeperOptions,
): Claim {
  // A lease that ran out means that a process died with this job in hand; perhaps the job killed it.
  const died = row["lease_token"] !== null ? 1 : 0;
  const payload = combine(row["running"], row["pending"], options);
  const claim: Claim = {
    key: String(row["key"]),
    group: String(row["grp"]),
    payload,
    token,
    tries: Number(row["tries"]) + died,
    deferrals: Number(row["deferrals"]) + died,
    wanted: Number(row["wanted"]),
  };
  database.run(
    `UPDATE jobs SET running = ?, pending = NULL, lease_token = ?, lease_until = ?, tries = ?, deferrals = ?
     WHERE key = ?`,
    JSON.stringify(payload),
    token,
    options.now() + options.leaseMs,
    claim.tries,
    claim.deferrals,
    claim.key,
  );
  return claim;
}

/** What an unfinished run was about, and what was wanted since. */
function combine(
  running: unknown,
  pending: unknown,
  { merge }: KeeperOptions,
): unknown {
  const texts = [running, pending].filter((text) => typeof text === "string");
  return texts
    .map((text) => JSON.parse(text) as unknown)
    .reduce((earlier, later) => merge(earlier, later));
}
