import { nowMs, type Statements } from "./postgres-database.js";
import type { ListedJob, ParkedJob, Pause, QueueStats } from "./queue.js";

/** The queue in numbers. */
export async function stats(statements: Statements): Promise<QueueStats> {
  const [row] = await statements.rows<Record<string, string | null>>(
    `SELECT count(*) FILTER (WHERE parked_at IS NULL) AS depth,
      count(*) FILTER (WHERE lease_until > ${nowMs}) AS running,
      count(*) FILTER (WHERE parked_at IS NOT NULL) AS parked,
      ${nowMs} - min(wanted_at)
       FILTER (WHERE parked_at IS NULL AND (lease_until IS NULL OR lease_until <= ${nowMs})) AS oldest
     FROM vibegate.wishes`,
  );
  return {
    depth: Number(row?.["depth"]),
    running: Number(row?.["running"]),
    parked: Number(row?.["parked"]),
    oldestAgeMs: Math.max(0, Number(row?.["oldest"] ?? 0)),
  };
}

/** The jobs that run or wait, those due first. */
export async function listJobs(
  statements: Statements,
  limit: number,
): Promise<readonly ListedJob[]> {
  const rows = await statements.rows<{
    readonly key: string;
    readonly grp: string;
    readonly priority: number;
    readonly next_at: string;
    readonly is_running: boolean | null;
    readonly tries: number;
    readonly deferrals: number;
  }>(
    `SELECT key, grp, priority, next_at, lease_until > ${nowMs} AS is_running, tries, deferrals
     FROM vibegate.wishes WHERE parked_at IS NULL ORDER BY next_at, priority DESC, key LIMIT $1`,
    [limit],
  );
  return rows.map((row) => ({
    key: row.key,
    group: row.grp,
    priority: row.priority,
    state: row.is_running === true ? "running" : "waiting",
    at: Number(row.next_at),
    tries: row.tries,
    deferrals: row.deferrals,
  }));
}

/** The jobs that were given up. */
export async function listParked(
  statements: Statements,
): Promise<readonly ParkedJob[]> {
  const rows = await statements.rows<{
    readonly key: string;
    readonly grp: string;
    readonly running: string;
    readonly parked_at: string;
    readonly parked_because: string;
  }>(
    "SELECT key, grp, running, parked_at, parked_because FROM vibegate.wishes WHERE parked_at IS NOT NULL ORDER BY parked_at",
  );
  return rows.map((row) => ({
    key: row.key,
    group: row.grp,
    payload: JSON.parse(row.running) as unknown,
    because: row.parked_because,
    parkedAt: Number(row.parked_at),
  }));
}

/** The groups that wait for a time to pass. */
export async function listPauses(
  statements: Statements,
): Promise<readonly Pause[]> {
  const rows = await statements.rows<{
    readonly name: string;
    readonly paused_until: string;
  }>(
    `SELECT name, paused_until FROM vibegate.groups WHERE paused_until > ${nowMs} ORDER BY name`,
  );
  return rows.map(({ name, paused_until }) => ({
    group: name,
    until: Number(paused_until),
  }));
}
