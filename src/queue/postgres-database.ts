import { type Clock, type Db, PgBoss } from "pg-boss";
import pg, { type PoolClient, type QueryResultRow } from "pg";
import { migratePostgres } from "./postgres-schema.js";

/** Schema that pg-boss keeps its own tables in. */
const bossSchema = "vibegate_jobs";

/** The present time as milliseconds since 1970, by the clock that all processes share. */
export const nowMs = `round(extract(epoch FROM ${bossSchema}.job_now()) * 1000)::bigint`;

/** How the database is reached. */
export interface PostgresOptions {
  /** `postgres://…`; must lead to a server or a pooler in session mode. */
  readonly url: string;
  /** Connections of this process; 10 when not given. */
  readonly connections?: number;
  /** Hears of broken idle connections and of troubles of pg-boss's upkeep. */
  readonly onError?: (error: unknown) => void;
  /** pg-boss's clock, for tests that move time. */
  readonly clock?: Clock;
}

/** Runs statements, within a transaction or each by itself. */
export interface Statements {
  readonly rows: <Row extends QueryResultRow>(
    sql: string,
    values?: readonly unknown[],
  ) => Promise<readonly Row[]>;
  /** How many rows were written. */
  readonly run: (sql: string, values?: readonly unknown[]) => Promise<number>;
  /** The same connection, as pg-boss takes it. */
  readonly boss: Db;
}

const connectTimeoutMs = 5_000;
/** No statement of ours takes this long on a healthy server; a hanging one must not hold a delivery for ever. */
const queryTimeoutMs = 20_000;
const transactionTries = 5;

// Serialization failure and deadlock: the work was undone and may be done again.
// https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
const repeatable = ["40001", "40P01"];

// A commit must have reached the disk when it returns, whatever the server's default is.
const sessionStart =
  "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/** A pool of connections, our tables and pg-boss's on one database. */
export class PostgresDatabase {
  readonly boss: PgBoss;
  readonly #pool: pg.Pool;
  #sessionStatements: readonly string[] = [sessionStart];

  private constructor(options: PostgresOptions) {
    const onError = options.onError ?? (() => undefined);
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.connections ?? 10,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: queryTimeoutMs,
      keepAlive: true,
      application_name: "vibegate",
      onConnect: async (client) => {
        for (const statement of this.#sessionStatements)
          await client.query(statement);
      },
    });
    this.#pool.on("error", onError);
    this.boss = new PgBoss({
      schema: bossSchema,
      db: {
        executeSql: async (text, values) => this.#pool.query(text, values),
        setSessionStatements: async (statements) => {
          this.#sessionStatements = [sessionStart, ...statements];
        },
      },
      ...(options.clock && { clock: options.clock }),
      schedule: false,
      // The counts that it would keep are read from our own tables.
      monitorIntervalSeconds: 3_600,
    });
    this.boss.on("error", onError);
  }

  /**
   * Connects, and brings the database to the present schema.
   *
   * @throws StoreVersionError for a newer store; Postgres' own errors when it cannot be reached.
   */
  static async open(options: PostgresOptions): Promise<PostgresDatabase> {
    const database = new PostgresDatabase(options);
    try {
      await migrate(options.url);
      await database.boss.start();
      return database;
    } catch (cause) {
      await database.#pool.end();
      throw cause;
    }
  }

  /** Runs statements each by itself. */
  get statements(): Statements {
    return statementsOn(this.#pool);
  }

  /** All or nothing; committed when it resolves. Work that the server undid for others' sake is done again. */
  async transaction<Result>(
    work: (statements: Statements) => Promise<Result>,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.#once((client) => work(statementsOn(client)));
      } catch (error) {
        const code = (error as { readonly code?: unknown }).code;
        if (!repeatable.includes(String(code)) || attempt >= transactionTries)
          throw error;
      }
  }

  async close(): Promise<void> {
    await this.boss.stop({ graceful: false });
    await this.#pool.end();
  }

  async #once<Result>(
    work: (client: PoolClient) => Promise<Result>,
  ): Promise<Result> {
    const client = await this.#pool.connect();
    // Errors of a connection in use come through its queries; this one only keeps them from ending the process.
    const ignore = () => undefined;
    client.on("error", ignore);
    let broken: Error | undefined;
    try {
      await client.query("BEGIN");
      const result = await work(client);
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch((cause: unknown) => {
        broken = cause as Error;
      });
      throw error;
    } finally {
      client.off("error", ignore);
      client.release(broken);
    }
  }
}

/** On a connection of its own: those of the pool are to be set up by pg-boss's start first. */
async function migrate(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
  });
  // What goes wrong comes through its queries.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("BEGIN");
    await migratePostgres(client);
    await client.query("COMMIT");
  } finally {
    // Ending without a commit undoes what was begun.
    await client.end();
  }
}

function statementsOn(client: pg.Pool | PoolClient): Statements {
  return {
    rows: async <Row extends QueryResultRow>(
      sql: string,
      values: readonly unknown[] = [],
    ) => (await client.query<Row>(sql, [...values])).rows,
    run: async (sql, values = []) =>
      (await client.query(sql, [...values])).rowCount ?? 0,
    boss: {
      executeSql: async (text, values) => client.query(text, values),
    },
  };
}
