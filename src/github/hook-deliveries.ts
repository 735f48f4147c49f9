import { understood } from "./failures.js";
import { ask, type Octokit, timed } from "./octokit.js";

/** One attempt of GitHub to bring us an event. */
export interface DeliveryAttempt {
  readonly id: number;
  /** The same for every attempt at one event. */
  readonly guid: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly isTaken: boolean;
}

interface AttemptAnswer {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly status_code: number;
}

/** Pages of a hundred that are read at most at one go; beyond them only the look at open pull requests helps. */
const maxPages = 30;

/**
 * The attempts since a time, newest first.
 *
 * @param app - A client that acts for the app itself.
 * @see https://docs.github.com/rest/apps/webhooks#list-deliveries-for-an-app-webhook
 */
export async function listDeliveryAttempts(
  app: Octokit,
  since: number,
): Promise<readonly DeliveryAttempt[]> {
  const attempts: DeliveryAttempt[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const { found, next } = await readPage(app, cursor);
    attempts.push(...found.filter(({ at }) => at >= since));
    const isOver = found.some(({ at }) => at < since);
    if (isOver || next === undefined) break;
    cursor = next;
  }
  return attempts;
}

/** Asks GitHub to send an event again, under its own id. */
export async function requestRedelivery(
  app: Octokit,
  { id }: DeliveryAttempt,
): Promise<void> {
  await ask(app, "POST /app/hook/deliveries/{delivery_id}/attempts", {
    delivery_id: id,
  });
}

async function readPage(
  app: Octokit,
  cursor: string | undefined,
): Promise<{
  readonly found: readonly DeliveryAttempt[];
  readonly next: string | undefined;
}> {
  try {
    const { data, headers } = await app.request("GET /app/hook/deliveries", {
      per_page: 100,
      ...(cursor !== undefined && { cursor }),
      request: timed,
    });
    const found = (data as readonly AttemptAnswer[]).map(toAttempt);
    return { found, next: nextCursor(headers?.["link"]) };
  } catch (error) {
    throw understood(error);
  }
}

function toAttempt(answer: AttemptAnswer): DeliveryAttempt {
  const { id, guid, delivered_at, status_code } = answer;
  return {
    id,
    guid,
    at: Date.parse(delivered_at),
    isTaken: status_code >= 200 && status_code < 400,
  };
}

function nextCursor(link: unknown): string | undefined {
  if (typeof link !== "string") return undefined;
  const next = link.split(",").find((part) => part.includes('rel="next"'));
  return /[?&]cursor=([^&>]+)/.exec(next ?? "")?.[1];
}
