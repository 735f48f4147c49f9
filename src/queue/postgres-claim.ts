import { nowMs, type Statements } from "./postgres-database.js";
import { type PostgresDispatch, rank } from "./postgres-dispatch.js";
import type { Claim, KeeperOptions } from "./queue.js";

/** A wish as it stands in its table; Postgres' bigint comes as text. */
export interface WishRow {
  readonly key: string;
  readonly grp: string;
  readonly priority: number;
  readonly wanted: string;
  readonly pending: string | null;
  readonly running: string | null;
  readonly tries: number;
  readonly deferrals: number;
  readonly job_id: string | null;
  readonly lease_token: string | null;
}

const due = `parked_at IS NULL AND next_at <= ${nowMs} AND (lease_until IS NULL OR lease_until <= ${nowMs})`;

/** Wishes whose job is missing that are put right in one go. */
const repairBatch = 100;

/** Takes the next due job under a fresh lease. Runs within a transaction of the caller's. */
export async function claimNext(
  statements: Statements,
  dispatch: PostgresDispatch,
  options: KeeperOptions,
): Promise<Claim | undefined> {
  const group = await nextGroup(statements, options.groupCap);
  if (group === undefined) return undefined;
  await freeDead(statements, dispatch, group);
  const row =
    (await nextWish(statements, dispatch, group)) ??
    (await repaired(statements, dispatch, group));
  return row && lease(statements, row, options);
}

/** The group that has waited longest for its turn. Its row stays locked, so that no other process counts its jobs meanwhile. */
async function nextGroup(
  statements: Statements,
  cap: number,
): Promise<string | undefined> {
  const [row] = await statements.rows<{ readonly name: string }>(
    `SELECT name FROM vibegate.groups
     WHERE paused_until <= ${nowMs}
      AND EXISTS (SELECT 1 FROM vibegate.wishes WHERE grp = groups.name AND ${due})
      AND (SELECT count(*) FROM vibegate.wishes WHERE grp = groups.name AND lease_until > ${nowMs}) < $1
     ORDER BY served, name LIMIT 1
     FOR UPDATE SKIP LOCKED`,
    [cap],
  );
  return row?.name;
}

/** A lease that ran out means that a process died with this job in hand; perhaps the job killed it. */
async function freeDead(
  statements: Statements,
  dispatch: PostgresDispatch,
  group: string,
): Promise<void> {
  const dead = await statements.rows<WishRow>(
    `SELECT * FROM vibegate.wishes WHERE grp = $1 AND lease_until <= ${nowMs} FOR UPDATE SKIP LOCKED`,
    [group],
  );
  for (const { key, priority, job_id } of dead) {
    await statements.run(
      `UPDATE vibegate.wishes SET tries = tries + 1, deferrals = deferrals + 1, job_id = NULL,
        lease_token = NULL, lease_until = NULL
       WHERE key = $1`,
      [key],
    );
    await dispatch.end(statements, group, job_id);
    await dispatch.put(statements, group, key, { priority });
  }
}

/** What pg-boss hands out, as long as it is still wanted here. */
async function nextWish(
  statements: Statements,
  dispatch: PostgresDispatch,
  group: string,
): Promise<WishRow | undefined> {
  for (;;) {
    const job = await dispatch.take(statements, group);
    if (!job) return undefined;
    const [row] = await statements.rows<WishRow>(
      `SELECT * FROM vibegate.wishes
       WHERE key = $1 AND grp = $2 AND parked_at IS NULL AND lease_token IS NULL FOR UPDATE`,
      [job.key, group],
    );
    if (row) return { ...row, job_id: job.id };
    await dispatch.end(statements, group, job.id);
  }
}

/** The wishes say that something is due and pg-boss has nothing: its tables were emptied or restored. The wishes are right. */
async function repaired(
  statements: Statements,
  dispatch: PostgresDispatch,
  group: string,
): Promise<WishRow | undefined> {
  const rows = await statements.rows<WishRow>(
    `SELECT * FROM vibegate.wishes WHERE grp = $1 AND ${due} ORDER BY priority DESC, wanted_at LIMIT $2`,
    [group, repairBatch],
  );
  for (const { key, priority } of rows)
    await dispatch.put(statements, group, key, { priority });
  return nextWish(statements, dispatch, group);
}

async function lease(
  statements: Statements,
  row: WishRow,
  options: KeeperOptions,
): Promise<Claim> {
  const payload = combine([row.running, row.pending], options);
  const [leased] = await statements.rows<{ readonly lease_token: string }>(
    `UPDATE vibegate.wishes SET running = $2, pending = NULL, job_id = $3,
      lease_token = nextval('vibegate.tokens'), lease_until = ${nowMs} + $4
     WHERE key = $1 RETURNING lease_token`,
    [row.key, JSON.stringify(payload), row.job_id, options.leaseMs],
  );
  const token = Number(leased?.lease_token);
  await statements.run(
    "UPDATE vibegate.groups SET served = $2 WHERE name = $1",
    [row.grp, token],
  );
  return {
    key: row.key,
    group: row.grp,
    payload,
    token,
    tries: row.tries,
    deferrals: row.deferrals,
    wanted: Number(row.wanted),
  };
}

/** What an unfinished run was about, and what was wanted since. */
function combine(
  texts: readonly (string | null)[],
  { merge }: KeeperOptions,
): unknown {
  return texts
    .filter((text) => text !== null)
    .map((text) => JSON.parse(text) as unknown)
    .reduce((earlier, later) => merge(earlier, later));
}

/** The rank that a wish has while its group prefers the newest, and else. */
export async function rankNow(
  statements: Statements,
  group: string,
  priority: number,
): Promise<number> {
  const [row] = await statements.rows<{
    readonly now: string;
    readonly newest: boolean;
  }>(
    `SELECT ${nowMs} AS now, newest_until > ${nowMs} AS newest FROM vibegate.groups WHERE name = $1`,
    [group],
  );
  return rank(priority, row?.newest ? Number(row.now) : undefined);
}
