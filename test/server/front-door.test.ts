import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Keeper } from "#queue/queue.js";
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";
import type { BodyBounds } from "#server/body-slots.js";
import { FrontDoor } from "#server/front-door.js";
import { addHealthRoutes } from "#server/health.js";
import { createHttpServer, listen, type Routes } from "#server/http-server.js";
import { ingest } from "#server/ingest.js";
import { createLog } from "#server/log.js";
import { Metrics } from "#server/metrics.js";
import { Secret } from "#server/secret.js";
import { aPullRequestPayload, aSecret, signedHeaders } from "./signed.js";

const secret = aSecret();
const previousSecret = aSecret();
const path = "/api/github/webhooks";

let directory: string;
let keeper: Keeper;
let metrics: Metrics;
let frontDoor: FrontDoor;
let server: Server;
let port: number;
let logged: string;

beforeEach(async () => {
  await start({});
});

afterEach(async () => {
  await stop();
});

async function start(bounds: Partial<BodyBounds>): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), "vibegate-door-"));
  keeper = openSqliteKeeper(directory, {
    now: Date.now,
    leaseMs: 60_000,
    groupCap: 2,
    merge: (_earlier, later) => later,
  });
  metrics = new Metrics();
  logged = "";
  const log = createLog("info", [new Secret(secret)], {
    write: (line) => {
      logged += line;
    },
  });
  frontDoor = new FrontDoor({
    path,
    secrets: [new Secret(secret), new Secret(previousSecret)],
    store: (delivery) =>
      ingest(delivery, {
        appId: 1,
        queue: keeper.queue,
        log,
        metrics,
        onWanted: () => undefined,
        now: Date.now,
      }),
    log,
    metrics,
    bounds,
  });
  const routes: Routes = new Map([[path, frontDoor.handle]]);
  addHealthRoutes(routes, {
    ...{ keeper, frontDoor, metrics, version: "1.2.3" },
    role: "all",
    droppedLogLines: () => 0,
  });
  server = createHttpServer(routes);
  port = await listen(server, 0, "127.0.0.1");
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await keeper.close();
  rmSync(directory, { recursive: true });
}

const address = (): string => `http://127.0.0.1:${String(port)}`;

function post(
  body: string | Buffer,
  headers: Record<string, string>,
): Promise<Response> {
  return fetch(`${address()}${path}`, { method: "POST", body, headers });
}

describe("a signed delivery", () => {
  test("is stored before it is answered 202", async () => {
    const body = aPullRequestPayload(17);
    const answer = await post(body, signedHeaders(secret, body));

    expect(answer.status).toBe(202);
    expect(await keeper.queue.claim()).toMatchObject({
      key: "pull:42:17",
      group: "7",
      payload: { kind: "pull-request", number: 17 },
    });
  });

  test("may be signed with the previous secret", async () => {
    const body = aPullRequestPayload(17);
    const answer = await post(body, signedHeaders(previousSecret, body));

    expect(answer.status).toBe(202);
  });

  test("sent fifty times at once is fifty times 202 and one job", async () => {
    const body = aPullRequestPayload(17);
    const headers = signedHeaders(secret, body);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(body, headers)),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set([202]),
    );
    expect(await keeper.queue.claim()).toMatchObject({ wanted: 1 });
    expect(metrics.read("vibegate_events_total", "duplicate")).toBe(49);
  });

  test.each([
    ["no JSON", "{"],
    ["a number", "1"],
    ["null", "null"],
    ["a list", "[]"],
    ["odd types", '{"action":{},"number":"x","installation":[]}'],
    ["deep nesting", "[".repeat(200_000)],
    ["prototype keys", '{"__proto__":{"action":"opened"},"constructor":1}'],
  ])(
    "of absurd shape (%s) is 202, counted, and no job",
    async (_name, body) => {
      const answer = await post(body, signedHeaders(secret, body));

      expect(answer.status).toBe(202);
      expect(metrics.read("vibegate_events_total", "rejected")).toBe(1);
      expect((await keeper.queue.stats()).depth).toBe(0);
    },
  );

  test("of 24 MB is taken", async () => {
    const filler = "x".repeat(24 * 1024 * 1024);
    const body = aPullRequestPayload(17).replace("{", `{"filler":"${filler}",`);
    const answer = await post(body, signedHeaders(secret, body));

    expect(answer.status).toBe(202);
    expect(await keeper.queue.claim()).toMatchObject({ key: "pull:42:17" });
  });

  test("that cannot be stored is answered 503, and taken when sent again", async () => {
    const body = aPullRequestPayload(17);
    const headers = signedHeaders(secret, body);
    await keeper.close();
    const refused = await post(body, headers);
    keeper = openSqliteKeeper(directory, {
      now: Date.now,
      leaseMs: 60_000,
      groupCap: 2,
      merge: (_earlier, later) => later,
    });
    const taken = await post(body, headers);

    expect(refused.status).toBe(503);
    expect(taken.status).toBe(202);
    expect(await keeper.queue.claim()).toMatchObject({ key: "pull:42:17" });
  });

  test("is answered 503 while the server shuts down", async () => {
    frontDoor.close();
    const body = aPullRequestPayload(17);

    expect((await post(body, signedHeaders(secret, body))).status).toBe(503);
    expect((await fetch(`${address()}/readyz`)).status).toBe(503);
  });
});

