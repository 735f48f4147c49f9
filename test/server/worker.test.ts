import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  GitHubGone,
  GitHubLimited,
  GitHubUnavailable,
  NotPermitted,
} from "#github/failures.js";
import type { Keeper } from "#queue/queue.js";
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";
import { toJob } from "#server/intents.js";
import type { Lease } from "#server/lease.js";
import { createLog } from "#server/log.js";
import { Metrics } from "#server/metrics.js";
import { mergeWork, type PullRequestWork, type Work } from "#server/work.js";
import { JobTimeout, Worker, type WorkerOptions } from "#server/worker.js";

const leaseMs = 60_000;
let clock = 1_000_000;
let directory: string;
let keeper: Keeper;
let metrics: Metrics;
let worker: Worker | undefined;

beforeEach(() => {
  clock = 1_000_000;
  directory = mkdtempSync(join(tmpdir(), "vibegate-worker-"));
  metrics = new Metrics();
  keeper = openSqliteKeeper(directory, {
    now: () => clock,
    leaseMs,
    groupCap: 2,
    merge: (earlier, later) => mergeWork(earlier as Work, later as Work),
  });
});

afterEach(async () => {
  await worker?.stop(0);
  worker = undefined;
  await keeper.close();
  rmSync(directory, { recursive: true });
});

function startWorker(options: Partial<WorkerOptions>): Worker {
  worker = new Worker({
    queue: keeper.queue,
    handle: async () => undefined,
    giveUp: async () => undefined,
    log: createLog("silent", []),
    metrics,
    now: () => clock,
    random: () => 0.5,
    leaseMs,
    concurrency: 2,
    pollMs: 5,
    jobTimeoutMs: 60_000,
    ...options,
  });
  worker.start();
  return worker;
}

function look(number: number, installationId = 7): PullRequestWork {
  return {
    kind: "pull-request",
    installationId,
    repositoryId: installationId,
    owner: "acme",
    repo: "shop",
    number,
    reasons: ["pull_request.opened"],
    fullLook: true,
    rerun: false,
    actions: [],
  };
}

const want = (...works: Work[]): Promise<void> =>
  keeper.queue.add(works.map(toJob));

/** Waits for something, and lets time pass meanwhile where that is asked for. */
async function until(
  condition: () => boolean | Promise<boolean>,
  clockStepMs = 0,
): Promise<void> {
  const end = Date.now() + 5_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("It did not happen.");
    await new Promise((resolve) => setTimeout(resolve, 5));
    clock += clockStepMs;
  }
}

const ended = (outcome: string) => (): boolean =>
  metrics.read("vibegate_jobs_total", outcome) > 0;
const depth = async (): Promise<number> => (await keeper.queue.stats()).depth;

