import type { Logger } from "pino";
import type { Claim, Queue } from "#queue/queue.js";
import { crashPoint } from "./crash-point.js";
import { type FailurePlan, maxTries, planFor } from "./failure-plan.js";
import { heldLease, type HeldLease, type Lease, LeaseLost } from "./lease.js";
import type { Metrics } from "./metrics.js";
import { PutOff } from "./put-off.js";
import type { Work } from "./work.js";

/** Does one job. What it throws decides whether and when it is tried again. */
export type Handle = (work: Work, lease: Lease) => Promise<void>;

/** What the worker needs. */
export interface WorkerOptions {
  readonly queue: Queue;
  readonly handle: Handle;
  /** Says on GitHub that a job was given up; runs once, before it is parked. */
  readonly giveUp: (work: Work, lease: Lease, error: unknown) => Promise<void>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly leaseMs: number;
  /** Jobs at the same time. */
  readonly concurrency: number;
  /** How often to look for jobs that become due by the clock. */
  readonly pollMs: number;
  /** After this time a run counts as failed, whether or not it ever ends. */
  readonly jobTimeoutMs: number;
}

/** A run took longer than any run may. */
export class JobTimeout extends Error {
  override readonly name = "JobTimeout";
}

class ShutDown extends Error {
  override readonly name = "ShutDown";
}

/** Takes jobs from the queue and sees each to an end: done, due again, or parked. Never sleeps with a job in hand. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #running = new Map<Claim, HeldLease>();
  readonly #sleepers = new Set<() => void>();
  #loops: Promise<void>[] = [];
  #stopping = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loops = Array.from({ length: this.#options.concurrency }, () =>
      this.#loop(),
    );
  }

  /** There may be something to do. */
  wake(): void {
    for (const rise of this.#sleepers) rise();
  }

  /** Takes no more jobs, lets the running ones end, and gives back at once what has not ended in time. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.wake();
    const ended = Promise.all(this.#loops);
    const timer = after(graceMs);
    await Promise.race([ended, timer.passed]);
    timer.cancel();
    for (const [claim, lease] of this.#running) {
      lease.abort(new ShutDown("The server shuts down."));
      await this.#release(claim);
    }
  }

  async #release(claim: Claim): Promise<void> {
    const { queue, now, log } = this.#options;
    try {
      await queue.retry(claim, { at: now(), countsAsTry: false });
    } catch (cause) {
      // The lease runs out by itself.
      log.error({ job: claim.key, err: cause }, "A job was not given back");
    }
  }

  async #loop(): Promise<void> {
    while (!this.#stopping) {
      const claim = await this.#claim();
      if (claim) await this.#run(claim);
      else if (!this.#stopping) await this.#sleep();
    }
  }

  async #claim(): Promise<Claim | undefined> {
    try {
      return await this.#options.queue.claim();
    } catch (cause) {
      this.#options.log.error({ err: cause }, "The queue could not be read");
      return undefined;
    }
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      const rise = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(rise);
        resolve();
      };
      const timer = setTimeout(rise, this.#options.pollMs);
      this.#sleepers.add(rise);
    });
  }

  async #run(claim: Claim): Promise<void> {
    const { queue, log, leaseMs, now } = this.#options;
    const lease = heldLease(claim, queue, leaseMs);
    this.#running.set(claim, lease);
    crashPoint("job.claimed");
    const started = now();
    try {
      const outcome = await this.#attempt(claim, lease);
      this.#count(outcome, now() - started);
      log.info({ job: claim.key, outcome, ms: now() - started }, "A job ended");
    } catch (cause) {
      // The store failed us. The lease runs out by itself, and the job is taken up again.
      log.error({ job: claim.key, err: cause }, "A job's end was not stored");
    } finally {
      this.#running.delete(claim);
      lease.end();
    }
  }

  #count(outcome: string, ms: number): void {
    const { metrics } = this.#options;
    metrics.count("vibegate_jobs_total", outcome);
    metrics.count("vibegate_job_seconds_total", outcome, ms / 1_000);
    if (outcome === "done") metrics.set("vibegate_github_up", 1);
    if (outcome === "unavailable") metrics.set("vibegate_github_up", 0);
  }

  /** @returns what became of the job. */
  async #attempt(claim: Claim, lease: HeldLease): Promise<string> {
    const work = claim.payload as Work;
    if (claim.tries >= maxTries)
      return this.#giveUp(claim, lease, new Error("Every run of it died."));
    try {
      await this.#bounded(this.#options.handle(work, lease), lease);
      const held = await this.#options.queue.finish(claim);
      return held ? "done" : "lost";
    } catch (error) {
      if (lease.signal.reason instanceof LeaseLost) return "lost";
      if (lease.signal.reason instanceof ShutDown) return "released";
      return this.#afterFailure(claim, lease, error);
    }
  }

  /** Waits for the run as long as its lease is good and its time is not over. */
  async #bounded(run: Promise<void>, lease: HeldLease): Promise<void> {
    const timer = setTimeout(() => {
      lease.abort(new JobTimeout("The run took too long."));
    }, this.#options.jobTimeoutMs);
    const ended = new Promise<never>((_resolve, reject) => {
      lease.signal.addEventListener("abort", () => {
        reject(lease.signal.reason as Error);
      });
    });
    try {
      await Promise.race([run, ended]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #afterFailure(
    claim: Claim,
    lease: HeldLease,
    error: unknown,
  ): Promise<string> {
    const { now, random, log } = this.#options;
    const plan = planFor(error, claim, now(), random());
    if (error instanceof PutOff) {
      await this.#follow(plan, claim, lease, error);
      return "put-off";
    }
    log.warn(
      { job: claim.key, plan, tries: claim.tries, err: error },
      "A job failed",
    );
    return this.#follow(plan, claim, lease, error);
  }

  async #follow(
    plan: FailurePlan,
    claim: Claim,
    lease: HeldLease,
    error: unknown,
  ): Promise<string> {
    const { queue } = this.#options;
    switch (plan.act) {
      case "finish":
        await queue.finish(claim);
        return "gone";
      case "pause":
        await queue.pauseGroup(claim.group, plan.until);
        await queue.retry(claim, { at: plan.until, countsAsTry: false });
        return "limited";
      case "retry":
        await queue.retry(claim, plan);
        return plan.countsAsTry ? "failed" : "unavailable";
      case "give-up":
        return this.#giveUp(claim, lease, error);
    }
  }

  async #giveUp(
    claim: Claim,
    lease: HeldLease,
    error: unknown,
  ): Promise<string> {
    const { queue, log, giveUp } = this.#options;
    try {
      await giveUp(claim.payload as Work, lease, error);
    } catch (cause) {
      log.error({ job: claim.key, err: cause }, "Giving up could not be told");
    }
    await queue.park(claim, error instanceof Error ? error.name : "unknown");
    return "parked";
  }
}

/** A time that may be given up waiting for. */
function after(ms: number): { passed: Promise<void>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return {
    passed,
    cancel: () => {
      clearTimeout(timer);
    },
  };
}
