import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { aPull, aRepository } from "#support/gate-scenes.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";
import { openMergeGroup } from "#support/local-github/world/merge-queue.js";
import {
  reviewerName,
  type RunningGate,
  startGate,
} from "#support/running-gate.js";

const session = "src/auth/session.ts";

/** Sign-in code that does something else for each word. */
function auth(word: string) {
  return {
    [session]: `import jwt from "jsonwebtoken";\nexport const ${word} = (t: string) => jwt.verify(t, key());\n`,
  };
}

let gate: RunningGate;

beforeAll(async () => {
  gate = await startGate();
  for (const login of ["vera", "rhea", "theo"])
    gate.github.createUser({ login });
  gate.github.createUser({ login: "root", permission: "admin" });
  gate.github.createUser({ login: "helper[bot]", email: "helper@app.test" });
});

afterAll(async () => {
  const { violations } = gate.github;
  await gate.stop();
  expect(violations).toEqual([]);
});

const answer = (pull: LocalPullRequest) => gate.run(pull.headSha, reviewerName);

async function expectAnswer(pull: LocalPullRequest, conclusion: string) {
  await gate.settled();
  expect(answer(pull)).toMatchObject({ conclusion });
}

describe("an approval follows what was approved", () => {
  test("a push makes it stale, a new approval counts", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth("one"));
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "success");
    await pull.push({ files: auth("two") });
    pull.reanchorReviews();
    await expectAnswer(pull, "action_required");
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "success");
  });

  test("the update button keeps it, and makes nobody a builder who presses it", async () => {
    const repository = await aRepository(gate);
    const pull = await aPull(gate, repository, auth("one"));
    await pull.review({ by: "rhea" });
    await gate.settled();
    await repository.commit({
      files: { "docs/news.md": "News\n" },
      author: "theo",
    });
    await pull.updateBranch({ by: "rhea" });
    await expectAnswer(pull, "success");
  });

  test("a clean rebase keeps it", async () => {
    const repository = await aRepository(gate);
    const pull = await aPull(gate, repository, auth("one"));
    await pull.review({ by: "rhea" });
    await gate.settled();
    await repository.commit({
      files: { "docs/news.md": "News\n" },
      author: "theo",
    });
    const tip = await repository.sha();
    await pull.push({
      parents: [tip],
      files: { ...auth("one"), "docs/news.md": "News\n" },
    });
    await expectAnswer(pull, "success");
  });

  test("a page that was open since before a push approves what it showed", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth("one"));
    const shown = pull.headSha;
    await pull.push({ files: auth("two") });
    await gate.settled();
    await pull.review({ by: "rhea", commit: shown });
    await expectAnswer(pull, "action_required");
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "success");
  });

  test("it survives closing and opening again, but not what was pushed meanwhile", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth("one"));
    await pull.review({ by: "rhea" });
    await gate.settled();
    await pull.close();
    await pull.reopen();
    await expectAnswer(pull, "success");
    await pull.close();
    await pull.push({ files: auth("two") });
    await pull.reopen();
    await expectAnswer(pull, "action_required");
  });

  test("a squash keeps it, and the helper who is squashed away stays a builder", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth("one"));
    await pull.push({ author: "theo", by: "vera", files: auth("two") });
    await gate.settled();
    await pull.review({ by: "rhea" });
    await gate.settled();
    await pull.forcePush({ author: "vera", files: auth("two") });
    await expectAnswer(pull, "success");
    expect(answer(pull).summary).toMatch(/\| theo \|/);
  });

  test("events that come again, and in another order, change nothing", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth("one"));
    const begin = gate.github.deliveries.length;
    await pull.review({ by: "rhea" });
    await pull.push({ files: auth("two") });
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "success");
    const { id, summary } = answer(pull);
    const again = gate.github.deliveries.slice(begin).reverse();
    for (const { event, payload } of again)
      await gate.github.deliver(event, payload);
    await gate.settled();
    expect(answer(pull)).toMatchObject({ id, summary });
  });

  test("it is remembered over a restart between the review and the push", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth("one"));
    gate.github.latencyMs = 0;
    await pull.review({ by: "rhea" });
    await gate.restart();
    await pull.push({ files: auth("two") });
    pull.reanchorReviews();
    await expectAnswer(pull, "action_required");
    await pull.forcePush({ files: auth("one") });
    await expectAnswer(pull, "success");
  });

  test("pointing the request elsewhere and moving that branch brings nothing", async () => {
    const repository = await aRepository(gate);
    await repository.commit({
      branch: "scratch",
      files: auth("hidden"),
      author: "vera",
    });
    await repository.commit({
      branch: "change",
      from: "scratch",
      files: { "src/auth/other.ts": 'import jwt from "jsonwebtoken";\n' },
      author: "vera",
    });
    const pull = await repository.openPullRequest({
      head: "change",
      base: "scratch",
      author: "vera",
    });
    await gate.settled();
    await pull.review({ by: "rhea" });
    await gate.settled();
    // The approved part alone was small; now the base gives all of it to the request.
    await repository.git.updateRef(
      "refs/heads/scratch",
      await repository.sha(),
    );
    await pull.convertToDraft();
    await gate.settled();
    await pull.ready();
    await gate.settled();
    await pull.retarget("main");
    await expectAnswer(pull, "action_required");
  });
});

