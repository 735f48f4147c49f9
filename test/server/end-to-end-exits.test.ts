import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readAudit } from "#server/audit-trail.js";
import { aPull, aRepository } from "#support/gate-scenes.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";
import {
  reviewerName,
  type RunningGate,
  startGate,
} from "#support/running-gate.js";

const auth = {
  "src/auth/session.ts":
    'import jwt from "jsonwebtoken";\nexport const read = (t: string) => jwt.verify(t, key());\n',
};

let gate: RunningGate;

beforeAll(async () => {
  gate = await startGate();
  for (const login of ["vera", "rhea", "theo"])
    gate.github.createUser({ login });
  gate.github.createUser({ login: "root", permission: "admin" });
});

afterAll(async () => {
  const { violations } = gate.github;
  await gate.stop();
  expect(violations).toEqual([]);
});

const answer = (pull: LocalPullRequest) => gate.run(pull.headSha, reviewerName);

async function trailOf(pull: LocalPullRequest) {
  const entries = await readAudit(gate.server.keeper.records);
  return entries.filter(
    ({ repositoryId, pullRequest }) =>
      repositoryId === pull.repository.id && pullRequest === pull.number,
  );
}

describe("the bypass", () => {
  test("an administrator lifts the gate for this diff alone, and it is written down", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth);
    await pull.comment({
      by: "root",
      body: "/vibegate bypass sign-in is down",
    });
    await gate.settled();
    expect(answer(pull)).toMatchObject({
      conclusion: "success",
      title: "BYPASSED by root",
    });
    expect(await trailOf(pull)).toMatchObject([
      {
        kind: "bypass",
        by: "root",
        reason: "sign-in is down",
        followUp: { state: "open" },
      },
    ]);

    await pull.push({ files: { "src/auth/session.ts": "export {};\n" } });
    await gate.settled();
    expect(answer(pull).conclusion).toBe("action_required");
  });

  test.each([
    ["a builder", "vera"],
    ["somebody who may only write", "theo"],
  ])("%s cannot", async (_, by) => {
    const pull = await aPull(gate, await aRepository(gate), auth);
    await pull.comment({ by, body: "/vibegate bypass it is urgent" });
    await gate.settled();
    expect(answer(pull).conclusion).toBe("action_required");
    expect(await trailOf(pull)).toMatchObject([{ kind: "bypass-refused", by }]);
  });

  test("words that were put into a comment afterwards do nothing", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth);
    const comment = await pull.comment({ by: "root", body: "Thank you." });
    await pull.editComment(comment, "/vibegate bypass it is urgent");
    await gate.settled();
    expect(answer(pull).conclusion).toBe("action_required");
  });
});

describe("what goes around the gate", () => {
  test("a merge that was not green is written down until somebody has looked", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth);
    await pull.merge({ by: "root" });
    await gate.settled();
    expect(await trailOf(pull)).toMatchObject([
      {
        kind: "merged-around-the-gate",
        by: "root",
        followUp: { state: "open" },
      },
    ]);

    await pull.review({ by: "rhea" });
    await gate.settled();
    expect(await trailOf(pull)).toMatchObject([
      { followUp: { state: "reviewed", by: "rhea" } },
    ]);
  });

  test("a merge that was green is not", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth);
    await pull.review({ by: "rhea" });
    await gate.settled();
    await pull.merge({ by: "root" });
    await gate.settled();
    expect(await trailOf(pull)).toEqual([]);
  });

  test("a push straight to the default branch is written down", async () => {
    const repository = await aRepository(gate);
    await repository.commit({ files: auth, author: "vera", by: "vera" });
    await gate.settled();
    const entries = await readAudit(gate.server.keeper.records);
    expect(
      entries.filter(({ repositoryId }) => repositoryId === repository.id),
    ).toMatchObject([{ kind: "pushed-around-the-gate", by: "vera" }]);
  });
});

describe("asking somebody", () => {
  const owned = { ".github/CODEOWNERS": "src/auth/ @vera @rhea\n" };

  test("an owner who did not build it, once", async () => {
    const pull = await aPull(gate, await aRepository(gate, owned), auth);
    const asked = () => pull.requestedReviewers.map(({ login }) => login);
    expect(asked()).toEqual(["rhea"]);
    pull.requestedReviewers.length = 0;
    await pull.push({ files: { "src/auth/session.ts": "export {};\n" } });
    await gate.settled();
    expect(asked()).toEqual([]);
  });

  test("nobody for a draft", async () => {
    const repository = await aRepository(gate, owned);
    await repository.commit({ branch: "draft", files: auth, author: "vera" });
    const pull = await repository.openPullRequest({
      ...{ head: "draft", author: "vera", draft: true },
    });
    await gate.settled();
    expect(pull.requestedReviewers).toEqual([]);
    // It must not pass in the moment after it is marked as ready.
    expect(answer(pull).conclusion).toBe("action_required");
    await pull.ready();
    await gate.settled();
    expect(pull.requestedReviewers).toHaveLength(1);
  });

  test("the button asks one more, for those who may ask", async () => {
    const repository = await aRepository(gate, {
      ".github/CODEOWNERS": "src/auth/ @rhea @theo\n",
    });
    const pull = await aPull(gate, repository, auth);
    const press = (by: string) =>
      repository.pressButton(answer(pull), "request_review", { by });
    await press("nobody-here");
    await gate.settled();
    expect(pull.requestedReviewers).toHaveLength(1);
    await press("vera");
    await gate.settled();
    expect(pull.requestedReviewers).toHaveLength(2);
  });
});
