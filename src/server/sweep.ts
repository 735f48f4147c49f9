import {
  listDeliveryAttempts,
  requestRedelivery,
} from "#github/hook-deliveries.js";
import { listInstallations } from "#github/installations.js";
import type { Octokit } from "#github/octokit.js";
import {
  forgetInstallation,
  noLongerSuspended,
  suspendedSince,
} from "./installation-data.js";
import type { ReviewContext } from "./review-context.js";
import type { Work } from "./work.js";

const collection = "server";
const sweptKey = "last-sweep";
/** Collection of the events that GitHub was asked to send again, each once. */
const redelivered = "redelivered";

/** GitHub keeps deliveries for some days; what is older is found by looking at the open pull requests. */
const windowMs = 3 * 24 * 60 * 60_000;
/** Attempts that ended just now may still be counted as under way. */
const overlapMs = 15 * 60_000;
const redeliveriesAtOnce = 100;
/** A suspended installation may come back; after this time nothing of it is kept. */
const suspendedKeptMs = 30 * 24 * 60 * 60_000;

/** Holds what we know against what GitHub knows: which installations there are, and which events did not reach us. */
export async function sweep(context: ReviewContext): Promise<void> {
  const app = await context.app();
  await visitInstallations(app, context);
  try {
    await redeliverFailed(app, context);
  } catch (cause) {
    // Only the quicker of two ways: the look at open pull requests finds the same.
    context.log.warn(
      { err: cause },
      "Failed deliveries could not be asked for",
    );
  }
}

async function visitInstallations(
  app: Octokit,
  context: ReviewContext,
): Promise<void> {
  const { records } = context;
  const now = context.now().getTime();
  const works: Work[] = [];
  for (const { id, isSuspended } of await listInstallations(
    app,
    context.lists,
  )) {
    if (!isSuspended) {
      await noLongerSuspended(records, id);
      works.push({ kind: "reconcile-installation", installationId: id });
    } else if (
      now - (await suspendedSince(records, id, now)) >
      suspendedKeptMs
    ) {
      await forgetInstallation(records, id, []);
    }
  }
  await context.enqueue(works);
}

/** Asks for what did not reach us, each event once, newest first. */
async function redeliverFailed(
  app: Octokit,
  context: ReviewContext,
): Promise<void> {
  const { records } = context;
  const now = context.now().getTime();
  const last = Number((await records.get(collection, sweptKey))?.value ?? 0);
  const since = Math.max(now - windowMs, last - overlapMs);
  const attempts = await listDeliveryAttempts(app, since);
  const taken = new Set(
    attempts.filter(({ isTaken }) => isTaken).map(({ guid }) => guid),
  );
  const missed = new Map(
    attempts.map((attempt) => [attempt.guid, attempt] as const),
  );
  let asked = 0;
  for (const [guid, attempt] of missed) {
    if (taken.has(guid)) continue;
    if (asked >= redeliveriesAtOnce) return;
    const isFirst = await records.put(redelivered, guid, now, { ifVersion: 0 });
    if (!isFirst) continue;
    asked += 1;
    await requestRedelivery(app, attempt);
  }
  await records.put(collection, sweptKey, now);
  await forgetOldRedeliveries(context, now);
}

async function forgetOldRedeliveries(
  { records }: ReviewContext,
  now: number,
): Promise<void> {
  for (const { key, value } of await records.list(redelivered))
    if (Number(value) < now - 2 * windowMs)
      await records.remove(redelivered, key);
}
