import { join } from "node:path";
import type { Keeper, KeeperOptions } from "./queue.js";
import { SqliteDatabase } from "./sqlite-database.js";
import { SqliteQueue } from "./sqlite-queue.js";
import { sqliteRecords } from "./sqlite-records.js";

/** Name of the store in the data directory. */
export const storeFile = "vibegate.sqlite";

/**
 * Opens the embedded keeper: one SQLite file in the data directory. Two processes may share it.
 *
 * @param directory - The data directory; must exist and be writable.
 * @throws StoreVersionError when a newer VibeGate wrote the store; SQLite's errors when it cannot be opened.
 */
export function openSqliteKeeper(
  directory: string,
  options: KeeperOptions,
): Keeper {
  const database = new SqliteDatabase(join(directory, storeFile));
  return {
    queue: new SqliteQueue(database, options),
    records: sqliteRecords(database),
    checkWritable: async () => {
      database.run(
        "UPDATE counters SET value = value + 1 WHERE name = 'heartbeat'",
      );
    },
    close: async () => {
      database.close();
    },
  };
}
