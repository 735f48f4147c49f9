import type { Server } from "node:http";
import type { Logger } from "pino";
import type { Keeper } from "#queue/queue.js";
import type { Analysis } from "./analysis.js";
import { FrontDoor } from "./front-door.js";
import { addHealthRoutes } from "./health.js";
import { createHttpServer, listen, type Routes } from "./http-server.js";
import { ingest } from "./ingest.js";
import { createLog } from "./log.js";
import { Metrics } from "./metrics.js";
import { openStore } from "./open-store.js";
import { secretsOf, type Settings } from "./settings.js";
import { SettingsError } from "./settings-error.js";
import { mergeWork, type Work } from "./work.js";
import type { GiveUp, Review } from "./work-context.js";
import { prepareWork } from "./work-side.js";

/** Which half of the server a process is. */
export type Role = "all" | "web" | "worker";

/** What the server does with its work, and what tests and demos may shorten. */
export interface ServeOptions {
  readonly review: Review;
  readonly giveUp?: GiveUp;
  readonly version: string;
  /** Takes deliveries, works, or both; both when not given. */
  readonly role?: Role;
  /** Where the log goes; standard output when not given. */
  readonly log?: Logger;
  /** Lines of the log that were dropped, for the metrics. */
  readonly droppedLogLines?: () => number;
  /** Octokit's second between writes; true when not given. */
  readonly spaceWrites?: boolean;
  /** How long a job of a killed process rests; 60 seconds when not given. */
  readonly leaseMs?: number;
  /** How long running work may go on at the end; 20 seconds when not given. */
  readonly drainMs?: number;
  /** Runs the analyses and goes on after the server ended; one of the server's own when not given. */
  readonly analysis?: Analysis;
  readonly now?: () => number;
  /** How often what we know is held against what GitHub knows; ten minutes when not given, 0 for never. */
  readonly sweepMs?: number;
}

/** A server that takes deliveries. */
export interface RunningServer {
  readonly port: number;
  readonly keeper: Keeper;
  /** Holds what we know against what GitHub knows, now. */
  readonly sweep: () => Promise<void>;
  /** Goes on with renewed secrets and another private key, without an interruption. */
  readonly renew: (settings: Settings) => void;
  /** Resolves when nothing waits and nothing runs, or rejects after the given time. */
  readonly settled: (withinMs: number) => Promise<void>;
  /** Refuses deliveries, lets the running work end for a while, gives back the rest, and closes everything. */
  readonly stop: () => Promise<void>;
}

const defaultLeaseMs = 60_000;
const groupCap = 2;
const defaultSweepMs = 10 * 60_000;
const defaultDrainMs = 20_000;
const lastAnswersMs = 2_000;
/** GitHub lets a delivery be sent again for some days. */
const deliveryMemoryMs = 8 * 24 * 60 * 60_000;
const cleaningMs = 60 * 60_000;

/**
 * Starts the server: the store, the front door, the worker and the threads of the analysis, or one half of that.
 *
 * @throws SettingsError when the store or the port cannot be had.
 */
export async function serve(
  settings: Settings,
  options: ServeOptions,
): Promise<RunningServer> {
  const log = options.log ?? createLog(settings.logLevel, secretsOf(settings));
  const now = options.now ?? Date.now;
  const { version, role = "all" } = options;
  const leaseMs = options.leaseMs ?? defaultLeaseMs;
  const sweepMs = options.sweepMs ?? defaultSweepMs;
  const keeper = await storeOf(settings, { now, leaseMs, log });
  const metrics = new Metrics();
  const shared = { settings, keeper, log, metrics, now };
  const working =
    role === "web"
      ? undefined
      : await prepareWork({ ...options, ...shared, leaseMs, sweepMs });
  const frontDoor = doorOf({ ...shared, wake: () => working?.wake() });
  const routes: Routes = new Map();
  if (role !== "worker") routes.set(settings.webhookPath, frontDoor.handle);
  const { droppedLogLines = () => 0 } = options;
  addHealthRoutes(routes, {
    ...{ keeper, frontDoor, metrics, version, role, droppedLogLines },
  });
  const http = createHttpServer(routes);
  const port = await listenOrRefuse(http, settings, async () => {
    await working?.stop(0);
    await keeper.close();
  });
  await working?.start();
  const cleaning = forgetOldDeliveries(keeper, log, now);
  log.info({ port, role, path: settings.webhookPath, version }, "Serving");
  const stop = once(async () => {
    log.info("Shutting down");
    frontDoor.close();
    clearInterval(cleaning);
    await working?.stop(options.drainMs ?? defaultDrainMs);
    await closeHttp(http);
    await keeper.close();
    log.info("Shut down");
  });
  return {
    ...{ port, keeper, stop, settled: settlement(keeper) },
    sweep: async () => working?.sweep(),
    renew: (renewed) => {
      frontDoor.renew(renewed.webhookSecrets);
      working?.renew(renewed);
      log.info("Went over to renewed credentials");
    },
  };
}

function storeOf(
  settings: Settings,
  {
    now,
    leaseMs,
    log,
  }: {
    readonly now: () => number;
    readonly leaseMs: number;
    readonly log: Logger;
  },
): Promise<Keeper> {
  return openStore(
    settings,
    {
      ...{ now, leaseMs, groupCap },
      merge: (earlier, later) => mergeWork(earlier as Work, later as Work),
    },
    (error) => {
      log.error({ err: error }, "The database failed us");
    },
    (keptAs) => {
      log.error(
        { keptAs },
        "The store was damaged: it is kept aside, and what is open is looked at anew",
      );
    },
  );
}

function doorOf({
  settings,
  keeper,
  log,
  metrics,
  wake,
  now,
}: {
  readonly settings: Settings;
  readonly keeper: Keeper;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly wake: () => void;
  readonly now: () => number;
}): FrontDoor {
  const { appId } = settings;
  const { queue } = keeper;
  return new FrontDoor({
    path: settings.webhookPath,
    secrets: settings.webhookSecrets,
    store: (delivery) =>
      ingest(delivery, { appId, queue, log, metrics, onWanted: wake, now }),
    log,
    metrics,
  });
}

async function listenOrRefuse(
  http: Server,
  { host, port }: Settings,
  undo: () => Promise<void>,
): Promise<number> {
  try {
    return await listen(http, port, host);
  } catch (cause) {
    await undo();
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
