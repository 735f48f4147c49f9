import type { DatabaseSync } from "node:sqlite";
import { newerStore, StoreVersionError } from "./store-version-error.js";

/**
 * Steps from one schema to the next, oldest first. Released steps are never edited: add one.
 *
 * In `jobs`, `pending` holds what was wanted since the last claim and `running` what the present lease works on, so that
 * a wish during a run is neither lost nor thought done. `wanted > done` means that a run is due.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    event TEXT NOT NULL,
    received_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX deliveries_by_age ON deliveries (received_at);
  CREATE TABLE jobs (
    key TEXT PRIMARY KEY,
    grp TEXT NOT NULL,
    priority INTEGER NOT NULL,
    wanted INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    pending TEXT,
    running TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    deferrals INTEGER NOT NULL DEFAULT 0,
    wanted_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    lease_token INTEGER,
    lease_until INTEGER,
    parked_at INTEGER,
    parked_because TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX jobs_due ON jobs (grp, parked_at, next_at);
  CREATE INDEX jobs_leased ON jobs (lease_until) WHERE lease_until IS NOT NULL;
  CREATE TABLE groups (
    name TEXT PRIMARY KEY,
    served INTEGER NOT NULL DEFAULT 0,
    paused_until INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE records (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    version INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    PRIMARY KEY (collection, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO counters VALUES ('token', 0), ('heartbeat', 0);
  `,
  `
  ALTER TABLE groups ADD COLUMN newest_until INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN last_wanted_at INTEGER NOT NULL DEFAULT 0;
  `,
];

/** Marks the file as ours: "VbGt". */
const applicationId = 0x56624774;

/**
 * Brings the store to the present schema, step by step, in one transaction.
 *
 * @throws StoreVersionError when the file is newer than this program or belongs to another one.
 */
export function migrate(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = readVersion(database);
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA application_id = ${String(applicationId)}`);
    database.exec(`PRAGMA user_version = ${String(migrations.length)}`);
    database.exec("COMMIT");
  } catch (cause) {
    database.exec("ROLLBACK");
    throw cause;
  }
}

function readVersion(database: DatabaseSync): number {
  const version = pragma(database, "user_version");
  if (version > migrations.length) throw newerStore(version, migrations.length);
  const owner = pragma(database, "application_id");
  if (owner !== applicationId && !(owner === 0 && version === 0))
    throw new StoreVersionError(
      "The store's file belongs to another program; name another data directory.",
    );
  return version;
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
