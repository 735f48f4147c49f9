import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalRepository } from "#support/local-github/world/local-repository.js";

const where = { owner: "acme", repo: "shop" };

let github: LocalGitHub;
let repository: LocalRepository;
let client: Octokit;

beforeEach(async () => {
  github = await LocalGitHub.start({ webhookSecret: "s".repeat(32) });
  repository = await github.createRepository({
    name: "shop",
    files: { "a.ts": "1\n", "b.ts": "2\n" },
  });
  client = clientWith(github.issueToken("acme"));
});

afterEach(async () => {
  await github.stop();
});

function clientWith(auth: string): Octokit {
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  return new Octokit({ baseUrl: github.apiUrl, auth, log });
}

function ignore(): void {
  // Refusals are what these tests are about.
}

async function openPull() {
  await repository.commit({ branch: "feature", files: { "a.ts": "10\n" } });
  return repository.openPullRequest({ head: "feature", author: "dana" });
}

function sent(): string[] {
  return github.deliveries.map(({ event, action }) =>
    action ? `${event}.${action}` : event,
  );
}

test("refuses what a token was not granted, and what it may not see", async () => {
  const reader = clientWith(
    github.issueToken("acme", { metadata: "read", checks: "read" }),
  );
  await github.createRepository({ owner: "other", name: "secret" });
  const pull = await openPull();

  const create = reader.rest.checks.create({
    ...where,
    name: "VibeGate",
    head_sha: pull.headSha,
  });
  const read = client.rest.repos.get({ owner: "other", repo: "secret" });

  await expect(create).rejects.toMatchObject({
    status: 403,
    response: { data: { message: "Resource not accessible by integration" } },
  });
  await expect(read).rejects.toMatchObject({ status: 404 });
  github.expireTokens();
  await expect(client.rest.repos.get(where)).rejects.toMatchObject({
    status: 401,
  });
  expect(github.violations).toEqual([]);
});

test("GraphQL refuses beside the data", async () => {
  const blind = clientWith(github.issueToken("acme", { metadata: "read" }));

  const asking = blind.graphql(
    `{ repository(owner: "acme", name: "shop") { object(expression: "main:a.ts") { oid } } }`,
  );

  await expect(asking).rejects.toMatchObject({
    errors: [{ type: "FORBIDDEN" }],
  });
  const lost = client.graphql(`{ repository(owner: "x", name: "y") { id } }`);
  await expect(lost).rejects.toMatchObject({ errors: [{ type: "NOT_FOUND" }] });
  expect(github.violations).toEqual([]);
});

test("a query outside GitHub's schema is a violation", async () => {
  const asking = client.graphql(`{ repository { invented } }`);

  await expect(asking).rejects.toThrow();
  expect(github.violations).toMatchObject([{ operation: "POST /graphql" }]);
});

test("the recorded base stays while its branch moves on", async () => {
  const pull = await openPull();
  const before = await repository.sha("main");
  const after = await repository.commit({ files: { "c.ts": "3\n" } });

  const { data } = await client.rest.pulls.get({
    ...where,
    pull_number: pull.number,
  });
  const answer = await client.graphql(
    `query ($number: Int!) { repository(owner: "acme", name: "shop") {
      pullRequest(number: $number) { baseRefOid changedFiles baseRef { target { oid } } } } }`,
    { number: pull.number },
  );

  expect(data.base.sha).toBe(before);
  expect(answer).toMatchObject({
    repository: {
      pullRequest: {
        baseRefOid: before,
        baseRef: { target: { oid: after } },
        changedFiles: 1,
      },
    },
  });
});

test("the head of a fork is in the base, and check events name no pull request", async () => {
  const fork = await repository.fork("mallory");
  await fork.commit({
    branch: "gift",
    author: "mallory",
    files: { "gift.ts": "9\n" },
  });
  const pull = await repository.openPullRequest({
    head: "gift",
    fork,
    author: "mallory",
  });
  await pull.push({ files: { "gift.ts": "10\n" } });

  const tree = await client.rest.git.getTree({
    ...where,
    tree_sha: pull.headSha,
  });
  await client.rest.checks.create({
    ...where,
    name: "VibeGate",
    head_sha: pull.headSha,
  });
  await github.settled();

  expect(tree.data.tree.map(({ path }) => path)).toContain("gift.ts");
  expect(sent()).toEqual([
    "pull_request.opened",
    "pull_request.synchronize",
    "check_run.created",
  ]);
  expect(github.deliveries.at(-1)?.payload).toMatchObject({
    check_run: { pull_requests: [], check_suite: { head_branch: null } },
  });
  expect(github.violations).toEqual([]);
});

test("whatever people do is told in payloads of GitHub's shape", async () => {
  const pull = await openPull();
  await repository.commit({ branch: "next", files: {} });
  const run = await client.rest.checks.create({
    ...where,
    name: "VibeGate",
    head_sha: pull.headSha,
    conclusion: "success",
  });
  await github.settled();
  const [stored] = github.checkRuns(pull.headSha);
  const from = github.deliveries.length;

  await pull.assign("dana");
  await pull.convertToDraft();
  await pull.ready();
  await pull.retarget("next");
  await pull.retarget("main");
  await pull.retitle("Better");
  const comment = await pull.comment({ by: "rhea", body: "/vibegate help" });
  await pull.editComment(comment, "/vibegate bypass");
  await repository.rerequestRun(stored!, { by: "dana" });
  await repository.pressButton(stored!, "request_review", { by: "dana" });
  await repository.rerequestSuite(run.data.head_sha, { by: "dana" });
  await pull.close();
  await pull.reopen();
  await pull.merge({ by: "rhea" });
  await github.installing.install("acme");
  await github.installing.remove(repository);
  await github.installing.add(repository);
  await github.installing.suspend("acme");
  await github.installing.unsuspend("acme");
  await github.installing.grant("acme", { metadata: "read" });
  await github.installing.uninstall("acme");

  expect(sent().slice(from)).toEqual([
    "pull_request.assigned",
    "pull_request.converted_to_draft",
    "pull_request.ready_for_review",
    "pull_request.edited",
    "pull_request.edited",
    "pull_request.edited",
    "issue_comment.created",
    "issue_comment.edited",
    "check_run.rerequested",
    "check_run.requested_action",
    "check_suite.rerequested",
    "pull_request.closed",
    "pull_request.reopened",
    "push",
    "check_suite.requested",
    "pull_request.closed",
    "installation.created",
    "installation_repositories.removed",
    "installation_repositories.added",
    "installation.suspend",
    "installation.unsuspend",
    "installation.new_permissions_accepted",
    "installation.deleted",
  ]);
  expect(github.violations).toEqual([]);
});

