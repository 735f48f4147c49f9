import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { afterAll, afterEach, beforeEach, expect, test } from "@jest/globals";
import { Quota } from "#server/quota.js";
import { Secret } from "#server/secret.js";
import { readSettings } from "#server/settings.js";
import { aRepository } from "#support/gate-scenes.js";
import {
  type Fault,
  primaryRateLimit,
  secondaryRateLimit,
} from "#support/local-github/http/faults.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";
import {
  anAnalysis,
  gateName,
  reviewerName,
  type RunningGate,
  startGate,
} from "#support/running-gate.js";

const analysis = anAnalysis();
let gate: RunningGate;
/** Milliseconds by which the server's clock is ahead of the machine's. */
let skipped = 0;

beforeEach(async () => {
  skipped = 0;
  gate = await startGate({ analysis, now: () => Date.now() + skipped });
  gate.github.createUser({ login: "vera" });
});

afterAll(() => {
  analysis.stop();
});

afterEach(async () => {
  await gate.stop();
});

const queue = () => gate.server.keeper.queue;

/** Waits until all is done; where work waits for a time, the time comes at once. */
async function settled(stepMs = 61_000): Promise<void> {
  const end = Date.now() + 60_000;
  await gate.github.settled();
  for (;;) {
    const { depth, running } = await queue().stats();
    if (depth === 0) return;
    if (Date.now() > end) throw new Error("It was not done in time.");
    if (running === 0) skipped += stepMs;
    await new Promise((resume) => setTimeout(resume, 30));
  }
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

async function aChange(): Promise<LocalPullRequest> {
  const repository = await aRepository(gate);
  const files = { "a.ts": "export {};\n" };
  await repository.commit({ branch: "a", files, author: "vera", by: "vera" });
  return repository.openPullRequest({ head: "a", author: "vera" });
}

function expectOneAnswer(sha: string): void {
  const runs = gate.github.checkRuns(sha);
  expect(runs.map(({ name, status }) => `${name}: ${status}`).sort()).toEqual([
    `${reviewerName}: completed`,
    `${gateName}: completed`,
  ]);
}

const create = { method: "POST", path: /\/check-runs$/, times: 1 };
const complete = { method: "PATCH", path: /\/check-runs\/\d+$/, times: 1 };

test.each<[string, Fault]>([
  [
    "7: a create that succeeded and was not heard",
    { ...create, actThenReset: true },
  ],
  ["8: a create that failed", { ...create, status: 502 }],
  [
    "6: a completion that succeeded and was not heard",
    { ...complete, actThenReset: true },
  ],
  ["10: a secondary limit", { ...create, ...secondaryRateLimit(60) }],
  [
    "11: a secondary limit without a time",
    {
      ...create,
      status: 403,
      body: { message: "You have exceeded a secondary rate limit." },
    },
  ],
  ["31: a token that ended", { path: /graphql/, times: 1, status: 401 }],
  [
    "40: an answer that broke off",
    { path: /graphql/, times: 1, truncate: true },
  ],
  [
    "40: an error page",
    { path: /graphql/, times: 1, status: 200, body: "<html>Unicorn</html>" },
  ],
  [
    "41: a connection that was reset",
    { path: /graphql/, times: 1, reset: true },
  ],
  ["66: GitHub under maintenance", { times: 6, status: 503 }],
])("fault %s leaves exactly one answer", async (_name, fault) => {
  gate.github.fault(fault);
  const { headSha } = await aChange();
  await settled();

  expectOneAnswer(headSha);
});

test("faults 10 and 12: a limit is kept to after a restart, and other installations go on", async () => {
  const { github } = gate;
  const resetAt = new Date(Date.now() + 40 * 60_000);
  github.fault({ ...create, ...primaryRateLimit(resetAt) });
  const { headSha } = await aChange();
  await until(async () => (await queue().pauses()).length > 0);
  await gate.restart();
  const before = github.requests.length;
  const other = await github.createRepository({ owner: "other", name: "b" });
  await other.commit({ branch: "b", files: { "b.ts": "export {};\n" } });
  const pull = await other.openPullRequest({ head: "b", author: "vera" });
  await until(() => github.checkRuns(pull.headSha).length === 2);

  const asked = github.requests.slice(before).map(({ path }) => path);
  expect(asked.filter((path) => path.includes("/acme/"))).toEqual([]);
  const [pause] = await queue().pauses();
  expect(pause?.until).toBeGreaterThanOrEqual(
    Math.floor(resetAt.getTime() / 1_000) * 1_000,
  );
  skipped += 41 * 60_000;
  await settled();
  expectOneAnswer(headSha);
});

test("fault 13: with little quota left the newest heads go first, and what nobody waits for is put off", async () => {
  const until: number[] = [];
  const quota = new Quota({
    ...queue(),
    preferNewest: async (_group: string, time: number) => void until.push(time),
  });
  const reset = 2_000_000_000;
  const headers = (remaining: number) => ({
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(reset),
  });
  const sweep = { kind: "reconcile-installation", installationId: 7 } as const;
  quota.note(7, headers(600));
  quota.admit(sweep, 0);
  quota.note(7, headers(499));
  quota.note(7, headers(498));

  expect(until).toEqual([reset * 1_000]);
  expect(() => {
    quota.admit(sweep, 0);
  }).toThrow("This can wait");
  quota.admit({ ...sweep, installationId: 8 }, 0);
  quota.admit(sweep, reset * 1_000);
});

test("fault 9: a repository that is gone ends the work without a storm", async () => {
  gate.github.fault({ path: /check-runs/, status: 404 });
  await aChange();
  await settled();

  const tries = gate.github.requests.filter(({ status }) => status === 404);
  expect(tries.length).toBeLessThan(4);
  expect(await queue().parked()).toEqual([]);
});

test("faults 33 and 34: secrets and keys are renewed without a restart", async () => {
  const { github, server } = gate;
  const renewed = randomBytes(32).toString("hex");
  const settings = readSettings({ ...github.environment, DATA_DIR: tmpdir() });
  server.renew({
    ...settings,
    webhookSecrets: [new Secret(renewed), ...settings.webhookSecrets],
  });
  const first = await aChange();
  github.webhookSecret = renewed;
  const second = await aChange();
  await settled();

  expectOneAnswer(first.headSha);
  expectOneAnswer(second.headSha);
  const page = await fetch(`http://127.0.0.1:${String(server.port)}/metrics`);
  const metrics = await page.text();
  expect(metrics).toMatch(/signatures_total\{outcome="present-secret"\} [1-9]/);
  expect(metrics).toMatch(
    /signatures_total\{outcome="previous-secret"\} [1-9]/,
  );
});

test("faults 16 and 17: events in the wrong order end in what GitHub says", async () => {
  const { github } = gate;
  const repository = await aRepository(gate);
  const commit = (text: string) =>
    repository.commit({
      ...{ branch: "a", author: "vera", by: "vera" },
      files: { "a.ts": text },
    });
  await commit("export {};\n");
  github.hold();
  const pull = await repository.openPullRequest({ head: "a", author: "vera" });
  await commit("export const a = 1;\n");
  await commit("export const a = 2;\n");
  const held = github.deliveries.filter(({ status }) => status === "held");
  github.world.hooks.isHeld = false;
  for (const { id } of held.toReversed()) await github.redeliver(id);
  await settled();

  expectOneAnswer(pull.headSha);
});

test("fault 38: a head that GitHub does not show yet is looked for again", async () => {
  const { github } = gate;
  const pull = await aChange();
  await settled();
  github.fault({ path: /graphql/, stale: true, times: 1 });
  const files = { "a.ts": "export const late = 1;\n" };
  await pull.repository.commit({ branch: "a", files, by: "vera" });
  await settled(4_000);

  expectOneAnswer(pull.headSha);
});
