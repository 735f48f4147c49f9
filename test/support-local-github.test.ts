import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalRepository } from "#support/local-github/world/local-repository.js";
import { createNodeMiddleware, Probot, ProbotOctokit } from "probot";

let github: LocalGitHub;
let repository: LocalRepository;

beforeEach(async () => {
  github = await LocalGitHub.start({ webhookSecret: "s".repeat(32) });
  repository = await github.createRepository({
    owner: "acme",
    name: "shop",
    files: { "src/app.ts": "export {};\n", "logo.png": Buffer.from([0, 1]) },
  });
});

afterEach(async () => {
  await github.stop();
});

async function octokit() {
  const probot = new Probot({
    appId: github.app.id,
    privateKey: github.app.privateKey,
    secret: "s".repeat(32),
    baseUrl: github.apiUrl,
    logLevel: "fatal",
    Octokit: ProbotOctokit.defaults({ throttle: { enabled: false } }),
  });
  return probot.auth(github.installationOn("acme").id);
}

async function featurePull() {
  await repository.commit({
    branch: "feature",
    files: { "src/app.ts": "export const a = 1;\n" },
  });
  return repository.openPullRequest({ head: "feature", author: "dana" });
}

test("reads a pull request as Octokit does", async () => {
  const pull = await featurePull();
  const client = await octokit();
  const where = { owner: "acme", repo: "shop" };

  const { data } = await client.rest.pulls.get({
    ...where,
    pull_number: pull.number,
  });
  const files = await client.paginate(client.rest.pulls.listFiles, {
    ...where,
    pull_number: pull.number,
  });
  const tree = await client.rest.git.getTree({
    ...where,
    tree_sha: data.head.sha,
    recursive: "1",
  });

  expect(data).toMatchObject({ changed_files: 1, user: { login: "dana" } });
  expect(files).toMatchObject([{ filename: "src/app.ts", additions: 1 }]);
  expect(tree.data.tree.map(({ path }) => path)).toContain("src/app.ts");
  expect(github.violations).toEqual([]);
});

test("appends annotations, and refuses the fifty-first", async () => {
  const pull = await featurePull();
  const client = await octokit();
  const where = { owner: "acme", repo: "shop" };
  const annotation = {
    path: "src/app.ts",
    start_line: 1,
    end_line: 1,
    annotation_level: "warning" as const,
    message: "Look here.",
  };
  const output = {
    title: "One",
    summary: "One",
    annotations: Array.from({ length: 50 }, () => annotation),
  };

  const { data } = await client.rest.checks.create({
    ...where,
    name: "VibeGate",
    head_sha: pull.headSha,
    status: "in_progress",
    output,
  });
  await client.rest.checks.update({
    ...where,
    check_run_id: data.id,
    conclusion: "failure",
    output,
  });

  expect(github.checkRuns(pull.headSha)).toMatchObject([
    { name: "VibeGate", status: "completed", conclusion: "failure" },
  ]);
  expect(github.checkRuns(pull.headSha)[0]?.annotations).toHaveLength(100);
  expect(github.violations).toEqual([]);
  output.annotations.push(annotation);
  await expect(
    client.rest.checks.update({ ...where, check_run_id: data.id, output }),
  ).rejects.toMatchObject({ status: 422 });
  expect(github.violations).toMatchObject([{ kind: "request" }]);
});

