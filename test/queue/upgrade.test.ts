import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, beforeEach } from "@jest/globals";
import { describe, expect, test } from "@jest/globals";
import { Client } from "pg";
import { openPostgresKeeper } from "#queue/postgres-keeper.js";
import type { Keeper, KeeperOptions } from "#queue/queue.js";
import { openSqliteKeeper, storeFile } from "#queue/sqlite-keeper.js";
import { type LocalPostgres, startPostgres } from "#support/postgres.js";
import { earlierStores } from "./earlier-stores.js";

const options: KeeperOptions = {
  now: () => 1_000_000,
  leaseMs: 60_000,
  groupCap: 2,
  merge: (earlier, later) => [...(earlier as string[]), ...(later as string[])],
};

/** Nothing of what an earlier version was told is lost, and what it began goes on. */
async function goesOn({ queue, records }: Keeper): Promise<void> {
  const again = { id: "d1", event: "pull_request", receivedAt: 1_000_000 };
  expect(await queue.accept(again, [])).toBe("known");
  expect(await records.get("reviews", "1/1")).toMatchObject({
    value: { approved: "tree" },
    version: 4,
    fence: 9,
  });
  expect(await queue.parked()).toMatchObject([
    { key: "pull:2:1", because: "It failed five times." },
  ]);
  const claims = [await queue.claim(), await queue.claim()];
  expect(claims).toMatchObject([
    { key: "pull:1:1", payload: ["look", "again"], wanted: 2 },
    { key: "pull:1:2", payload: ["look"], deferrals: 1 },
  ]);
  for (const claim of claims) {
    if (!claim) throw new Error("There was a claim.");
    // A lease of now outranks every fence of then.
    expect(claim.token).toBeGreaterThan(9);
    expect(await queue.finish(claim)).toBe(true);
  }
  expect(await queue.claim()).toBeUndefined();
  await queue.add([
    { key: "pull:2:1", group: "installation-2", payload: ["y"], priority: 0 },
  ]);
  await queue.preferNewest("installation-2", 2_000_000);
  expect(await queue.claim()).toMatchObject({ key: "pull:2:1" });
}

describe("the embedded store", () => {
  let directory = "";

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "vibegate-upgrade-"));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function onDisk<Result>(use: (database: DatabaseSync) => Result): Result {
    const database = new DatabaseSync(join(directory, storeFile));
    const result = use(database);
    database.close();
    return result;
  }

  const schemaOf = (): unknown[] =>
    onDisk((database) => [
      database.prepare("PRAGMA user_version").get(),
      ...["jobs", "groups", "records", "deliveries", "counters"].map((table) =>
        database.prepare(`PRAGMA table_info(${table})`).all(),
      ),
    ]);

  test.each(earlierStores.sqlite.map((sql, at) => ({ schema: at + 1, sql })))(
    "goes on from schema $schema",
    async ({ sql }) => {
      onDisk((database) => {
        database.exec(sql);
      });
      const keeper = openSqliteKeeper(directory, options);

      await goesOn(keeper);
      await keeper.close();
    },
  );

  test("has the same tables whichever schema it began with", async () => {
    await openSqliteKeeper(directory, options).close();
    const fresh = schemaOf();
    for (const sql of earlierStores.sqlite) {
      rmSync(join(directory, storeFile));
      onDisk((database) => {
        database.exec(sql);
      });
      await openSqliteKeeper(directory, options).close();
      expect(schemaOf()).toEqual(fresh);
    }
  });

  test("is tried from every schema before the present one", async () => {
    await openSqliteKeeper(directory, options).close();
    const present = { user_version: earlierStores.sqlite.length + 1 };

    expect(schemaOf()[0]).toEqual(present);
  });
});

describe("the store on Postgres", () => {
  let postgres: LocalPostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });

  afterAll(async () => {
    await postgres.stop();
  });

  test("is tried from every schema before the present one", async () => {
    for (const sql of earlierStores.postgres) {
      const url = await postgres.database();
      await asked(url, sql);
      const keeper = await openPostgresKeeper(options, { url });
      await goesOn(keeper);
      await keeper.close();
    }
    const url = await postgres.database();
    await (await openPostgresKeeper(options, { url })).close();
    const present = { version: earlierStores.postgres.length + 1 };

    expect(
      await asked(url, "SELECT version FROM vibegate.schema_version"),
    ).toEqual([present]);
  });

  async function asked(url: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    await client.end();
    return rows;
  }
});
