import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { migrate } from "./sqlite-schema.js";
import { StoreDamagedError } from "./store-damaged-error.js";

/** A row as SQLite gives it. */
export type Row = Record<string, unknown>;

/** SQLITE_CORRUPT and SQLITE_NOTADB. https://www.sqlite.org/rescode.html */
const damagedCodes = [11, 26];

/** The few things that the keeper asks of SQLite. Statements are prepared once. */
export class SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync["prepare"]>>();

  /**
   * Opens the file or makes it, and brings it to the present schema.
   *
   * @param file - Path of the store.
   * @param busyTimeoutMs - How long to wait for another process that is writing.
   * @throws StoreVersionError for a newer store; StoreDamagedError for one that a disk or a power cut has torn; SQLite's own errors when the file cannot be opened.
   */
  constructor(file: string, busyTimeoutMs = 5_000) {
    this.#database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    try {
      // FULL is what makes a commit survive a power cut in WAL mode. https://www.sqlite.org/pragma.html#pragma_synchronous
      this.#database.exec(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;",
      );
      const [found] = this.#database.prepare("PRAGMA quick_check(1)").all();
      if (found?.["quick_check"] !== "ok")
        throw new StoreDamagedError("The store's pages do not fit together.");
      migrate(this.#database);
    } catch (cause) {
      this.#database.close();
      const code = (cause as { readonly errcode?: number }).errcode;
      if (code !== undefined && damagedCodes.includes(code & 0xff))
        throw new StoreDamagedError("The store cannot be read.", { cause });
      throw cause;
    }
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepared(sql).all(...values);
  }

  /** @returns how many rows were written. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  /** All or nothing; on the disk when it returns. Takes the write lock at once, so that what it read still holds. */
  transaction<Result>(work: () => Result): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (cause) {
      // SQLite may have rolled back by itself, for example on a full disk.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw cause;
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #prepared(sql: string): ReturnType<DatabaseSync["prepare"]> {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