describe("what is not signed", () => {
  test("costs one log line without the body or the signature, and no job", async () => {
    const body = aPullRequestPayload(17).replace("acme", "a-private-name");
    const headers = signedHeaders(aSecret(), body);
    const answer = await post(body, headers);

    expect(answer.status).toBe(401);
    expect((await keeper.queue.stats()).depth).toBe(0);
    expect(logged.trim().split("\n")).toHaveLength(1);
    expect(logged).not.toContain("a-private-name");
    expect(logged).not.toContain(headers["x-hub-signature-256"]?.slice(7, 19));
  });

  test("a body that was altered by one byte is refused", async () => {
    const body = aPullRequestPayload(17);
    const headers = signedHeaders(secret, body);

    expect((await post(body.replace("17", "18"), headers)).status).toBe(401);
  });

  test("never reaches the JSON parser", async () => {
    const body = "{ this is no JSON";

    expect((await post(body, signedHeaders(aSecret(), body))).status).toBe(401);
    expect(metrics.read("vibegate_events_total", "rejected")).toBe(0);
  });

  test.each<[string, Record<string, string>, number]>([
    ["no signature", { "x-hub-signature-256": "" }, 400],
    ["an old signature", { "x-hub-signature-256": "sha1=abcdef" }, 400],
    ["a short signature", { "x-hub-signature-256": "sha256=ab" }, 400],
    ["no delivery id", { "x-github-delivery": "" }, 400],
    ["an odd delivery id", { "x-github-delivery": "a b" }, 400],
    ["no event", { "x-github-event": "" }, 400],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["a packed body", { "content-encoding": "gzip" }, 415],
  ])("%s is refused by its headers", async (_name, headers, status) => {
    const body = aPullRequestPayload(17);
    const answer = await post(body, {
      ...signedHeaders(secret, body),
      ...headers,
    });

    expect(answer.status).toBe(status);
  });

  test("other methods and paths are refused", async () => {
    expect((await fetch(`${address()}${path}`)).status).toBe(405);
    expect((await fetch(`${address()}/`)).status).toBe(404);
    expect(
      (await fetch(`${address()}/probot`, { method: "POST", body: "x" }))
        .status,
    ).toBe(404);
  });
});

describe("bodies that are too much", () => {
  test("a length above the cap is refused before the body is read", async () => {
    const answer = await raw(
      requestHead({ "content-length": String(26 * 1024 * 1024) }),
    );

    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("a body without a length is cut off when it passes the cap", async () => {
    await stop();
    await start({ maxBytes: 100_000 });
    const chunk = `${(50_000).toString(16)}\r\n${"x".repeat(50_000)}\r\n`;
    const answer = await raw(
      requestHead({ "transfer-encoding": "chunked" }) + chunk.repeat(3),
    );

    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("a body without an end is cut off at the deadline", async () => {
    await stop();
    await start({ deadlineMs: 100 });
    const answer = await raw(`${requestHead({ "content-length": "1000" })}{`);

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("all bodies together are bounded", async () => {
    await stop();
    await start({ maxBytesInFlight: 1_000 });
    const body = aPullRequestPayload(17).replace(
      "{",
      `{"a":"${"x".repeat(2_000)}",`,
    );

    expect((await post(body, signedHeaders(secret, body))).status).toBe(503);
  });

  test("two hundred senders that never finish do not keep a delivery out", async () => {
    await stop();
    await start({ patienceMs: 50 });
    const sockets = Array.from({ length: 200 }, () => slowSender());
    await new Promise((resolve) => setTimeout(resolve, 300));
    const body = aPullRequestPayload(17);
    const answer = await post(body, signedHeaders(secret, body));
    for (const socket of sockets) socket.destroy();

    expect(answer.status).toBe(202);
  });

  test("when all slots are taken by bodies that just began, a delivery is answered 503", async () => {
    await stop();
    await start({ maxBodies: 2, patienceMs: 60_000 });
    const sockets = [slowSender(), slowSender()];
    await new Promise((resolve) => setTimeout(resolve, 200));
    const body = aPullRequestPayload(17);
    const answer = await post(body, signedHeaders(secret, body));
    for (const socket of sockets) socket.destroy();

    expect(answer.status).toBe(503);
  });

  function slowSender(): Socket {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(`${requestHead({ "content-length": "1000" })}{`);
    return socket;
  }
});

describe("health", () => {
  test("tells version, readiness and counts", async () => {
    const body = aPullRequestPayload(17);
    await post(body, signedHeaders(secret, body));

    const [health, ready, counts] = await Promise.all(
      ["/healthz", "/readyz", "/metrics"].map((page) =>
        fetch(`${address()}${page}`).then((answer) => answer.text()),
      ),
    );

    expect(JSON.parse(health!)).toEqual({ status: "ok", version: "1.2.3" });
    expect(JSON.parse(ready!)).toMatchObject({
      status: "ready",
      queue: { depth: 1 },
    });
    expect(counts).toContain('vibegate_deliveries_total{outcome="stored"} 1');
    expect(counts).toContain("vibegate_queue_depth 1");
  });

  test("a store that does not take writes is told", async () => {
    await keeper.close();

    expect((await fetch(`${address()}/readyz`)).status).toBe(503);
    expect((await fetch(`${address()}/healthz`)).status).toBe(200);
  });
});

function requestHead(headers: Record<string, string>): string {
  const all = {
    host: "127.0.0.1",
    "content-type": "application/json",
    "x-github-delivery": randomUUID(),
    "x-github-event": "pull_request",
    "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
}

/** Writes bytes as they are and reads until the server closes. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (piece) => {
      answer += piece.toString();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      resolve(answer);
    });
    socket.write(text);
  });
}
