import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  primaryRateLimit,
  secondaryRateLimit,
} from "#support/local-github/http/faults.js";
import { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalRepository } from "#support/local-github/world/local-repository.js";

let github: LocalGitHub;
let repository: LocalRepository;
let token: string;

beforeAll(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({
    name: "shop",
    files: { "a.ts": "1\n", "b/c.ts": "2\n" },
  });
});

beforeEach(() => {
  github.clearFaults();
  github.expireTokens();
  token = github.issueToken("acme");
});

afterAll(async () => {
  await github.stop();
});

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${github.apiUrl}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });
}

async function createRun(signal?: AbortSignal): Promise<Response> {
  const sha = await repository.sha();
  return ask("/repos/acme/shop/check-runs", {
    method: "POST",
    body: JSON.stringify({ name: "VibeGate", head_sha: sha }),
    ...(signal ? { signal } : {}),
  });
}

async function runCount(): Promise<number> {
  return github.checkRuns(await repository.sha()).length;
}

test("answers with a status, as often as asked", async () => {
  github.fault({
    path: /^\/repos\/acme\/shop$/,
    status: 503,
    times: 1,
    headers: { "retry-after": "7" },
  });

  const first = await ask("/repos/acme/shop");
  const second = await ask("/repos/acme/shop");

  expect([first.status, second.status]).toEqual([503, 200]);
  expect(first.headers.get("retry-after")).toBe("7");
});

test("spares requests first, and other methods and paths", async () => {
  const end = github.fault({
    method: "GET",
    path: /commits/,
    skip: 1,
    status: 500,
  });

  const statuses = [];
  for (const path of ["", "/commits", "/commits", "/branches", "/commits"]) {
    statuses.push((await ask(`/repos/acme/shop${path}`)).status);
  }
  end();
  statuses.push((await ask("/repos/acme/shop/commits")).status);

  expect(statuses).toEqual([200, 200, 500, 200, 500, 200]);
});

test("limits in both of GitHub's ways", async () => {
  const resetAt = new Date("2030-01-01T00:00:00Z");
  github.fault({ ...primaryRateLimit(resetAt), times: 1 });
  github.fault({ ...secondaryRateLimit(30), times: 1 });

  const primary = await ask("/repos/acme/shop");
  const secondary = await ask("/repos/acme/shop");

  expect(primary.status).toBe(403);
  expect(primary.headers.get("x-ratelimit-remaining")).toBe("0");
  expect(primary.headers.get("x-ratelimit-reset")).toBe("1893456000");
  expect(secondary.headers.get("retry-after")).toBe("30");
});

test("delays, and records how long it took", async () => {
  github.fault({ delayMs: 60, times: 1 });

  await ask("/repos/acme/shop");

  expect(github.requests.at(-1)).toMatchObject({ status: 200 });
  expect(github.requests.at(-1)?.durationMs).toBeGreaterThanOrEqual(55);
});

test("hangs up, before or after acting, or in the middle of an answer", async () => {
  const before = await runCount();
  github.fault({ reset: true, times: 1 });
  await expect(createRun()).rejects.toThrow();
  expect(await runCount()).toBe(before);

  github.fault({ actThenReset: true, times: 1 });
  await expect(createRun()).rejects.toThrow();
  expect(await runCount()).toBe(before + 1);

  github.fault({ truncate: true, times: 1 });
  const answer = await createRun();
  await expect(answer.text()).rejects.toThrow();
  expect(await runCount()).toBe(before + 2);
});

test("acts and never answers", async () => {
  const before = await runCount();
  github.fault({ actThenHang: true, times: 1 });

  await expect(createRun(AbortSignal.timeout(300))).rejects.toThrow();

  expect(await runCount()).toBe(before + 1);
  expect(github.requests.at(-1)?.status).toBe(0);
});

test("answers as it did before", async () => {
  await repository.commit({ branch: "moving", files: { "a.ts": "5\n" } });
  const tip = async () => {
    const answer = await ask("/repos/acme/shop/git/ref/heads/moving");
    return ((await answer.json()) as { object: { sha: string } }).object.sha;
  };
  const old = await tip();
  const fresh = await repository.commit({
    branch: "moving",
    files: { "a.ts": "6\n" },
  });
  github.fault({ stale: true, times: 1 });

  expect([await tip(), await tip()]).toEqual([old, fresh]);
});

test("cuts trees short and says so", async () => {
  github.treeLimit = 2;

  const answer = await ask("/repos/acme/shop/git/trees/main?recursive=1");
  github.treeLimit = 100_000;

  expect(await answer.json()).toMatchObject({
    truncated: true,
    tree: { length: 2 },
  });
});

test("changes an answer", async () => {
  github.fault({
    path: /blobs/,
    rewrite: (body) => ({ ...(body as object), content: "" }),
  });
  const { oid } = (await repository.git.read("main:a.ts"))!;

  const answer = await ask(`/repos/acme/shop/git/blobs/${oid}`);

  expect(await answer.json()).toMatchObject({ sha: oid, content: "" });
});

test("answers what has not changed with 304, which costs nothing", async () => {
  const first = await ask("/repos/acme/shop/branches");
  const etag = first.headers.get("etag") ?? "";
  const second = await ask("/repos/acme/shop/branches", {
    headers: { "if-none-match": etag },
  });

  expect(second.status).toBe(304);
  expect(second.headers.get("x-ratelimit-used")).toBe(
    first.headers.get("x-ratelimit-used"),
  );
});

test("keeps no token in what it records", async () => {
  await ask("/repos/acme/shop");

  expect(JSON.stringify(github.requests)).not.toContain(token);
});

test("holds webhooks back, and sends them again under one id", async () => {
  github.hold();
  await repository.commit({ branch: "held", files: { "a.ts": "7\n" } });
  const [held] = github.deliveries.slice(-1);
  expect(held?.status).toBe("held");

  await github.release();
  const again = await github.redeliver(held!.guid);

  expect(again).toMatchObject({ guid: held?.guid, redelivery: true });
});

test("what it has no route for is a violation", async () => {
  const answer = await ask("/repos/acme/shop/stargazers");

  expect(answer.status).toBe(404);
  expect(github.violations).toMatchObject([
    { kind: "request", operation: "GET /repos/acme/shop/stargazers" },
  ]);
});

test("an unreachable or slow receiver is a failed delivery, not an error", async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo;
  github.deliverTo = `http://127.0.0.1:${String(port)}/`;
  github.world.hooks.timeoutMs = 100;

  const late = await github.deliver("push", {});
  silent.closeAllConnections();
  silent.close();
  const refused = await github.deliver("push", {});
  github.deliverTo = undefined;

  expect(late).toMatchObject({ statusCode: 0, status: "timed out" });
  expect(refused).toMatchObject({
    statusCode: 0,
    status: "failed to connect",
  });
});
