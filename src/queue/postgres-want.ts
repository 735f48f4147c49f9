import { rankNow, type WishRow } from "./postgres-claim.js";
import { nowMs, type Statements } from "./postgres-database.js";
import type { PostgresDispatch } from "./postgres-dispatch.js";
import type { Job, KeeperOptions } from "./queue.js";

/** Folds a job into what is wanted, within a transaction of the caller's. A wish for a parked job gives it a fresh start. */
export async function want(
  statements: Statements,
  dispatch: PostgresDispatch,
  job: Job,
  { merge }: KeeperOptions,
): Promise<void> {
  const { key, group, priority } = job;
  // Also locks the row, so that what is read of it holds until the end.
  const [known] = await statements.rows<WishRow>(
    `INSERT INTO vibegate.wishes AS known (key, grp, priority, wanted, wanted_at, next_at)
     VALUES ($1, $2, $3, 1, ${nowMs}, ${nowMs})
     ON CONFLICT (key) DO UPDATE SET grp = $2, priority = greatest(known.priority, $3), wanted = known.wanted + 1,
      next_at = least(known.next_at, excluded.next_at), parked_at = NULL, parked_because = NULL
     RETURNING *`,
    [key, group, priority],
  );
  const pending = known?.pending ?? null;
  const payload =
    pending === null
      ? job.payload
      : merge(JSON.parse(pending) as unknown, job.payload);
  await statements.run(
    "UPDATE vibegate.wishes SET pending = $2 WHERE key = $1",
    [key, JSON.stringify(payload)],
  );
  await statements.run(
    "INSERT INTO vibegate.groups (name) VALUES ($1) ON CONFLICT DO NOTHING",
    [group],
  );
  const rank = await rankNow(statements, group, known?.priority ?? priority);
  await dispatch.put(statements, group, key, { priority: rank });
}

/** Jobs in an order that is the same for everybody, so that two that want the same ones do not wait for each other. */
export function inLockOrder(jobs: readonly Job[]): readonly Job[] {
  return jobs.toSorted((one, other) => (one.key < other.key ? -1 : 1));
}
