import { Client } from "pg";
import { TestClock } from "pg-boss";
import { openPostgresKeeper } from "#queue/postgres-keeper.js";
import type { Keeper, KeeperOptions } from "#queue/queue.js";
import type { OpenStore } from "./simulation.js";

/** Stores on one database, empty each time and under the clock of the simulation. */
export async function openPostgresStore(url: string): Promise<OpenStore> {
  const clock = new TestClock(0);
  return async (options) => {
    await emptied(url);
    await clock.setTime(options.now());
    const keeper = await openPostgresKeeper(options, { url, clock });
    return { ...keeper, queue: onTime(keeper.queue, clock, options) };
  };
}

async function emptied(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('vibegate.wishes') IS NOT NULL AS exists",
  );
  if (rows[0]?.exists)
    await client.query(
      "TRUNCATE vibegate.deliveries, vibegate.wishes, vibegate.groups, vibegate.records, vibegate_jobs.job",
    );
  await client.end();
}

/** The same queue, whose database is told the time before each call; one call at a time. */
function onTime(
  queue: Keeper["queue"],
  clock: TestClock,
  { now }: KeeperOptions,
): Keeper["queue"] {
  let last: Promise<unknown> = Promise.resolve();
  const told = Object.entries(queue)
    .filter(([, member]) => typeof member === "function")
    .map(([name, member]) => [
      name,
      (...given: unknown[]) => {
        const next = last.then(async () => {
          if (clock.now() !== now()) await clock.setTime(now());
          return (member as (...all: unknown[]) => unknown)(...given);
        });
        last = next.catch(() => undefined);
        return next;
      },
    ]);
  return Object.fromEntries(told) as Keeper["queue"];
}
