import { expect, test } from "@jest/globals";
import { openMemoryStore } from "./simulation/memory-store.js";
import { type FailedSeed, playSeed } from "./simulation/seeds.js";

const schedules = 300;

test("after whatever was lost, doubled, reordered, refused or killed, every open head is answered exactly once", async () => {
  const failed: FailedSeed[] = [];
  for (let seed = 1; seed <= schedules; seed += 1) {
    const failure = await playSeed(seed, openMemoryStore);
    if (failure) failed.push(failure);
  }

  // To see how one came about: npm run simulate -- --seed N
  expect(failed.map(({ seed, wrong }) => ({ seed, wrong }))).toEqual([]);
}, 120_000);

test("a seed gives the same schedule each time", async () => {
  const histories = [];
  for (let time = 0; time < 2; time += 1) histories.push(await historyOf(7));

  expect(histories[0]!.length).toBeGreaterThan(50);
  expect(histories[0]).toEqual(histories[1]);
});

async function historyOf(seed: number): Promise<readonly string[]> {
  const { Simulation } = await import("./simulation/simulation.js");
  const { aRandom } = await import("#support/a-random.js");
  const simulation = new Simulation(aRandom(seed).number);
  await simulation.run(openMemoryStore);
  return simulation.history;
}
