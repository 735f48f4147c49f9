import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Needs } from "#gate/check.js";
import {
  checkRunName,
  externalId,
  type CheckRunKind,
} from "#github/check-run-id.js";
import {
  completeCheckRun,
  findRuns,
  openCheckRun,
} from "#github/check-runs.js";
import { findMergeBase } from "#github/merge-base.js";
import { readPullRequest } from "#github/pull-request.js";
import { pullRequestLook, readSnapshot } from "#github/snapshot.js";
import type { CheckRunDocument } from "#report/check-run-document.js";
import { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalPullRequest } from "#support/local-github/world/local-pull-request.js";
import { codeNeeds, emptyStores, octokitOf, placeOf } from "./a-look.js";

const wholeRepository: Needs = { files: ["**/*.ts"], scope: "repository" };

let github: LocalGitHub;
let stores: Awaited<ReturnType<typeof emptyStores>>;

beforeEach(async () => {
  github = await LocalGitHub.start();
  stores = await emptyStores();
});

afterEach(async () => {
  await github.stop();
  await stores.remove();
});

test("a review of 30 files takes at most 15 requests, the next push 10", async () => {
  const repository = await github.createRepository({
    owner: "acme",
    name: "shop",
    files: filesOf(0, 120, "base"),
  });
  await repository.push(
    [0, 10, 20].map((from) => ({ files: filesOf(from, from + 10, "changed") })),
    { branch: "feature" },
  );
  const pull = await repository.openPullRequest({ head: "feature" });
  const octokit = await octokitOf(github);
  const review = () => reviewOnce(octokit, pull);

  const first = await counted(review);
  await pull.push({ files: filesOf(40, 43, "pushed") });
  const second = await counted(review);

  expect(first.result.files).toHaveLength(120);
  expect(first.result.commits.map(({ files }) => files.length)).toEqual([
    10, 10, 10,
  ]);
  expect(second.result.changes).toHaveLength(33);
  expect(first.requests.length).toBeLessThanOrEqual(15);
  expect(second.requests.length).toBeLessThanOrEqual(10);
  expect(github.checkRuns(pull.headSha)).toHaveLength(2);
  expect(github.violations).toEqual([]);
});

async function counted<T>(work: () => Promise<T>) {
  const before = github.requests.length;
  const result = await work();
  const requests = github.requests
    .slice(before)
    .map(({ method, path }) => `${method} ${path}`);
  return { result, requests };
}

/** All requests of one review, in the server's order. */
async function reviewOnce(
  octokit: Awaited<ReturnType<typeof octokitOf>>,
  pull: LocalPullRequest,
) {
  const place = placeOf(pull);
  const pullRequest = await readPullRequest(octokit, place);
  const { sha } = pullRequest.head;
  const existing = await findRuns(octokit, { ...place, sha }, github.app.id);
  const open = (kind: CheckRunKind) =>
    openCheckRun(
      octokit,
      {
        ...{ owner: place.owner, repo: place.repo, sha },
        name: checkRunName(kind, pullRequest.base),
        externalId: externalId({ ...place, sha }),
      },
      { title: "Reviewing", summary: "…", startedAt: stores.takenAt },
      existing,
    );
  const runs = [await open("gate"), await open("secondReviewer")];
  const base = await findMergeBase(octokit, pullRequest);
  const snapshot = await readSnapshot(
    octokit,
    pullRequestLook(pullRequest, base),
    [codeNeeds, wholeRepository],
    stores,
  );
  for (const run of runs)
    await completeCheckRun(octokit, run, aDocument, "2026-06-01T12:01:00Z");
  return snapshot;
}

const aDocument: CheckRunDocument = {
  title: "1 advisory",
  summary: "…",
  conclusion: "neutral",
  annotations: [
    {
      path: "src/0.ts",
      lines: { start: 1, end: 1 },
      level: "warning",
      message: "wrong",
    },
  ],
};

function filesOf(from: number, to: number, word: string) {
  const numbers = Array.from({ length: to - from }, (_, n) => from + n);
  return Object.fromEntries(
    numbers.map((n) => [
      `src/part-${String(n % 9)}/${String(n)}.ts`,
      `export const value = "${word} ${String(n)}";\n`,
    ]),
  );
}
