import type { ClientBase } from "pg";
import { newerStore } from "./store-version-error.js";

/**
 * Steps from one schema to the next, oldest first. Released steps are never edited: add one. A step must leave the store
 * usable by the version before it, because both run at once while a new one is rolled out.
 *
 * `wishes` holds the truth of what is wanted; pg-boss holds, for each that is due or running, the job that hands it out.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE vibegate.deliveries (
    id text COLLATE "C" PRIMARY KEY,
    event text NOT NULL,
    received_at bigint NOT NULL
  );
  CREATE INDEX deliveries_by_age ON vibegate.deliveries (received_at);
  CREATE TABLE vibegate.wishes (
    key text COLLATE "C" PRIMARY KEY,
    grp text COLLATE "C" NOT NULL,
    priority integer NOT NULL,
    wanted bigint NOT NULL,
    pending text,
    running text,
    tries integer NOT NULL DEFAULT 0,
    deferrals integer NOT NULL DEFAULT 0,
    wanted_at bigint NOT NULL,
    next_at bigint NOT NULL,
    job_id uuid,
    lease_token bigint,
    lease_until bigint,
    parked_at bigint,
    parked_because text
  );
  CREATE INDEX wishes_due ON vibegate.wishes (grp, next_at) WHERE parked_at IS NULL;
  CREATE INDEX wishes_leased ON vibegate.wishes (grp, lease_until) WHERE lease_until IS NOT NULL;
  CREATE TABLE vibegate.groups (
    name text COLLATE "C" PRIMARY KEY,
    served bigint NOT NULL DEFAULT 0,
    paused_until bigint NOT NULL DEFAULT 0,
    newest_until bigint NOT NULL DEFAULT 0
  );
  CREATE TABLE vibegate.records (
    collection text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    value text NOT NULL,
    version bigint NOT NULL,
    fence bigint NOT NULL,
    PRIMARY KEY (collection, key)
  );
  CREATE TABLE vibegate.heartbeat (one boolean PRIMARY KEY DEFAULT true, beats bigint NOT NULL);
  INSERT INTO vibegate.heartbeat (beats) VALUES (0);
  CREATE SEQUENCE vibegate.tokens;
  `,
];

/** Any number, as long as nobody else takes it: "VbGt". */
const migrationLock = 0x56624774;

/**
 * Brings our part of the database to the present schema, in one transaction that one process at a time may run.
 *
 * @throws StoreVersionError when a newer VibeGate wrote it.
 */
export async function migratePostgres(client: ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
  await client.query("CREATE SCHEMA IF NOT EXISTS vibegate");
  await client.query(
    "CREATE TABLE IF NOT EXISTS vibegate.schema_version (version integer NOT NULL)",
  );
  const { rows } = await client.query<{ version: number }>(
    "SELECT version FROM vibegate.schema_version",
  );
  const version = rows[0]?.version ?? 0;
  if (version > migrations.length) throw newerStore(version, migrations.length);
  for (const step of migrations.slice(version)) await client.query(step);
  await client.query("DELETE FROM vibegate.schema_version");
  await client.query("INSERT INTO vibegate.schema_version VALUES ($1)", [
    migrations.length,
  ]);
}
