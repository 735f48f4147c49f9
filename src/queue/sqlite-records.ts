import type {
  ListOptions,
  Records,
  RecordWrite,
  StoredRecord,
  WriteConditions,
} from "./records.js";
import type { Row, SqliteDatabase } from "./sqlite-database.js";

/** The records of the embedded store. */
export function sqliteRecords(database: SqliteDatabase): Records {
  return {
    get: async (collection, key) => read(database, collection, key),
    put: async (collection, key, value, conditions = {}) =>
      database.transaction(() =>
        write(database, { collection, key, value }, conditions),
      ),
    list: async (collection, options = {}) =>
      list(database, collection, options),
    remove: async (collection, key) => {
      database.run(
        "DELETE FROM records WHERE collection = ? AND key = ?",
        collection,
        key,
      );
    },
    forget: async (prefix) => {
      if (prefix === "") throw new RangeError("That would be everything.");
      database.run(
        "DELETE FROM records WHERE key >= ?1 AND substr(key, 1, length(?1)) = ?1",
        prefix,
      );
    },
  };
}

/** Writes one record within a transaction of the caller's; false when a condition was not met. */
export function write(
  database: SqliteDatabase,
  record: RecordWrite,
  { ifVersion, fence }: WriteConditions,
): boolean {
  const { collection, key, value, onlyIfAbsent = false } = record;
  const known = read(database, collection, key);
  const version = known?.version ?? 0;
  const newestFence = known?.fence ?? 0;
  if (onlyIfAbsent && known) return false;
  if (ifVersion !== undefined && ifVersion !== version) return false;
  if (fence !== undefined && fence < newestFence) return false;
  database.run(
    "INSERT OR REPLACE INTO records (collection, key, value, version, fence) VALUES (?, ?, ?, ?, ?)",
    collection,
    key,
    JSON.stringify(value),
    version + 1,
    Math.max(fence ?? 0, newestFence),
  );
  return true;
}

function read(
  database: SqliteDatabase,
  collection: string,
  key: string,
): StoredRecord | undefined {
  const row = database.get(
    "SELECT key, value, version, fence FROM records WHERE collection = ? AND key = ?",
    collection,
    key,
  );
  return row && toRecord(row);
}

function list(
  database: SqliteDatabase,
  collection: string,
  { prefix = "", after = "", limit = 1_000 }: ListOptions,
): StoredRecord[] {
  // `substr` rather than LIKE: keys may hold the wildcards of LIKE.
  return database
    .all(
      `SELECT key, value, version, fence FROM records
       WHERE collection = ? AND key >= ? AND key > ? AND substr(key, 1, length(?)) = ?
       ORDER BY key LIMIT ?`,
      collection,
      prefix,
      after,
      prefix,
      prefix,
      limit,
    )
    .map(toRecord);
}

function toRecord(row: Row): StoredRecord {
  return {
    key: String(row["key"]),
    value: JSON.parse(String(row["value"])) as unknown,
    version: Number(row["version"]),
    fence: Number(row["fence"]),
  };
}
