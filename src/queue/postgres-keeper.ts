import { PostgresDatabase, type PostgresOptions } from "./postgres-database.js";
import { PostgresQueue } from "./postgres-queue.js";
import { postgresRecords } from "./postgres-records.js";
import type { Keeper, KeeperOptions } from "./queue.js";

/**
 * Opens the keeper for many processes: one database on Postgres, with pg-boss.
 *
 * @throws StoreVersionError when a newer VibeGate wrote the store; Postgres' errors when it cannot be reached.
 */
export async function openPostgresKeeper(
  options: KeeperOptions,
  postgres: PostgresOptions,
): Promise<Keeper> {
  const database = await PostgresDatabase.open(postgres);
  return {
    queue: new PostgresQueue(database, options),
    records: postgresRecords(database),
    checkWritable: async () => {
      await database.statements.run(
        "UPDATE vibegate.heartbeat SET beats = beats + 1",
      );
    },
    close: () => database.close(),
  };
}
