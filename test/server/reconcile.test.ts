import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  afterAll,
  afterEach,
  beforeEach,
  describe,
  expect,
  test,
} from "@jest/globals";
import { aPull, aRepository } from "#support/gate-scenes.js";
import {
  anAnalysis,
  gateName,
  reviewerName,
  type RunningGate,
  startGate,
} from "#support/running-gate.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";

const analysis = anAnalysis();
let gate: RunningGate;

beforeEach(async () => {
  gate = await startGate({ analysis });
  gate.github.createUser({ login: "vera" });
});

afterAll(() => {
  analysis.stop();
});

afterEach(async () => {
  const { violations } = gate.github;
  await gate.stop();
  expect(violations).toEqual([]);
});

/** A pull request that the server was never told of. */
async function anUntoldPull(
  repository: Awaited<ReturnType<typeof aRepository>>,
): Promise<LocalPullRequest> {
  const { github } = gate;
  const address = `http://127.0.0.1:${String(gate.server.port)}/api/github/webhooks`;
  github.deliverTo = undefined;
  const head = `untold-${String(repository.pulls.length)}`;
  const files = { [`${head}.ts`]: "export {};\n" };
  await repository.commit({ branch: head, files, author: "vera", by: "vera" });
  const pull = await repository.openPullRequest({ head, author: "vera" });
  github.deliverTo = address;
  return pull;
}

async function sweep(): Promise<void> {
  await gate.server.sweep();
  await gate.settled();
}

const namesOn = (sha: string) =>
  gate.github
    .checkRuns(sha)
    .filter(({ status }) => status === "completed")
    .map(({ name }) => name)
    .sort();

const both = [gateName, reviewerName];

describe("a look at what GitHub knows", () => {
  test("finds the open heads that no event told of, in every repository", async () => {
    const pulls = [
      await anUntoldPull(await aRepository(gate)),
      await anUntoldPull(await aRepository(gate)),
    ];
    await sweep();

    for (const { headSha } of pulls) expect(namesOn(headSha)).toEqual(both);
  });

  test("leaves alone what is answered, also where the store is lost", async () => {
    const told = await aPull(gate, await aRepository(gate), {
      "a.ts": "export {};\n",
    });
    await sweep();
    await gate.restartEmpty();
    await sweep();

    expect(namesOn(told.headSha)).toEqual(both);
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ["its last pages are gone", (bytes) => bytes.subarray(0, 3 * 4_096)],
    ["is no store any more", (bytes) => Buffer.alloc(bytes.length, "x")],
  ])("fills a store anew that %s", async (_what, damage) => {
    const { github } = gate;
    const told = await aPull(gate, await aRepository(gate), {
      "a.ts": "export {};\n",
    });
    const untold = await anUntoldPull(await aRepository(gate));
    await gate.restartAfter(async (folder) => {
      const file = join(folder, "vibegate.sqlite");
      await writeFile(file, damage(await readFile(file)));
      await rm(`${file}-wal`, { force: true });
    });
    await sweep();

    for (const { headSha } of [told, untold]) {
      expect(namesOn(headSha)).toEqual(both);
      expect(github.checkRuns(headSha)).toHaveLength(2);
    }
  });

  test("finishes what was left in progress", async () => {
    const repository = await aRepository(gate);
    const stop = gate.github.fault({
      method: "PATCH",
      path: /\/check-runs\/\d+$/,
      status: 404,
    });
    const pull = await aPull(gate, repository, { "a.ts": "export {};\n" });
    stop();
    await sweep();

    expect(namesOn(pull.headSha)).toEqual(both);
    expect(
      gate.github
        .checkRuns(pull.headSha)
        .filter(({ status }) => status !== "completed"),
    ).toEqual([]);
  });

  test("costs nothing of the quota where nothing has changed", async () => {
    await aPull(gate, await aRepository(gate), { "a.ts": "export {};\n" });
    await sweep();
    const before = gate.github.requests.length;
    await sweep();
    const asked = gate.github.requests
      .slice(before)
      .filter(({ path }) => !path.includes("/hook/deliveries"));

    expect(asked.length).toBeGreaterThan(1);
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([304]));
  });

  test("asks once for each event that did not reach us, and works without that", async () => {
    const { github } = gate;
    const repository = await aRepository(gate);
    const pull = await anUntoldPull(repository);
    const missed = github.deliveries.filter(
      ({ statusCode }) => statusCode !== 202,
    );
    await sweep();
    await sweep();
    const asked = github.requests.filter(({ operation }) =>
      operation?.includes("attempts"),
    );
    expect(asked).toHaveLength(new Set(missed.map(({ guid }) => guid)).size);

    github.fault({ path: /\/hook\/deliveries/, status: 500 });
    const other = await anUntoldPull(repository);
    await sweep();
    expect(namesOn(pull.headSha)).toEqual(both);
    expect(namesOn(other.headSha)).toEqual(both);
  });
});

