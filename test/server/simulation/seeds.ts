import { aRandom } from "#support/a-random.js";
import { type OpenStore, Simulation } from "./simulation.js";

/** A schedule that ended badly. */
export interface FailedSeed {
  readonly seed: number;
  readonly wrong: readonly string[];
  readonly history: readonly string[];
}

/** Plays one schedule. @returns what was wrong at its end; undefined when nothing was. */
export async function playSeed(
  seed: number,
  open: OpenStore,
): Promise<FailedSeed | undefined> {
  const simulation = new Simulation(aRandom(seed).number);
  const wrong = await simulation.run(open);
  const { history } = simulation;
  return wrong.length > 0 ? { seed, wrong, history } : undefined;
}
