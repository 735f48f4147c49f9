import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  emitRun,
  emitSuiteRerequested,
} from "#support/local-github/webhooks/check-events.js";
import { aPull, aRepository, openDoor } from "#support/gate-scenes.js";
import {
  gateName,
  reviewerName,
  type RunningGate,
  startGate,
} from "#support/running-gate.js";
import { generateSecret } from "#support/secret-samples.js";

let gate: RunningGate;

beforeAll(async () => {
  gate = await startGate();
  gate.github.createUser({ login: "vera" });
  gate.github.createUser({ login: "rhea" });
});

afterAll(async () => {
  const { violations } = gate.github;
  await gate.stop();
  expect(violations).toEqual([]);
});

describe("a pull request is opened", () => {
  test("both runs stand on its head, the findings on their lines", async () => {
    const pull = await aPull(gate, await aRepository(gate), openDoor);

    expect(gate.run(pull.headSha)).toMatchObject({
      status: "completed",
      conclusion: "failure",
      annotations: [
        { path: "src/app.ts", start_line: 3, annotation_level: "failure" },
      ],
    });
    expect(gate.run(pull.headSha, reviewerName)).toMatchObject({
      status: "completed",
      conclusion: "action_required",
    });
  });

  test("a clean change passes and has no annotations", async () => {
    const pull = await aPull(gate, await aRepository(gate), {
      "src/a.ts": "export {};\n",
    });

    expect(gate.run(pull.headSha)).toMatchObject({
      conclusion: "success",
      annotations: [],
    });
    expect(gate.run(pull.headSha, reviewerName)).toMatchObject({
      conclusion: "success",
      title: "No code for sign-in, payment or data touched",
    });
  });

  test("in the exploration phase the same findings block nothing", async () => {
    const pull = await aPull(
      gate,
      await aRepository(gate, { ".vibegate.yml": "version: 1\n" }),
      openDoor,
    );

    expect(gate.run(pull.headSha).conclusion).toBe("neutral");
  });

  test("a change cannot soften the gate for itself", async () => {
    const pull = await aPull(gate, await aRepository(gate), {
      ...openDoor,
      ".vibegate.yml": "version: 1\nphase: exploration\n",
    });

    expect(gate.run(pull.headSha).conclusion).toBe("failure");
  });

  test("a finding on a line that it did not touch does not block it", async () => {
    const pull = await aPull(gate, await aRepository(gate, openDoor), {
      "src/app.ts": `${openDoor["src/app.ts"]}export const more = 1;\n`,
    });

    expect(gate.run(pull.headSha)).toMatchObject({
      conclusion: "neutral",
      annotations: [],
    });
  });

  test("off the default branch both names end in the branch", async () => {
    const repository = await aRepository(gate);
    await repository.commit({ branch: "next", files: { "a.md": "next\n" } });
    await repository.commit({
      branch: "work",
      from: "next",
      files: openDoor,
      author: "vera",
      by: "vera",
    });
    const pull = await repository.openPullRequest({
      head: "work",
      base: "next",
      author: "vera",
    });
    await gate.settled();

    const names = gate.github.checkRuns(pull.headSha).map(({ name }) => name);
    expect(names.sort()).toEqual(
      [`${reviewerName} (next)`, `${gateName} (next)`].sort(),
    );
  });

  test("a fork's change is read through the base repository", async () => {
    const repository = await aRepository(gate);
    const fork = await repository.fork("mallory");
    await fork.commit({
      branch: "patch",
      files: openDoor,
      author: "mallory",
      by: "mallory",
    });
    const pull = await repository.openPullRequest({
      head: "patch",
      fork,
      author: "mallory",
    });
    await gate.settled();

    expect(gate.run(pull.headSha).conclusion).toBe("failure");
  });

  test("a secret that a later commit removed is still found", async () => {
    const repository = await aRepository(gate);
    const key = generateSecret("stripe-live", 1);
    await repository.commit({
      branch: "pay",
      files: { "src/pay.ts": `export const key = "${key}";\n` },
      author: "vera",
    });
    await repository.commit({
      branch: "pay",
      files: { "src/pay.ts": "export {};\n" },
      author: "vera",
    });
    const pull = await repository.openPullRequest({
      head: "pay",
      author: "vera",
    });
    await gate.settled();

    const run = gate.run(pull.headSha);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("src/pay.ts");
    const said = [run.title, run.summary, run.text, run.annotations];
    expect(JSON.stringify(said)).not.toContain(key.slice(8, 20));
  });

  test("120 findings arrive as far as the limit of annotations, and none is lost", async () => {
    const line = (n: number) =>
      `app${String(n)}.use(cors({ origin: true, credentials: true }));`;
    const files = Object.fromEntries(
      Array.from({ length: 120 }, (_, n) => [
        `src/a${String(n)}.ts`,
        `import cors from "cors";\n${line(n)}\n`,
      ]),
    );
    const pull = await aPull(gate, await aRepository(gate), files);

    const run = gate.run(pull.headSha);
    expect(run.annotations).toHaveLength(50);
    expect(run.title).toContain("120");
  });
});

