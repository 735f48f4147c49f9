import type { Keeper, KeeperOptions } from "#queue/queue.js";
import { SqliteDatabase } from "#queue/sqlite-database.js";
import { SqliteQueue } from "#queue/sqlite-queue.js";
import { sqliteRecords } from "#queue/sqlite-records.js";

/** The embedded store without its file: what a killed process leaves behind is what it had committed. */
export async function openMemoryStore(options: KeeperOptions): Promise<Keeper> {
  const database = new SqliteDatabase(":memory:");
  return {
    queue: new SqliteQueue(database, options),
    records: sqliteRecords(database),
    checkWritable: async () => undefined,
    close: async () => {
      database.close();
    },
  };
}
