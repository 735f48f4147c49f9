import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { Client } from "pg";
import { TestClock } from "pg-boss";
import { openPostgresKeeper } from "#queue/postgres-keeper.js";
import type { Keeper, KeeperOptions } from "#queue/queue.js";
import { StoreVersionError } from "#queue/store-version-error.js";
import { type LocalPostgres, startPostgres } from "#support/postgres.js";
import { openPostgresStore } from "../server/simulation/postgres-store.js";
import { playSeed } from "../server/simulation/seeds.js";
import { contractOptions, keeperContract } from "./keeper-contract.js";

let postgres: LocalPostgres;
let url: string;
let client: Client;
const clock = new TestClock(contractOptions.now());

beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.database();
  client = new Client({ connectionString: url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await postgres.stop();
});

beforeEach(async () => {
  const { rows } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('vibegate.wishes') IS NOT NULL AS exists",
  );
  if (rows[0]?.exists)
    await client.query(
      "TRUNCATE vibegate.deliveries, vibegate.wishes, vibegate.groups, vibegate.records, vibegate_jobs.job",
    );
});

/** A keeper whose database goes by the contract's clock. */
async function openOnTime(options: KeeperOptions): Promise<Keeper> {
  await clock.setTime(options.now());
  const keeper = await openPostgresKeeper(options, { url, clock });
  const onTime = async () => {
    if (clock.now() !== options.now()) await clock.setTime(options.now());
  };
  const queue = Object.fromEntries(
    Object.entries(keeper.queue)
      .filter(([, member]) => typeof member === "function")
      .map(([name, member]) => [
        name,
        async (...given: unknown[]) => {
          await onTime();
          return (member as (...all: unknown[]) => unknown)(...given);
        },
      ]),
  ) as unknown as Keeper["queue"];
  return { ...keeper, queue };
}

keeperContract("the keeper on Postgres", openOnTime);

test("a store that a newer version wrote is refused and left alone", async () => {
  const fresh = await postgres.database();
  await (await openPostgresKeeper(contractOptions, { url: fresh })).close();
  const alter = new Client({ connectionString: fresh });
  await alter.connect();
  await alter.query("UPDATE vibegate.schema_version SET version = 999");
  await alter.end();

  await expect(
    openPostgresKeeper(contractOptions, { url: fresh }),
  ).rejects.toThrow(StoreVersionError);
});

test("two processes that open an empty database at once both get it", async () => {
  const fresh = await postgres.database();
  const keepers = await Promise.all(
    [1, 2].map(() => openPostgresKeeper(contractOptions, { url: fresh })),
  );

  for (const keeper of keepers) {
    await keeper.checkWritable();
    await keeper.close();
  }
});

test("wishes whose jobs pg-boss has lost are handed out all the same", async () => {
  const keeper = await openOnTime(contractOptions);
  const job = { key: "pull:1:1", group: "a", payload: ["look"], priority: 0 };
  await keeper.queue.add([job]);
  await client.query("TRUNCATE vibegate_jobs.job");

  const claim = await keeper.queue.claim();
  await keeper.close();

  expect(claim).toMatchObject({ key: "pull:1:1", payload: ["look"] });
});

test("what the database undid for others' sake is done again", async () => {
  const keeper = await openOnTime(contractOptions);
  // A sequence goes on although what used it is undone: the first two of three writes fail.
  await client.query(`
    CREATE SEQUENCE writes;
    CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      CASE nextval('writes')
        WHEN 1 THEN RAISE EXCEPTION 'made up' USING ERRCODE = 'serialization_failure';
        WHEN 2 THEN RAISE EXCEPTION 'made up' USING ERRCODE = 'deadlock_detected';
        ELSE RETURN NEW;
      END CASE;
    END $$;
    CREATE TRIGGER failing BEFORE INSERT ON vibegate.deliveries
      FOR EACH ROW EXECUTE FUNCTION fail_twice();`);
  const job = { key: "pull:1:1", group: "a", payload: ["look"], priority: 0 };
  const delivery = { id: "d1", event: "push", receivedAt: 1 };
  const outcome = await keeper.queue.accept(delivery, [job]);
  await client.query(
    "DROP TRIGGER failing ON vibegate.deliveries; DROP FUNCTION fail_twice; DROP SEQUENCE writes",
  );
  const claim = await keeper.queue.claim();
  await keeper.close();

  expect(outcome).toBe("stored");
  expect(claim).toMatchObject({ key: "pull:1:1", wanted: 1 });
});

test("schedules of faults and kills end well on it, too", async () => {
  const open = await openPostgresStore(await postgres.database());
  for (const seed of [1, 2]) expect(await playSeed(seed, open)).toBeUndefined();
}, 120_000);

test("what was stored is there after the server was down, and what was not is refused meanwhile", async () => {
  const options = { ...contractOptions, now: Date.now };
  const fresh = await postgres.database();
  const keeper = await openPostgresKeeper(options, { url: fresh });
  const job = { key: "pull:1:1", group: "a", payload: ["look"], priority: 0 };
  await keeper.queue.add([job]);
  await client.end();
  await postgres.interrupt();

  await expect(
    keeper.queue.accept({ id: "d1", event: "push", receivedAt: 1 }, [job]),
  ).rejects.toThrow();

  await postgres.resume();
  client = new Client({ connectionString: url });
  await client.connect();
  expect(
    await keeper.queue.accept({ id: "d1", event: "push", receivedAt: 1 }, []),
  ).toBe("stored");
  expect(await keeper.queue.claim()).toMatchObject({ key: "pull:1:1" });
  await keeper.close();
});