describe("it changes", () => {
  test("a push gets runs of its own", async () => {
    const pull = await aPull(gate, await aRepository(gate), openDoor);
    const before = pull.headSha;
    await pull.push({ files: { "src/app.ts": "export {};\n" } });
    await gate.settled();

    expect(pull.headSha).not.toBe(before);
    expect(gate.run(pull.headSha).conclusion).toBe("success");
    expect(gate.run(before).conclusion).toBe("failure");
  });

  test("a push during the review ends the old run and reviews the new head", async () => {
    const repository = await aRepository(gate);
    await repository.commit({
      branch: "slow",
      files: openDoor,
      author: "vera",
    });
    gate.github.fault({ path: /\/git\/trees\//, delayMs: 600, times: 2 });
    const pull = await repository.openPullRequest({
      head: "slow",
      author: "vera",
    });
    const before = pull.headSha;
    await pull.push({ files: { "src/app.ts": "export {};\n" } });
    await gate.settled();

    expect(gate.run(before)).toMatchObject({
      status: "completed",
      conclusion: "cancelled",
    });
    expect(gate.run(pull.headSha).conclusion).toBe("success");
  });

  test("a closed pull request leaves no open run", async () => {
    const repository = await aRepository(gate);
    await repository.commit({
      branch: "gone",
      files: openDoor,
      author: "vera",
    });
    gate.github.fault({ path: /\/git\/trees\//, delayMs: 600, times: 2 });
    const pull = await repository.openPullRequest({
      head: "gone",
      author: "vera",
    });
    await pull.close();
    await gate.settled();

    const runs = gate.github.checkRuns(pull.headSha);
    expect(runs.filter(({ status }) => status !== "completed")).toEqual([]);
  });

  test("a new base is judged by the new base", async () => {
    const repository = await aRepository(gate);
    await repository.commit({
      branch: "next",
      files: { ".vibegate.yml": "version: 1\n" },
    });
    const pull = await aPull(gate, repository, openDoor);
    await pull.retarget("next");
    await gate.settled();

    expect(gate.run(pull.headSha, `${gateName} (next)`).conclusion).toBe(
      "neutral",
    );
  });
});

describe("somebody asks again", () => {
  test.each(["check_run", "check_suite"])(
    "%s.rerequested makes new runs",
    async (event) => {
      const repository = await aRepository(gate);
      const pull = await aPull(gate, repository, openDoor);
      const before = gate.run(pull.headSha);
      if (event === "check_run")
        await emitRun(repository, before, "rerequested");
      else await emitSuiteRerequested(repository, before.suite);
      await gate.settled();

      const after = gate.run(pull.headSha);
      expect(after.id).not.toBe(before.id);
      expect(after.conclusion).toBe("failure");
      expect(before.annotations).toHaveLength(1);
    },
  );

  test("on a fork, whose event names no pull request, too", async () => {
    const repository = await aRepository(gate);
    const fork = await repository.fork("trudy");
    await fork.commit({
      branch: "patch",
      files: openDoor,
      author: "trudy",
      by: "trudy",
    });
    const pull = await repository.openPullRequest({
      head: "patch",
      fork,
      author: "trudy",
    });
    await gate.settled();
    const before = gate.run(pull.headSha);
    await emitSuiteRerequested(repository, before.suite);
    await gate.settled();

    expect(gate.run(pull.headSha).id).not.toBe(before.id);
  });

  test("the same delivery fifty times is one review", async () => {
    const pull = await aPull(gate, await aRepository(gate), openDoor);
    const opened = gate.github.deliveries.find(
      ({ event, payload }) =>
        event === "pull_request" &&
        JSON.stringify(payload).includes(pull.headSha),
    );
    const runs = gate.github.checkRuns(pull.headSha).length;
    await Promise.all(
      Array.from({ length: 50 }, () =>
        gate.github.redeliver(opened?.guid ?? ""),
      ),
    );
    await gate.settled();

    expect(gate.github.checkRuns(pull.headSha)).toHaveLength(runs);
  });
});