test("a queue merges one pull request onto the other", async () => {
  const first = await openPull();
  await repository.commit({
    branch: "second",
    from: "main",
    files: { "b.ts": "20\n" },
  });
  const second = await repository.openPullRequest({ head: "second" });

  const group = await repository.openMergeGroup([first, second]);
  const compared = await client.rest.repos.compareCommitsWithBasehead({
    ...where,
    basehead: `${group.baseSha}...${group.headSha}`,
  });
  const { repository: answer } = await client.graphql<{ repository: unknown }>(
    `{ repository(owner: "acme", name: "shop") { mergeQueue(branch: "main") {
      entries(first: 10) { nodes { pullRequest { number } baseCommit { oid } headCommit { oid } enqueuer { login } } } } } }`,
  );

  expect(compared.data.files?.map(({ filename }) => filename)).toEqual([
    "a.ts",
    "b.ts",
  ]);
  expect(answer).toMatchObject({
    mergeQueue: {
      entries: {
        nodes: [
          { pullRequest: { number: 1 }, baseCommit: { oid: group.baseSha } },
          { pullRequest: { number: 2 }, headCommit: { oid: group.headSha } },
        ],
      },
    },
  });
  expect(sent().at(-1)).toBe("merge_group.checks_requested");
  expect(github.violations).toEqual([]);
});

test("an app without the permission for merge queues hears nothing of them", async () => {
  const pull = await openPull();
  const { permissions } = github.installationOn("acme");
  const { merge_queues: _, ...rest } = permissions;
  github.installationOn("acme").permissions = rest;

  await repository.openMergeGroup([pull]);

  expect(sent()).not.toContain("merge_group.checks_requested");
});

test("an approval can be moved to the new head, as GitHub does", async () => {
  const pull = await openPull();
  await repository.commit({ files: { "c.ts": "3\n" } });
  const review = await pull.review({ by: "rhea" });
  const approved = pull.headSha;
  await pull.updateBranch();

  expect(review.commitId).toBe(approved);
  pull.reanchorReviews();
  expect(review.commitId).toBe(pull.headSha);
  expect(await pull.files()).toMatchObject([{ path: "a.ts" }]);
  expect((await repository.read(pull.headSha)).parents).toHaveLength(2);
});

test("co-authors become accounts where their addresses are known", async () => {
  await repository.commit({
    branch: "feature",
    author: "dana",
    coAuthors: ["rhea", { name: "Claude", email: "noreply@anthropic.com" }],
    files: { "a.ts": "10\n" },
  });
  const pull = await repository.openPullRequest({ head: "feature" });

  const answer = await client.graphql(
    `query ($number: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) {
      commits(first: 1) { nodes { commit { authors(first: 10) { nodes { name user { login } } } } } } } } }`,
    { number: pull.number },
  );

  const nodes = [
    { name: "dana", user: { login: "dana" } },
    { name: "rhea", user: { login: "rhea" } },
    { name: "Claude", user: null },
  ];
  expect(answer).toMatchObject({
    repository: {
      pullRequest: {
        commits: { nodes: [{ commit: { authors: { nodes } } }] },
      },
    },
  });
});

describe("rules that only the documentation states", () => {
  const annotation = {
    path: "a.ts",
    start_line: 1,
    end_line: 1,
    annotation_level: "notice",
    message: "m",
  };
  const output = (more: object) => ({
    output: { title: "t", summary: "s", ...more },
  });
  const note = (more: object) =>
    output({ annotations: [{ ...annotation, ...more }] });
  const button = { label: "l", description: "d", identifier: "i" };

  test.each<[string, object]>([
    ["completed without a conclusion", { status: "completed" }],
    ["a conclusion that is GitHub's own", { conclusion: "stale" }],
    ["an unknown property", { colour: "red" }],
    ["a long annotation title", note({ title: "t".repeat(256) })],
    ["a long message", note({ message: "é".repeat(32_769) })],
    ["long details", note({ raw_details: "d".repeat(65_537) })],
    ["line 0", note({ start_line: 0 })],
    ["lines backwards", note({ start_line: 2 })],
    ["columns over lines", note({ end_line: 2, start_column: 1 })],
    ["a long summary", output({ summary: "s".repeat(65_536) })],
    ["a long text", output({ text: "s".repeat(65_536) })],
    ["four buttons", { actions: [button, button, button, button] }],
  ])("%s is refused", async (_, body) => {
    const creating = client.request("POST /repos/{owner}/{repo}/check-runs", {
      ...where,
      name: "VibeGate",
      head_sha: await repository.sha(),
      ...body,
    });

    await expect(creating).rejects.toMatchObject({ status: 422 });
    expect(github.violations).toHaveLength(1);
  });
});
