import type { Logger } from "pino";
import type { Keeper } from "#queue/queue.js";
import { toJob } from "./intents.js";

/** What a sweeper needs. */
export interface SweeperOptions {
  readonly keeper: Keeper;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How often all processes together sweep. */
  readonly everyMs: number;
  readonly onWanted: () => void;
}

const collection = "server";
const key = "sweep-turn";
/** Processes that start together, as in a deploy, sweep once. */
const startGapMs = 60_000;

/** Wants a sweep when the process starts and from then on at intervals, once for all processes that share the store. */
export class Sweeper {
  readonly #options: SweeperOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { everyMs } = this.#options;
    this.#timer = setInterval(() => {
      void this.#want(everyMs * 0.9);
    }, everyMs).unref();
    await this.#want(Math.min(startGapMs, everyMs));
  }

  /** Wants a sweep now. */
  async sweep(): Promise<void> {
    await this.#options.keeper.queue.add([
      toJob({ kind: "sweep", installationId: 0 }),
    ]);
    this.#options.onWanted();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** @param gapMs - Time that must have passed since anybody's last sweep. */
  async #want(gapMs: number): Promise<void> {
    const { keeper, now, log } = this.#options;
    try {
      const known = await keeper.records.get(collection, key);
      // A clock that was set back must not stop the sweeps.
      const since = Math.abs(now() - Number(known?.value ?? 0));
      if (known && since < gapMs) return;
      const ifVersion = known?.version ?? 0;
      if (!(await keeper.records.put(collection, key, now(), { ifVersion })))
        return;
      await this.sweep();
    } catch (cause) {
      log.error({ err: cause }, "A sweep could not be wanted");
    }
  }
}
