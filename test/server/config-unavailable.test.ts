import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aPull, aRepository, openDoor } from "#support/gate-scenes.js";
import { type RunningGate, startGate } from "#support/running-gate.js";

let gate: RunningGate;

beforeAll(async () => {
  gate = await startGate();
  gate.github.createUser({ login: "vera" });
});

afterAll(async () => {
  await gate.stop();
});

const file = ".vibegate.yml";

test("a configuration that GitHub fails to give is not a missing one", async () => {
  const repository = await aRepository(gate);
  const stop = gate.github.fault({
    path: /^\/graphql$/,
    bodyMatches: /vibegate\.yml/,
    status: 502,
    body: { message: "Server Error" },
  });
  await repository.commit({ branch: "x", files: openDoor, author: "vera" });
  const pull = await repository.openPullRequest({ head: "x", author: "vera" });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const meanwhile = gate.github.checkRuns(pull.headSha);

  expect(meanwhile.filter(({ status }) => status === "completed")).toEqual([]);
  stop();
});

test("a broken file of the organization keeps the floors of its last valid version", async () => {
  const organization = await gate.github.createRepository({
    owner: "lax",
    name: ".github",
    files: {
      [file]:
        "version: 1\nenforce:\n  phase: commitment\n  checks:\n    explicit-cors: block\n",
    },
  });
  await organization.commit({ files: { [file]: "version: 1\nenforze: {}\n" } });
  const repository = await gate.github.createRepository({
    owner: "lax",
    name: "shop",
    files: {
      [file]:
        'version: 1\nphase: exploration\nchecks:\n  explicit-cors: "off"\n',
      "src/app.ts": "export {};\n",
    },
  });
  const pull = await aPull(gate, repository, openDoor);

  const run = gate.run(pull.headSha);
  expect(run.conclusion).toBe("failure");
  expect(run.text).toContain(".github/.vibegate.yml:2:1");
  expect(run.text).toContain("enforced by the organization");
});

test("an organization's longest suppression holds", async () => {
  await gate.github.createRepository({
    owner: "brief",
    name: ".github",
    files: {
      [file]: "version: 1\nenforce:\n  max-suppression-days: 30\n",
    },
  });
  const far = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  const repository = await gate.github.createRepository({
    owner: "brief",
    name: "shop",
    files: {
      [file]: `version: 1\nphase: commitment\nsuppress:\n  - rule: explicit-cors\n    paths: [src/app.ts]\n    reason: a demo without any data\n    owner: "@dana"\n    until: ${far}\n`,
      "src/app.ts": "export {};\n",
    },
  });
  const pull = await aPull(gate, repository, openDoor);

  expect(gate.run(pull.headSha).conclusion).toBe("failure");
  expect(gate.run(pull.headSha).text).toContain("more than 30 days ahead");
});