describe("who built it cannot approve it", () => {
  test("whoever pushed, under whatever name the commit goes", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth("one"));
    await pull.push({ by: "rhea", author: "vera", files: auth("two") });
    await gate.settled();
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "action_required");
    expect(answer(pull).summary).toContain("pushed");
  });

  test("whoever pushed to the branch before the request was opened", async () => {
    const repository = await aRepository(gate);
    await repository.commit({
      branch: "early",
      files: auth("one"),
      author: "vera",
      by: "rhea",
    });
    const pull = await repository.openPullRequest({
      head: "early",
      author: "vera",
    });
    await gate.settled();
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "action_required");
  });

  test("who assigned an agent's request to a colleague is behind it, too", async () => {
    const repository = await aRepository(gate);
    await repository.commit({
      branch: "agent",
      files: auth("one"),
      author: "helper[bot]",
    });
    const pull = await repository.openPullRequest({
      head: "agent",
      author: "helper[bot]",
    });
    await pull.assign("theo", { by: "rhea" });
    await gate.settled();
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "action_required");
    await pull.review({ by: "root" });
    await expectAnswer(pull, "success");
  });

  test("an agent's request without anybody behind it takes two", async () => {
    const repository = await aRepository(gate);
    await repository.commit({
      branch: "agent",
      files: auth("one"),
      author: "helper[bot]",
    });
    const pull = await repository.openPullRequest({
      head: "agent",
      author: "helper[bot]",
    });
    await gate.settled();
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "action_required");
    await pull.review({ by: "theo" });
    await expectAnswer(pull, "success");
  });

  test("a request from a fork is held to the same", async () => {
    const repository = await aRepository(gate);
    gate.github.createUser({ login: "stranger", permission: "none" });
    const fork = await repository.fork("stranger");
    await fork.commit({
      branch: "patch",
      files: auth("one"),
      author: "stranger",
    });
    const pull = await repository.openPullRequest({
      head: "patch",
      fork,
      author: "stranger",
    });
    await gate.settled();
    await pull.review({ by: "stranger" });
    await expectAnswer(pull, "action_required");
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "success");
  });

  test("the author of another request with the same head", async () => {
    const repository = await aRepository(gate);
    const pull = await aPull(gate, repository, auth("one"));
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "success");
    await repository.openPullRequest({ head: pull.headRef, author: "rhea" });
    await expectAnswer(pull, "action_required");
  });
});

describe("objections and rights", () => {
  test("a builder cannot take an objection away, somebody else can", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth("one"));
    const objection = await pull.review({
      by: "theo",
      state: "CHANGES_REQUESTED",
    });
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "action_required");
    await pull.dismissReview(objection, { by: "vera" });
    await expectAnswer(pull, "action_required");
    // GitHub's times are whole seconds.
    await pull.review({ by: "rhea", at: new Date(Date.now() + 1_000) });
    await expectAnswer(pull, "success");
  });

  test("whoever leaves the team no longer counts", async () => {
    const repository = await aRepository(gate, {
      ".vibegate.yml":
        "version: 1\nphase: commitment\nsecond-reviewer:\n  teams: [security]\n",
    });
    const team = gate.github.createTeam({
      organization: "acme",
      slug: "security",
      members: ["rhea"],
    });
    const pull = await aPull(gate, repository, auth("one"));
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "success");
    team.members.delete("rhea");
    await gate.github.deliver("membership", {
      action: "removed",
      installation: { id: gate.github.installationOn("acme").id },
    });
    await expectAnswer(pull, "action_required");
  });

  test("a group of a merge queue waits for the member that nobody approved", async () => {
    const repository = await aRepository(gate);
    const approved = await aPull(gate, repository, auth("one"));
    const other = await aPull(gate, repository, {
      "src/auth/other.ts": 'import jwt from "jsonwebtoken";\n',
    });
    await approved.review({ by: "rhea" });
    await gate.settled();
    const group = await openMergeGroup(repository, [other, approved]);
    await gate.settled();
    expect(gate.run(group.headSha, reviewerName)).toMatchObject({
      conclusion: "action_required",
      title: `Second review needed on #${String(other.number)}`,
    });
  });

  test("a changed configuration holds what was green", async () => {
    const repository = await aRepository(gate);
    const pull = await aPull(gate, repository, auth("one"));
    await pull.review({ by: "rhea" });
    await expectAnswer(pull, "success");
    await repository.commit({
      author: "root",
      files: {
        ".vibegate.yml":
          "version: 1\nphase: commitment\nsecond-reviewer:\n  required-approvals: 2\n",
      },
    });
    await expectAnswer(pull, "action_required");
  });
});
