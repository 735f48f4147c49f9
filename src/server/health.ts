import type { Keeper, QueueStats } from "#queue/queue.js";
import { watchEventLoop } from "./event-loop.js";
import type { FrontDoor } from "./front-door.js";
import { type Handler, respond, type Routes } from "./http-server.js";
import type { Metrics } from "./metrics.js";

/** What health is told from. */
export interface HealthSources {
  readonly keeper: Keeper;
  readonly frontDoor: FrontDoor;
  readonly metrics: Metrics;
  readonly version: string;
  readonly role: "all" | "web" | "worker";
  /** Lines of the log that nobody read in time. */
  readonly droppedLogLines: () => number;
}

/** Beyond this age of its oldest job the queue is said to be behind. */
const behindAfterMs = 10 * 60_000;

/** `/healthz`: the process answers. `/readyz`: it can take deliveries. `/metrics`: counts for Prometheus. */
export function addHealthRoutes(routes: Routes, sources: HealthSources): void {
  routes.set("/healthz", async (_request, response) => {
    sendJson(response, 200, { status: "ok", version: sources.version });
  });
  routes.set("/readyz", ready(sources));
  routes.set("/metrics", metricsPage(sources));
}

function ready({ keeper, frontDoor, metrics, role }: HealthSources): Handler {
  return async (_request, response) => {
    try {
      await keeper.checkWritable();
      const stats = await keeper.queue.stats();
      // GitHub's troubles are told, but no other process would have less of them.
      const github = githubState(metrics);
      const status = frontDoor.isOpen ? statusOf(stats) : "draining";
      const code = frontDoor.isOpen ? 200 : 503;
      sendJson(response, code, {
        ...{ status, role, store: "writable", github, queue: stats },
      });
    } catch {
      sendJson(response, 503, { status: "failing", store: "not writable" });
    }
  };
}

/** What the last job that ended found. */
function githubState(
  metrics: Metrics,
): "reachable" | "unreachable" | "unknown" {
  const known = metrics.gauge("vibegate_github_up");
  if (known === undefined) return "unknown";
  return known === 1 ? "reachable" : "unreachable";
}

/** Being behind is told, but does not take the server out of service: that would only put it further behind. */
function statusOf({ oldestAgeMs }: QueueStats): "ready" | "behind" {
  return oldestAgeMs > behindAfterMs ? "behind" : "ready";
}

function metricsPage({
  keeper,
  metrics,
  droppedLogLines,
}: HealthSources): Handler {
  const longestDelay = watchEventLoop();
  return async (_request, response) => {
    const stats = await keeper.queue.stats().catch(() => undefined);
    const pauses = await keeper.queue.pauses().catch(() => []);
    const text = metrics.render({
      vibegate_store_up: stats ? 1 : 0,
      ...(stats && {
        vibegate_queue_depth: stats.depth,
        vibegate_queue_running: stats.running,
        vibegate_queue_parked: stats.parked,
        vibegate_installations_paused: pauses.length,
        vibegate_queue_oldest_age_seconds: stats.oldestAgeMs / 1_000,
      }),
      vibegate_event_loop_longest_delay_seconds: longestDelay(),
      vibegate_log_lines_dropped: droppedLogLines(),
      process_resident_memory_bytes: process.memoryUsage.rss(),
    });
    respond(response, 200, "text/plain; version=0.0.4; charset=utf-8", text);
  };
}

function sendJson(
  response: Parameters<Handler>[1],
  status: number,
  value: unknown,
): void {
  respond(
    response,
    status,
    "application/json; charset=utf-8",
    `${JSON.stringify(value)}\n`,
  );
}
