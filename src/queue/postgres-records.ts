import type { PostgresDatabase, Statements } from "./postgres-database.js";
import type {
  ListOptions,
  Records,
  RecordWrite,
  StoredRecord,
  WriteConditions,
} from "./records.js";

interface Row {
  readonly key: string;
  readonly value: string;
  // Postgres' bigint comes as text.
  readonly version: string;
  readonly fence: string;
}

/** The records of the store on Postgres. */
export function postgresRecords(database: PostgresDatabase): Records {
  return {
    get: async (collection, key) => {
      const [row] = await database.statements.rows<Row>(
        "SELECT key, value, version, fence FROM vibegate.records WHERE collection = $1 AND key = $2",
        [collection, key],
      );
      return row && toRecord(row);
    },
    put: async (collection, key, value, conditions = {}) =>
      writeRecord(database.statements, { collection, key, value }, conditions),
    list: async (collection, options = {}) =>
      list(database.statements, collection, options),
    remove: async (collection, key) => {
      await database.statements.run(
        "DELETE FROM vibegate.records WHERE collection = $1 AND key = $2",
        [collection, key],
      );
    },
    forget: async (prefix) => {
      if (prefix === "") throw new RangeError("That would be everything.");
      await database.statements.run(
        "DELETE FROM vibegate.records WHERE starts_with(key, $1)",
        [prefix],
      );
    },
  };
}

/** Writes one record in one statement; false when a condition was not met. */
export async function writeRecord(
  statements: Statements,
  { collection, key, value, onlyIfAbsent = false }: RecordWrite,
  { ifVersion, fence }: WriteConditions,
): Promise<boolean> {
  const text = JSON.stringify(value);
  if (onlyIfAbsent || ifVersion === 0)
    return isWritten(
      statements.run(
        "INSERT INTO vibegate.records VALUES ($1, $2, $3, 1, $4) ON CONFLICT DO NOTHING",
        [collection, key, text, fence ?? 0],
      ),
    );
  if (ifVersion !== undefined)
    return isWritten(
      statements.run(
        `UPDATE vibegate.records SET value = $3, version = version + 1, fence = greatest(fence, $4)
         WHERE collection = $1 AND key = $2 AND version = $5 AND ($6 OR fence <= $4)`,
        [collection, key, text, fence ?? 0, ifVersion, fence === undefined],
      ),
    );
  return isWritten(
    statements.run(
      `INSERT INTO vibegate.records AS known VALUES ($1, $2, $3, 1, $4)
       ON CONFLICT (collection, key) DO UPDATE
        SET value = $3, version = known.version + 1, fence = greatest(known.fence, $4)
        WHERE $5 OR known.fence <= $4`,
      [collection, key, text, fence ?? 0, fence === undefined],
    ),
  );
}

async function isWritten(rows: Promise<number>): Promise<boolean> {
  return (await rows) === 1;
}

async function list(
  statements: Statements,
  collection: string,
  { prefix = "", after = "", limit = 1_000 }: ListOptions,
): Promise<readonly StoredRecord[]> {
  const rows = await statements.rows<Row>(
    `SELECT key, value, version, fence FROM vibegate.records
     WHERE collection = $1 AND key >= $2 AND key > $3 AND starts_with(key, $2)
     ORDER BY key LIMIT $4`,
    [collection, prefix, after, limit],
  );
  return rows.map(toRecord);
}

function toRecord(row: Row): StoredRecord {
  return {
    key: row.key,
    value: JSON.parse(row.value) as unknown,
    version: Number(row.version),
    fence: Number(row.fence),
  };
}
