import type { PostgresDatabase, Statements } from "./postgres-database.js";

/** Jobs that were handed out are kept this long, for somebody who looks into the database. */
const keptSeconds = 3_600;
/** A wish may wait for as long as an installation is paused; pg-boss throws away what is older than this. */
const patienceSeconds = 10 * 365 * 24 * 3_600;
/** Leases are ours and much shorter; this only keeps pg-boss from ending a run by itself. */
const longestRunSeconds = 23 * 3_600;

/** Priorities of wishes are small numbers; where the newest go first, time counts below them. */
const secondsPerPriority = 60_000_000;
/** When a job is to be handed out, and before which others. */
export interface Due {
  readonly priority: number;
  /** Milliseconds since 1970; at once when not given. */
  readonly at?: number;
}

/**
 * Hands wishes out through pg-boss: one queue a group, and in it one job waiting and one running for each key. The job
 * carries nothing but the key; what it is about stands with the wish.
 */
export class PostgresDispatch {
  readonly #database: PostgresDatabase;
  readonly #known = new Map<string, Promise<void>>();

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  /** Makes the queue of a group, once. Not within a transaction: it takes locks that others wait for. */
  async prepare(group: string): Promise<void> {
    const known = this.#known.get(group);
    if (known) return known;
    const made = this.#database.boss.createQueue(queueOf(group), {
      policy: "stately",
      retryLimit: 0,
      expireInSeconds: longestRunSeconds,
      retentionSeconds: patienceSeconds,
      deleteAfterSeconds: keptSeconds,
    });
    this.#known.set(group, made);
    // What failed is tried again.
    made.catch(() => this.#known.delete(group));
    return made;
  }

  /** Wants the key handed out; one that waits already is moved. */
  async put(
    { boss: db }: Statements,
    group: string,
    key: string,
    { priority, at }: Due,
  ): Promise<void> {
    const startAfter = at === undefined ? 0 : new Date(at);
    const options = { singletonKey: key, priority, startAfter, db };
    await this.#database.boss.upsert(queueOf(group), { key }, options);
  }

  /** Takes the next job that is due. */
  async take(
    { boss: db }: Statements,
    group: string,
  ): Promise<{ readonly id: string; readonly key: string } | undefined> {
    const [job] = await this.#database.boss.fetch<{ readonly key: string }>(
      queueOf(group),
      { db },
    );
    return job && { id: job.id, key: job.data.key };
  }

  /** The job is over, however it ended: what comes next is put anew. */
  async end(
    { boss: db }: Statements,
    group: string,
    id: string | null,
  ): Promise<void> {
    if (id === null) return;
    await this.#database.boss.complete(queueOf(group), id, null, { db });
  }
}

/** Priority of a wish in pg-boss. @param newestAt - When it was last wanted, where the newest go first; milliseconds since 1970. */
export function rank(priority: number, newestAt?: number): number {
  if (newestAt === undefined) return priority;
  // Begins anew every two years; what waits then is served a little later, not lost.
  const seconds = Math.floor(newestAt / 1_000) % secondsPerPriority;
  return priority * secondsPerPriority + seconds;
}

function queueOf(group: string): string {
  // pg-boss takes only some characters in a name.
  return `group-${group.replaceAll(/[^\w-]/g, "_")}`;
}
