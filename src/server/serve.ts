import type { Server } from "node:http";
import type { Logger } from "pino";
import type { Keeper } from "#queue/queue.js";
import { Analysis, type AnalysisOptions } from "./analysis.js";
import { keepDueLooks } from "./due-looks.js";
import { FrontDoor } from "./front-door.js";
import { addHealthRoutes } from "./health.js";
import { createHttpServer, listen, type Routes } from "./http-server.js";
import { ingest } from "./ingest.js";
import { createLog } from "./log.js";
import { Metrics } from "./metrics.js";
import { openStore } from "./open-store.js";
import { performWork, type WorkParts } from "./perform-work.js";
import type { Settings } from "./settings.js";
import { SettingsError } from "./settings-error.js";
import { mergeWork, type Work } from "./work.js";
import type { GiveUp, Review } from "./work-context.js";
import { Worker } from "./worker.js";

/** What the server does with its work, and what tests and demos may shorten. */
export interface ServeOptions {
  readonly review: Review;
  readonly giveUp?: GiveUp;
  readonly version: string;
  /** Where the log goes; standard output when not given. */
  readonly log?: Logger;
  /** Octokit's second between writes; true when not given. */
  readonly spaceWrites?: boolean;
  /** How long a job of a killed process rests; 60 seconds when not given. */
  readonly leaseMs?: number;
  /** How long running work may go on at the end; 20 seconds when not given. */
  readonly drainMs?: number;
  /** How analyses are run. */
  readonly analysis?: AnalysisOptions;
  readonly now?: () => number;
}

/** A server that takes deliveries. */
export interface RunningServer {
  readonly port: number;
  readonly keeper: Keeper;
  /** Resolves when nothing waits and nothing runs, or rejects after the given time. */
  readonly settled: (withinMs: number) => Promise<void>;
  /** Refuses deliveries, lets the running work end for a while, gives back the rest, and closes everything. */
  readonly stop: () => Promise<void>;
}

const defaultLeaseMs = 60_000;
const groupCap = 2;
const concurrency = 2;
const pollMs = 500;
const jobTimeoutMs = 10 * 60_000;
const defaultDrainMs = 20_000;
const lastAnswersMs = 2_000;
/** GitHub lets a delivery be sent again for some days. */
const deliveryMemoryMs = 8 * 24 * 60 * 60_000;
const cleaningMs = 60 * 60_000;

/**
 * Starts the server: the store, the front door, the worker and the threads of the analysis.
 *
 * @throws SettingsError when the store or the port cannot be had.
 */
export async function serve(
  settings: Settings,
  options: ServeOptions,
): Promise<RunningServer> {
  const secrets = [settings.privateKey, ...settings.webhookSecrets];
  const log = options.log ?? createLog(settings.logLevel, secrets);
  const now = options.now ?? Date.now;
  const leaseMs = options.leaseMs ?? defaultLeaseMs;
  const keeper = openStore(settings.dataDirectory, {
    now,
    leaseMs,
    groupCap,
    merge: (earlier, later) => mergeWork(earlier as Work, later as Work),
  });
  const metrics = new Metrics();
  const analysis = new Analysis(options.analysis ?? { module: judgeModule });
  const parts = { settings, options, log, keeper, analysis, now };
  const work = await performWork(parts);
  const worker = new Worker({
    queue: keeper.queue,
    ...work,
    log,
    metrics,
    now,
    random: Math.random,
    leaseMs,
    concurrency,
    pollMs,
    jobTimeoutMs,
  });
  const frontDoor = doorOf({ ...parts, metrics, worker });
  const routes: Routes = new Map([[settings.webhookPath, frontDoor.handle]]);
  const { version } = options;
  addHealthRoutes(routes, { keeper, frontDoor, metrics, version });
  const http = createHttpServer(routes);
  const port = await listenOrRefuse(http, settings, keeper);
  worker.start();
  const cleaning = forgetOldDeliveries(keeper, log, now);
  const dueLooks = keepDueLooks(keeper, {
    ...{ log, now },
    onWanted: () => {
      worker.wake();
    },
  });
  log.info({ port, path: settings.webhookPath, version }, "Serving");
  const stop = once(async () => {
    log.info("Shutting down");
    frontDoor.close();
    clearInterval(cleaning);
    clearInterval(dueLooks);
    await worker.stop(options.drainMs ?? defaultDrainMs);
    analysis.stop();
    await closeHttp(http);
    await keeper.close();
    log.info("Shut down");
  });
  return { port, keeper, settled: settlement(keeper), stop };
}

const judgeModule = new URL("./analysis-worker.js", import.meta.url);

function doorOf({
  settings,
  keeper,
  log,
  metrics,
  worker,
  now,
}: WorkParts & {
  readonly metrics: Metrics;
  readonly worker: Worker;
}): FrontDoor {
  const { appId } = settings;
  const { queue } = keeper;
  const onWanted = (): void => {
    worker.wake();
  };
  return new FrontDoor({
    path: settings.webhookPath,
    secrets: settings.webhookSecrets,
    store: (delivery) =>
      ingest(delivery, { appId, queue, log, metrics, onWanted, now }),
    log,
    metrics,
  });
}

async function listenOrRefuse(
  http: Server,
  { host, port }: Settings,
  keeper: Keeper,
): Promise<number> {
  try {
    return await listen(http, port, host);
  } catch (cause) {
    await keeper.close();
    throw new SettingsError(
      `Cannot listen on ${host}, port ${String(port)}: choose another HOST or PORT, or end what is using it.`,
      { cause },
    );
  }
}

function forgetOldDeliveries(
  keeper: Keeper,
  log: Logger,
  now: () => number,
): NodeJS.Timeout {
  const clean = (): void => {
    keeper.queue
      .forgetDeliveries(now() - deliveryMemoryMs)
      .catch((cause: unknown) => {
        log.error({ err: cause }, "Old deliveries could not be forgotten");
      });
  };
  return setInterval(clean, cleaningMs).unref();
}

function settlement(keeper: Keeper): RunningServer["settled"] {
  return async (withinMs) => {
    const end = Date.now() + withinMs;
    while ((await keeper.queue.stats()).depth > 0) {
      if (Date.now() > end) throw new Error("The queue did not get empty.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
}

/** Answers what is under way, then closes what is left. */
async function closeHttp(http: Server): Promise<void> {
  const closed = new Promise((resolve) => http.close(resolve));
  const forced = setTimeout(() => {
    http.closeAllConnections();
  }, lastAnswersMs);
  http.closeIdleConnections();
  await closed;
  clearTimeout(forced);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