describe("webhooks", () => {
  let server: Server;
  const received: { event: string; action: string }[] = [];

  beforeEach(async () => {
    received.length = 0;
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const payload = JSON.parse(Buffer.concat(parts).toString()) as {
          action?: string;
        };
        received.push({
          event: String(request.headers["x-github-event"]),
          action: payload.action ?? "",
        });
        response.writeHead(202).end();
      });
    });
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    const { port } = server.address() as AddressInfo;
    github.deliverTo = `http://127.0.0.1:${String(port)}/`;
  });

  afterEach(() => {
    server.close();
  });

  test("tell of what people do", async () => {
    const pull = await featurePull();
    await pull.push({ files: { "b.ts": "2\n" } });
    await pull.forcePush({ files: { "c.ts": "3\n" } });
    const review = await pull.review({ by: "rhea" });
    await pull.editReview(review, "Still fine.");
    await pull.dismissReview(review, { by: "dana" });
    await repository.openMergeGroup([pull]);

    expect(received.map(({ event, action }) => `${event}.${action}`)).toEqual([
      "push.",
      "check_suite.requested",
      "pull_request.opened",
      "push.",
      "check_suite.requested",
      "pull_request.synchronize",
      "push.",
      "check_suite.requested",
      "pull_request.synchronize",
      "pull_request_review.submitted",
      "pull_request_review.edited",
      "pull_request_review.dismissed",
      "merge_group.checks_requested",
    ]);
    expect(github.violations).toEqual([]);
  });
});

test("answers GraphQL as GitHub's schema says", async () => {
  const pull = await featurePull();
  await pull.review({ by: "rhea" });
  const client = await octokit();

  const answer = await client.graphql<{ repository: unknown }>(
    `query ($owner: String!, $name: String!, $number: Int!) {
      repository(owner: $owner, name: $name) {
        defaultBranchRef { name target { oid } }
        a: object(expression: "main:src/app.ts") { ... on Blob { text isBinary isTruncated byteSize } }
        b: object(expression: "main:logo.png") { ... on Blob { text isBinary byteSize } }
        gone: object(expression: "main:nothing") { oid }
        pullRequest(number: $number) {
          title state isDraft changedFiles baseRefOid headRefOid isCrossRepository
          author { login __typename }
          baseRef { target { oid } }
          commits(first: 100) { totalCount nodes { commit { oid authors(first: 10) { nodes { email user { login databaseId } } } } } }
          reviews(first: 100) { nodes { databaseId state author { login __typename ... on User { databaseId } } commit { oid } } }
          timelineItems(first: 10, itemTypes: [REVIEW_DISMISSED_EVENT]) { nodes { __typename } }
        }
        mergeQueue(branch: "main") { entries(first: 10) { nodes { pullRequest { number } } } }
      }
    }`,
    { owner: "acme", name: "shop", number: pull.number },
  );

  expect(github.violations).toEqual([]);
  expect(answer.repository).toMatchObject({
    a: { text: "export {};\n", isBinary: false, isTruncated: false },
    b: { text: null, isBinary: true, byteSize: 2 },
    gone: null,
    pullRequest: {
      headRefOid: pull.headSha,
      commits: { totalCount: 1 },
      reviews: { nodes: [{ state: "APPROVED", author: { login: "rhea" } }] },
    },
    mergeQueue: null,
  });
});

test("a real Probot hears of a pull request and writes its check run", async () => {
  const probot = new Probot({
    appId: github.app.id,
    privateKey: github.app.privateKey,
    secret: "s".repeat(32),
    baseUrl: github.apiUrl,
    logLevel: "fatal",
  });
  const middleware = await createNodeMiddleware(
    (app) => {
      app.on("pull_request.opened", async (context) => {
        await context.octokit.rest.checks.create({
          ...context.repo(),
          name: "VibeGate",
          head_sha: context.payload.pull_request.head.sha,
          status: "in_progress",
        });
      });
    },
    { probot, webhooksPath: "/hook" },
  );
  const server = createServer((request, response) => {
    void middleware(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  github.deliverTo = `http://127.0.0.1:${String(port)}/hook`;

  const pull = await featurePull();
  const opened = github.deliveries.find(({ action }) => action === "opened");
  server.close();

  expect(opened).toMatchObject({ statusCode: 200, status: "OK" });
  expect(github.checkRuns(pull.headSha)).toMatchObject([
    { name: "VibeGate", status: "in_progress" },
  ]);
  expect(github.violations).toEqual([]);
});
