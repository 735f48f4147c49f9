import type { Logger } from "pino";
import type { Keeper } from "#queue/queue.js";
import { Analysis } from "./analysis.js";
import { keepDueLooks } from "./due-looks.js";
import type { Metrics } from "./metrics.js";
import { performWork } from "./perform-work.js";
import type { Settings } from "./settings.js";
import { Sweeper } from "./sweeper.js";
import type { GiveUp, Review } from "./work-context.js";
import { Worker } from "./worker.js";

/** What the working half of a server is made of. */
export interface WorkSideOptions {
  readonly settings: Settings;
  readonly keeper: Keeper;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: () => number;
  readonly leaseMs: number;
  readonly review: Review;
  readonly giveUp?: GiveUp;
  readonly version: string;
  readonly spaceWrites?: boolean;
  /** Whoever gives one ends it. */
  readonly analysis?: Analysis;
  /** 0 for never. */
  readonly sweepMs: number;
}

/** The half of a server that takes jobs and sees them to an end. */
export interface WorkSide {
  /** Begins to take jobs. */
  readonly start: () => Promise<void>;
  /** There may be something to do. */
  readonly wake: () => void;
  /** Holds what we know against what GitHub knows, now. */
  readonly sweep: () => Promise<void>;
  /** Goes on with another private key. */
  readonly renew: (settings: Settings) => void;
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Most of a job is waiting for GitHub, and a second between writes; what is computed is queued by itself. */
const concurrency = 12;
const pollMs = 500;
const jobTimeoutMs = 10 * 60_000;
/** One file that holds all that judging needs; the build makes it of `analysis-worker.js`. */
const judgeModule = new URL("./analysis-worker.bundle.js", import.meta.url);

/** Makes it ready to start. */
export async function prepareWork(options: WorkSideOptions): Promise<WorkSide> {
  const { keeper, log, metrics, now, leaseMs, sweepMs } = options;
  const analysis = options.analysis ?? new Analysis({ module: judgeModule });
  const work = await performWork({ ...options, options, analysis });
  const worker = new Worker({
    queue: keeper.queue,
    handle: work.handle,
    giveUp: work.giveUp,
    ...{ log, metrics, now, leaseMs, concurrency, pollMs, jobTimeoutMs },
    random: Math.random,
  });
  const wake = () => {
    worker.wake();
  };
  const sweeper = new Sweeper({
    ...{ keeper, log, now, everyMs: sweepMs, onWanted: wake },
  });
  let dueLooks: NodeJS.Timeout | undefined;
  return {
    start: async () => {
      worker.start();
      dueLooks = keepDueLooks(keeper, { log, now, onWanted: wake });
      if (sweepMs > 0) await sweeper.start();
    },
    wake,
    sweep: () => sweeper.sweep(),
    renew: work.renew,
    stop: async (graceMs) => {
      sweeper.stop();
      clearInterval(dueLooks);
      await worker.stop(graceMs);
      if (analysis !== options.analysis) analysis.stop();
    },
  };
}
