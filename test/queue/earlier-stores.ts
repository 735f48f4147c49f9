/** The same things in a store of each earlier schema, as SQL: what its version wrote, frozen. Never edited, only added to. */
interface EarlierStores {
  /** From schema 1 on, in order; the present one is not among them. */
  readonly sqlite: readonly string[];
  readonly postgres: readonly string[];
}

/**
 * Each holds: a delivery `d1`; `pull:1:1`, wanted twice; `pull:1:2`, whose process died in the middle; `pull:2:1`, given
 * up; a pause of `installation-2` that is over; a record under fence 9.
 */
export const earlierStores: EarlierStores = {
  sqlite: [
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
    INSERT INTO counters VALUES ('token', 9), ('heartbeat', 3);
    INSERT INTO deliveries VALUES ('d1', 'pull_request', 900000);
    INSERT INTO jobs (key, grp, priority, wanted, pending, running, tries, wanted_at, next_at, lease_token, lease_until, parked_at, parked_because) VALUES
      ('pull:1:1', 'installation-1', 0, 2, '["look","again"]', NULL, 0, 900000, 900000, NULL, NULL, NULL, NULL),
      ('pull:1:2', 'installation-1', 0, 1, NULL, '["look"]', 0, 900001, 900001, 8, 950000, NULL, NULL),
      ('pull:2:1', 'installation-2', 0, 1, '["look"]', NULL, 5, 900002, 900002, NULL, NULL, 950000, 'It failed five times.');
    INSERT INTO groups VALUES ('installation-1', 8, 0), ('installation-2', 7, 950000);
    INSERT INTO records VALUES ('reviews', '1/1', '{"approved":"tree"}', 4, 9);
    PRAGMA application_id = ${String(0x56624774)};
    PRAGMA user_version = 1;
    `,
  ],
  postgres: [],
};
