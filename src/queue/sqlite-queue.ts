import { GroupCommit } from "./group-commit.js";
import type {
  Claim,
  Delivery,
  Job,
  KeeperOptions,
  ListedJob,
  ParkedJob,
  Pause,
  Queue,
  QueueStats,
  Retry,
} from "./queue.js";
import type { RecordWrite } from "./records.js";
import { claimNext } from "./sqlite-claim.js";
import type { SqliteDatabase } from "./sqlite-database.js";
import { listJobs, listPauses } from "./sqlite-listing.js";
import { write } from "./sqlite-records.js";

/** The queue of the embedded store. */
export class SqliteQueue implements Queue {
  readonly #database: SqliteDatabase;
  readonly #options: KeeperOptions;
  readonly #commits: GroupCommit;

  constructor(database: SqliteDatabase, options: KeeperOptions) {
    this.#database = database;
    this.#options = options;
    this.#commits = new GroupCommit(database);
  }

  readonly accept = async (
    delivery: Delivery,
    jobs: readonly Job[],
    records: readonly RecordWrite[] = [],
  ): Promise<"stored" | "known"> =>
    this.#commits.run(() => {
      const { id, event, receivedAt } = delivery;
      const stored = this.#database.run(
        "INSERT INTO deliveries VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        id,
        event,
        receivedAt,
      );
      if (stored === 0) return "known";
      for (const job of jobs) this.#want(job);
      for (const record of records) write(this.#database, record, {});
      return "stored";
    });

  readonly add = async (jobs: readonly Job[]): Promise<void> => {
    this.#database.transaction(() => {
      for (const job of jobs) this.#want(job);
    });
  };

  readonly claim = async (): Promise<Claim | undefined> =>
    this.#database.transaction(() => claimNext(this.#database, this.#options));

  readonly extend = async (claim: Claim): Promise<boolean> =>
    this.#underLease("lease_until = ?", claim, [
      this.#options.now() + this.#options.leaseMs,
    ]);

  readonly finish = async (claim: Claim): Promise<boolean> =>
    this.#database.transaction(() => {
      const held = this.#underLease(
        `done = ?, running = NULL, tries = 0, deferrals = 0, lease_token = NULL, lease_until = NULL,
         wanted_at = ?`,
        claim,
        [claim.wanted, this.#options.now()],
      );
      this.#database.run(
        "DELETE FROM jobs WHERE key = ? AND wanted = done",
        claim.key,
      );
      return held;
    });

  readonly retry = async (claim: Claim, retry: Retry): Promise<boolean> =>
    this.#underLease(
      "next_at = ?, tries = tries + ?, deferrals = deferrals + 1, lease_token = NULL, lease_until = NULL",
      claim,
      [retry.at, retry.countsAsTry ? 1 : 0],
    );

  readonly park = async (claim: Claim, because: string): Promise<boolean> =>
    this.#underLease(
      // A wish that came during the last run deserves a run of its own: then it is not parked.
      `parked_at = CASE WHEN pending IS NULL THEN ? END, parked_because = ?, tries = 0, deferrals = 0,
       lease_token = NULL, lease_until = NULL`,
      claim,
      [this.#options.now(), because],
    );

  readonly pauseGroup = async (group: string, until: number): Promise<void> => {
    this.#database.run(
      `INSERT INTO groups (name, paused_until) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET paused_until = max(paused_until, excluded.paused_until)`,
      group,
      until,
    );
  };

  readonly preferNewest = async (
    group: string,
    until: number,
  ): Promise<void> => {
    this.#database.run(
      `INSERT INTO groups (name, newest_until) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET newest_until = max(newest_until, excluded.newest_until)`,
      group,
      until,
    );
  };

  readonly dropGroup = async (group: string): Promise<void> => {
    this.#database.run("DELETE FROM jobs WHERE grp = ?", group);
  };

  readonly stats = async (): Promise<QueueStats> => {
    const now = this.#options.now();
    const row = this.#database.get(
      `SELECT count(*) FILTER (WHERE parked_at IS NULL) AS depth,
        count(*) FILTER (WHERE lease_until > ?1) AS running,
        count(*) FILTER (WHERE parked_at IS NOT NULL) AS parked,
        min(wanted_at) FILTER (WHERE parked_at IS NULL AND (lease_until IS NULL OR lease_until <= ?1)) AS oldest
       FROM jobs`,
      now,
    );
    const oldest = row?.["oldest"];
    return {
      depth: Number(row?.["depth"]),
      running: Number(row?.["running"]),
      parked: Number(row?.["parked"]),
      oldestAgeMs: typeof oldest === "number" ? Math.max(0, now - oldest) : 0,
    };
  };

  readonly parked = async (): Promise<readonly ParkedJob[]> =>
    this.#database
      .all(
        "SELECT key, grp, running, parked_at, parked_because FROM jobs WHERE parked_at IS NOT NULL ORDER BY parked_at",
      )
      .map((row) => ({
        key: String(row["key"]),
        group: String(row["grp"]),
        payload: JSON.parse(String(row["running"])) as unknown,
        because: String(row["parked_because"]),
        parkedAt: Number(row["parked_at"]),
      }));

  readonly list = async (limit: number): Promise<readonly ListedJob[]> =>
    listJobs(this.#database, this.#options.now(), limit);

  readonly pauses = async (): Promise<readonly Pause[]> =>
    listPauses(this.#database, this.#options.now());

  readonly forgetDeliveries = async (before: number): Promise<void> => {
    this.#database.run("DELETE FROM deliveries WHERE received_at < ?", before);
  };

  #want(job: Job): void {
    const known = this.#database.get(
      "SELECT pending FROM jobs WHERE key = ?",
      job.key,
    );
    const pending = known?.["pending"];
    const payload =
      typeof pending === "string"
        ? this.#options.merge(JSON.parse(pending) as unknown, job.payload)
        : job.payload;
    const now = this.#options.now();
    // A row is there only while a wish is unanswered, so the oldest wish gives the age.
    // A wish for a parked job gives it a fresh start.
    this.#database.run(
      `INSERT INTO jobs (key, grp, priority, wanted, pending, wanted_at, next_at, last_wanted_at)
       VALUES (?1, ?2, ?3, 1, ?4, ?5, ?5, ?5)
       ON CONFLICT DO UPDATE SET last_wanted_at = ?5, grp = ?2, priority = max(priority, ?3), wanted = wanted + 1,
        pending = ?4, next_at = min(next_at, ?5), parked_at = NULL, parked_because = NULL`,
      job.key,
      job.group,
      job.priority,
      JSON.stringify(payload),
      now,
    );
    this.#database.run(
      "INSERT INTO groups (name) VALUES (?) ON CONFLICT DO NOTHING",
      job.group,
    );
  }

  #underLease(
    assignments: string,
    claim: Claim,
    values: readonly (number | string)[],
  ): boolean {
    const changed = this.#database.run(
      `UPDATE jobs SET ${assignments} WHERE key = ? AND lease_token = ?`,
      ...values,
      claim.key,
      claim.token,
    );
    return changed === 1;
  }
}
