import type { SqliteDatabase } from "./sqlite-database.js";

interface Waiting {
  /** Does the work and keeps its result. Throws when it cannot. */
  readonly work: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits together what comes together. A commit waits for the disk, which takes as long for one delivery as for fifty;
 * in a burst this is the difference between keeping up and falling behind.
 */
export class GroupCommit {
  readonly #database: SqliteDatabase;
  #waiting: Waiting[] = [];

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  /**
   * Runs the work in a transaction that others may share.
   *
   * @returns its result, once it is on the disk.
   * @throws what the work or the commit throws; nothing of the work is kept then, and no other work is hit.
   */
  run<Result>(work: () => Result): Promise<Result> {
    if (this.#waiting.length === 0)
      setImmediate(() => {
        this.#commit();
      });
    return new Promise((resolve, reject) => {
      let result: Result;
      this.#waiting.push({
        work: () => {
          result = work();
        },
        resolve: () => {
          resolve(result);
        },
        reject,
      });
    });
  }

  #commit(): void {
    const together = this.#waiting;
    this.#waiting = [];
    try {
      this.#database.transaction(() => {
        for (const { work } of together) work();
      });
      for (const { resolve } of together) resolve();
    } catch {
      // One of them spoils it for all: then each gets a transaction of its own, and hears of its own failure.
      for (const one of together) this.#commitAlone(one);
    }
  }

  #commitAlone({ work, resolve, reject }: Waiting): void {
    try {
      this.#database.transaction(work);
      resolve();
    } catch (error) {
      reject(error);
    }
  }
}
