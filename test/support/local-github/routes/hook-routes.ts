import { found } from "../http/answer.js";
import type { Answer } from "../http/answer.js";
import type { Call, Route } from "../http/route.js";
import type { HookDelivery } from "../webhooks/hook-deliveries.js";

const asks = "app";
const list = "/app/hook/deliveries";

/** The app's webhook: where it goes, what was sent, and sending it again. */
export const hookRoutes: readonly Route[] = [
  {
    operation: "GET /app/hook/config",
    asks,
    handle: ({ world }) => ({
      status: 200,
      body: {
        url: world.registration.webhookUrl || `${world.origin}/nowhere`,
        content_type: "json",
        insecure_ssl: "0",
        secret: "********",
      },
    }),
  },
  { operation: `GET ${list}`, asks, handle: listDeliveries },
  {
    operation: `GET ${list}/{delivery_id}`,
    asks,
    handle: (call) => ({ status: 200, body: whole(deliveryOf(call)) }),
  },
  {
    operation: `POST ${list}/{delivery_id}/attempts`,
    asks,
    handle: (call) => {
      // Accepted now, sent when it is sent.
      call.world.hooks.inBackground(
        call.world.hooks.redeliver(deliveryOf(call).id),
      );
      return { status: 202, body: {} };
    },
  },
];

function deliveryOf(call: Call): HookDelivery {
  const id = call.number("delivery_id");
  return found(call.world.hooks.list.find((delivery) => delivery.id === id));
}

/** Newest first; further pages by cursor, not by number. */
function listDeliveries(call: Call): Answer {
  const { query, world, url } = call;
  const perPage = Math.min(100, Number(query["per_page"] ?? 30));
  const before = Number(query["cursor"] ?? Number.POSITIVE_INFINITY);
  const wanted = world.hooks.list
    .filter(
      (delivery) =>
        delivery.id < before &&
        (query["status"] === undefined ||
          isSuccess(delivery) === (query["status"] === "success")),
    )
    .reverse();
  const page = wanted.slice(0, perPage);
  const last = page.at(-1);
  const headers: Record<string, string> = {};
  if (last && wanted.length > page.length) {
    const next = new URL(url);
    next.searchParams.set("cursor", String(last.id));
    headers["link"] = `<${next.href}>; rel="next"`;
  }
  return { status: 200, body: page.map(brief), headers };
}

function isSuccess({ statusCode }: HookDelivery): boolean {
  return statusCode >= 200 && statusCode < 400;
}

function brief(delivery: HookDelivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action ?? null,
    installation_id: delivery.installationId ?? null,
    repository_id: delivery.repositoryId ?? null,
    throttled_at: null,
  };
}

function whole(delivery: HookDelivery) {
  return {
    ...brief(delivery),
    url: "",
    request: {
      headers: delivery.requestHeaders,
      payload: delivery.payload,
    },
    response: { headers: {}, payload: delivery.responseBody },
  };
}