describe("an installation", () => {
  test("that rests gets nothing written, and is caught up with when it wakes", async () => {
    const { github } = gate;
    const repository = await aRepository(gate);
    await github.installing.suspend("acme");
    const pull = await anUntoldPull(repository);
    await sweep();
    expect(github.checkRuns(pull.headSha)).toEqual([]);

    await github.installing.unsuspend("acme");
    await gate.settled();
    expect(namesOn(pull.headSha)).toEqual(both);
  });

  test("that is gone leaves nothing behind, and starts afresh when it comes back", async () => {
    const { github } = gate;
    const repository = await aRepository(gate);
    const pull = await aPull(gate, repository, { "a.ts": "export {};\n" });
    const prefix = `${String(repository.id)}/`;
    const { records } = gate.server.keeper;
    expect(await records.list("answered", { prefix })).toHaveLength(1);
    await github.installing.uninstall("acme");
    await gate.settled();

    for (const collection of ["answered", "heads", "reviews", "reviewer-runs"])
      expect(await records.list(collection, { prefix })).toEqual([]);

    github.installationOn("acme").repositoryIds.add(repository.id);
    await github.installing.install("acme");
    await gate.settled();
    expect(namesOn(pull.headSha)).toEqual(both);
  });

  test("that lacks a permission is not pestered, and is caught up with once it is granted", async () => {
    const { github } = gate;
    const repository = await aRepository(gate);
    const { permissions } = github.installationOn("acme");
    await github.installing.grant("acme", { ...permissions, checks: "read" });
    // It is caught up with as well, and what is here now is not meant.
    await gate.settled();
    const pull = await anUntoldPull(repository);
    const event = github.deliveries.findLast(
      ({ event }) => event === "pull_request",
    )!;
    await github.redeliver(event.id);
    await gate.settled();
    const refused = github.requests.filter(({ status }) => status === 403);
    expect(refused.length).toBeLessThan(4);
    expect(await gate.server.keeper.queue.parked()).toMatchObject([
      { because: "NotPermitted" },
    ]);

    await github.installing.grant("acme", permissions);
    await gate.settled();
    expect(namesOn(pull.headSha)).toEqual(both);
    expect(await gate.server.keeper.queue.parked()).toEqual([]);
  });
});

test("a configuration that changes on the base is applied to what is open", async () => {
  const repository = await aRepository(gate, {
    ".vibegate.yml": "version: 1\n",
  });
  const pull = await aPull(gate, repository, { "a.ts": "export {};\n" });
  const before = gate.github.checkRuns(pull.headSha).length;
  await repository.commit({
    branch: "main",
    files: { ".vibegate.yml": "version: 1\nphase: commitment\n" },
    author: "vera",
    by: "vera",
  });
  await gate.settled();

  expect(gate.github.checkRuns(pull.headSha).length).toBe(before + 1);
});

test("the same event in other words is answered once", async () => {
  const { github } = gate;
  const pull = await aPull(gate, await aRepository(gate), {
    "a.ts": "export {};\n",
  });
  const event = github.deliveries.findLast(
    ({ event }) => event === "pull_request",
  )!;
  await github.deliver("pull_request", event.payload, {});
  await gate.settled();

  expect(namesOn(pull.headSha)).toEqual(both);
});