describe("a job that ends well", () => {
  test("is done once", async () => {
    const seen: Work[] = [];
    await want(look(17));
    startWorker({ handle: async (work) => void seen.push(work) });
    await until(async () => (await depth()) === 0);

    expect(seen).toEqual([look(17)]);
  });

  test("is done once more when it was wanted meanwhile, however often", async () => {
    let runs = 0;
    await want(look(17));
    startWorker({
      handle: async () => {
        runs += 1;
        if (runs === 1) await want(look(17), look(17), look(17));
      },
    });
    await until(async () => (await depth()) === 0);

    expect(runs).toBe(2);
  });

  test("is begun at once when the worker is woken", async () => {
    startWorker({ pollMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await want(look(17));
    worker?.wake();
    await until(ended("done"));

    expect(await depth()).toBe(0);
  });
});

describe("a job that fails", () => {
  test("is finished when what it was about is gone", async () => {
    await want(look(17));
    startWorker({
      handle: async () => {
        throw new GitHubGone(undefined);
      },
    });
    await until(ended("gone"));

    expect(await depth()).toBe(0);
  });

  test("under a rate limit keeps its whole installation waiting, and no other", async () => {
    const seen: string[] = [];
    const limited = async ({ installationId, number }: PullRequestWork) => {
      seen.push(`${String(installationId)}#${String(number)}`);
      if (installationId === 7 && clock < 1_060_000)
        throw new GitHubLimited(new Date(1_060_000), undefined);
    };
    await want(look(17, 7));
    startWorker({
      concurrency: 1,
      handle: async (work) => limited(work as PullRequestWork),
    });
    await until(ended("limited"));
    await want(look(18, 7), look(1, 8));
    await until(ended("done"));
    clock = 1_059_999;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = [...seen];
    clock = 1_060_000;
    await until(async () => (await depth()) === 0);

    expect(before).toEqual(["7#17", "8#1"]);
    expect(seen.slice(2).toSorted()).toEqual(["7#17", "7#18"]);
  });

  test("because GitHub is down is tried again for ever, and never parked", async () => {
    await want(look(17));
    let runs = 0;
    startWorker({
      handle: async () => {
        runs += 1;
        if (runs <= 12) throw new GitHubUnavailable(undefined, 503);
      },
    });
    await until(ended("done"), 5 * 60_000);

    expect(runs).toBe(13);
  });

  test("five times by its own fault is parked and told once; others go on", async () => {
    const told: unknown[] = [];
    await want(look(17), look(18));
    let runs = 0;
    startWorker({
      handle: async (work) => {
        if ((work as PullRequestWork).number !== 17) return;
        runs += 1;
        throw new TypeError("poison");
      },
      giveUp: async (_work, _lease, error) => void told.push(error),
    });
    await until(ended("parked"), 60_000);

    expect(runs).toBe(5);
    expect(told).toEqual([new TypeError("poison")]);
    expect(ended("done")()).toBe(true);
    expect(await keeper.queue.parked()).toMatchObject([
      { key: "pull:7:17", because: "TypeError" },
    ]);
  });

  test("is parked even when that cannot be told on GitHub", async () => {
    await want(look(17));
    startWorker({
      handle: async () => {
        throw new NotPermitted(undefined);
      },
      giveUp: async () => {
        throw new NotPermitted(undefined);
      },
    });
    await until(ended("parked"), 60_000);

    expect(await keeper.queue.parked()).toHaveLength(1);
  });

  test("by killing its process five times is given up without another run", async () => {
    await want(look(17));
    for (let death = 0; death < 5; death += 1) {
      await keeper.queue.claim();
      clock += leaseMs;
    }
    let runs = 0;
    startWorker({ handle: async () => void (runs += 1) });
    await until(ended("parked"));

    expect(runs).toBe(0);
  });

  test("by never ending counts as a try when its time is over", async () => {
    const reasons: unknown[] = [];
    await want(look(17));
    startWorker({
      jobTimeoutMs: 20,
      handle: (_work, lease) =>
        new Promise(() => {
          lease.signal.addEventListener("abort", () => {
            reasons.push(lease.signal.reason);
          });
        }),
    });
    await until(ended("failed"));

    expect(reasons[0]).toBeInstanceOf(JobTimeout);
  });
});

describe("a lease", () => {
  test("that another process took over is told to the job, and its end changes nothing", async () => {
    const held: boolean[] = [];
    let lease: Lease | undefined;
    await want(look(17));
    startWorker({
      concurrency: 1,
      handle: async (_work, given) => {
        lease = given;
        held.push(await given.isHeld());
        clock += leaseMs;
        const other = await keeper.queue.claim();
        expect(other?.token).toBeGreaterThan(given.fence);
        held.push(await given.isHeld());
      },
    });
    await until(ended("lost"));

    expect(held).toEqual([true, false]);
    expect(lease?.signal.aborted).toBe(true);
    expect((await keeper.queue.stats()).running).toBe(1);
  });

  test("that is not over at shutdown is given back at once and costs no try", async () => {
    await want(look(17));
    let aborted = false;
    const stopping = startWorker({
      handle: (_work, lease) =>
        new Promise((_resolve, reject) => {
          lease.signal.addEventListener("abort", () => {
            aborted = true;
            reject(lease.signal.reason as Error);
          });
        }),
    });
    await until(async () => (await keeper.queue.stats()).running === 1);
    await stopping.stop(20);

    expect(aborted).toBe(true);
    expect(await keeper.queue.claim()).toMatchObject({ tries: 0 });
  });

  test("that ends within the grace at shutdown is finished, and nothing new is begun", async () => {
    await want(look(17), look(18));
    let runs = 0;
    const stopping = startWorker({
      concurrency: 1,
      handle: async () => {
        runs += 1;
        await new Promise((resolve) => setTimeout(resolve, 100));
      },
    });
    await until(async () => (await keeper.queue.stats()).running === 1);
    await stopping.stop(5_000);

    expect(runs).toBe(1);
    expect(await depth()).toBe(1);
  });
});
