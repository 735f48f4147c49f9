import type { Logger } from "pino";
import type { Queue } from "#queue/queue.js";
import { crashPoint } from "./crash-point.js";
import type { SignedDelivery } from "./front-door.js";
import { type Intents, intentsOf } from "./intents.js";
import type { Metrics } from "./metrics.js";

/** What storing a delivery takes. */
export interface IngestOptions {
  readonly appId: number;
  readonly queue: Queue;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Called when there is something new to do. */
  readonly onWanted: () => void;
  readonly now: () => number;
}

/**
 * Turns a signed delivery into wishes and commits them.
 * One that makes no sense is stored without any, since sending it again would not help.
 *
 * @throws what the queue throws when it cannot store.
 */
export async function ingest(
  delivery: SignedDelivery,
  options: IngestOptions,
): Promise<void> {
  const { id, event, body } = delivery;
  const { appId, queue, log, metrics, now } = options;
  const receivedAt = now();
  const intents = wantedBy({ id, event, body, receivedAt }, appId);
  const { outcome, jobs, records } = intents;
  crashPoint("ingest.before-commit");
  const known = await queue.accept({ id, event, receivedAt }, jobs, records);
  crashPoint("ingest.after-commit");
  const counted = known === "known" ? "duplicate" : outcome;
  metrics.count("vibegate_events_total", counted);
  if (counted === "rejected")
    log.warn({ delivery: id, event }, "A signed delivery makes no sense");
  else
    log.debug(
      { delivery: id, event, outcome: counted, jobs: jobs.length },
      "A delivery was stored",
    );
  if (counted === "wanted") options.onWanted();
}

function wantedBy(
  delivery: SignedDelivery & { readonly receivedAt: number },
  appId: number,
): Intents {
  const { id, event: name, body, receivedAt } = delivery;
  try {
    const payload = JSON.parse(body.toString("utf8")) as unknown;
    return intentsOf({ id, name, payload, receivedAt }, appId);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { outcome: "rejected", jobs: [], records: [] };
  }
}
