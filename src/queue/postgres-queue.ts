import { claimNext, type WishRow } from "./postgres-claim.js";
import {
  nowMs,
  type PostgresDatabase,
  type Statements,
} from "./postgres-database.js";
import { PostgresDispatch, rank } from "./postgres-dispatch.js";
import { listJobs, listParked, listPauses, stats } from "./postgres-listing.js";
import { writeRecord } from "./postgres-records.js";
import { inLockOrder, want } from "./postgres-want.js";
import type {
  Claim,
  Delivery,
  Job,
  KeeperOptions,
  Queue,
  Retry,
} from "./queue.js";
import type { RecordWrite } from "./records.js";

/** Waiting jobs that are put into a new order at most, when the newest are to go first. */
const reorderedAtMost = 1_000;

/** The queue of the store on Postgres: wishes in our tables, handed out by pg-boss, all in one transaction. */
export class PostgresQueue implements Queue {
  readonly #database: PostgresDatabase;
  readonly #options: KeeperOptions;
  readonly #dispatch: PostgresDispatch;
  /** One claim at a time: those of one process would pass over each other's locked group. */
  #lastClaim: Promise<unknown> = Promise.resolve();

  constructor(database: PostgresDatabase, options: KeeperOptions) {
    this.#database = database;
    this.#options = options;
    this.#dispatch = new PostgresDispatch(database);
  }

  readonly accept = async (
    { id, event, receivedAt }: Delivery,
    jobs: readonly Job[],
    records: readonly RecordWrite[] = [],
  ): Promise<"stored" | "known"> => {
    await this.#prepare(jobs);
    return this.#database.transaction(async (statements) => {
      const stored = await statements.run(
        "INSERT INTO vibegate.deliveries VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [id, event, receivedAt],
      );
      if (stored === 0) return "known";
      await this.#wantAll(statements, jobs);
      for (const record of records) await writeRecord(statements, record, {});
      return "stored";
    });
  };

  readonly add = async (jobs: readonly Job[]): Promise<void> => {
    await this.#prepare(jobs);
    await this.#database.transaction((statements) =>
      this.#wantAll(statements, jobs),
    );
  };

  readonly claim = (): Promise<Claim | undefined> => {
    const next = this.#lastClaim.then(() =>
      this.#database.transaction((statements) =>
        claimNext(statements, this.#dispatch, this.#options),
      ),
    );
    this.#lastClaim = next.catch(() => undefined);
    return next;
  };

  readonly extend = async (claim: Claim): Promise<boolean> =>
    (await this.#database.statements.run(
      `UPDATE vibegate.wishes SET lease_until = ${nowMs} + $3 WHERE key = $1 AND lease_token = $2`,
      [claim.key, claim.token, this.#options.leaseMs],
    )) === 1;

  readonly finish = async (claim: Claim): Promise<boolean> =>
    this.#database.transaction(async (statements) => {
      const row = await this.#release(
        statements,
        claim,
        `running = NULL, tries = 0, deferrals = 0, wanted_at = ${nowMs}`,
      );
      if (row && Number(row.wanted) === claim.wanted)
        await statements.run("DELETE FROM vibegate.wishes WHERE key = $1", [
          claim.key,
        ]);
      return row !== undefined;
    });

  readonly retry = async (claim: Claim, retry: Retry): Promise<boolean> =>
    this.#database.transaction(async (statements) => {
      const row = await this.#release(
        statements,
        claim,
        "next_at = $3, tries = tries + $4, deferrals = deferrals + 1",
        [Math.round(retry.at), retry.countsAsTry ? 1 : 0],
      );
      if (!row) return false;
      const { grp, key, priority } = row;
      const due = { priority, at: retry.at };
      await this.#dispatch.put(statements, grp, key, due);
      return true;
    });

  readonly park = async (claim: Claim, because: string): Promise<boolean> =>
    this.#database.transaction(async (statements) => {
      // A wish that came during the last run deserves a run of its own: then it is not parked.
      const row = await this.#release(
        statements,
        claim,
        `parked_at = CASE WHEN pending IS NULL THEN ${nowMs} END, parked_because = $3, tries = 0, deferrals = 0`,
        [because],
      );
      return row !== undefined;
    });

  readonly pauseGroup = async (group: string, until: number): Promise<void> => {
    await this.#database.statements.run(
      `INSERT INTO vibegate.groups AS known (name, paused_until) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET paused_until = greatest(known.paused_until, $2)`,
      [group, Math.round(until)],
    );
  };

  readonly preferNewest = async (
    group: string,
    until: number,
  ): Promise<void> => {
    await this.#prepareGroup(group);
    await this.#database.transaction(async (statements) => {
      await statements.run(
        `INSERT INTO vibegate.groups AS known (name, newest_until) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET newest_until = greatest(known.newest_until, $2)`,
        [group, Math.round(until)],
      );
      const waiting = await statements.rows<
        WishRow & { readonly wanted_at: string }
      >(
        `SELECT * FROM vibegate.wishes
         WHERE grp = $1 AND parked_at IS NULL AND lease_token IS NULL AND next_at <= ${nowMs}
         ORDER BY wanted_at DESC, key LIMIT $2 FOR UPDATE`,
        [group, reorderedAtMost],
      );
      for (const { key, priority, wanted_at } of waiting)
        await this.#dispatch.put(statements, group, key, {
          priority: rank(priority, Number(wanted_at)),
        });
    });
  };

  readonly dropGroup = async (group: string): Promise<void> => {
    await this.#database.transaction(async (statements) => {
      const dropped = await statements.rows<WishRow>(
        "DELETE FROM vibegate.wishes WHERE grp = $1 RETURNING *",
        [group],
      );
      // What waits is found to be unwanted when it is handed out; what runs would stand in the way of a new wish.
      for (const { job_id } of dropped)
        await this.#dispatch.end(statements, group, job_id);
    });
  };

  readonly stats = async () => stats(this.#database.statements);
  readonly list = async (limit: number) =>
    listJobs(this.#database.statements, limit);
  readonly pauses = async () => listPauses(this.#database.statements);
  readonly parked = async () => listParked(this.#database.statements);

  readonly forgetDeliveries = async (before: number): Promise<void> => {
    await this.#database.statements.run(
      "DELETE FROM vibegate.deliveries WHERE received_at < $1",
      [before],
    );
  };

  async #wantAll(statements: Statements, jobs: readonly Job[]): Promise<void> {
    for (const job of inLockOrder(jobs))
      await want(statements, this.#dispatch, job, this.#options);
  }

  async #prepare(jobs: readonly Job[]): Promise<void> {
    const groups = new Set(jobs.map(({ group }) => group));
    for (const group of groups) await this.#prepareGroup(group);
  }

  async #prepareGroup(group: string): Promise<void> {
    await this.#dispatch.prepare(group);
  }

  /** Ends a lease that is still held; undefined when it was lost. */
  async #release(
    statements: Statements,
    claim: Claim,
    assignments: string,
    values: readonly (number | string)[] = [],
  ): Promise<WishRow | undefined> {
    const [held] = await statements.rows<WishRow>(
      "SELECT * FROM vibegate.wishes WHERE key = $1 AND lease_token = $2 FOR UPDATE",
      [claim.key, claim.token],
    );
    if (!held) return undefined;
    await statements.run(
      `UPDATE vibegate.wishes SET ${assignments}, job_id = NULL, lease_token = NULL, lease_until = NULL
       WHERE key = $1 AND lease_token = $2`,
      [claim.key, claim.token, ...values],
    );
    await this.#dispatch.end(statements, claim.group, held.job_id);
    return held;
  }
}
