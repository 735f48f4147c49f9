import { compareCommits, type Comparison } from "#github/merge-base.js";
import { readMergeQueue } from "#github/merge-queue.js";
import { checkRunNames, externalId } from "#github/check-run-id.js";
import { findRuns, postCompletedRun } from "#github/check-runs.js";
import { readConfigAt } from "#github/base-config.js";
import type { Octokit } from "#github/octokit.js";
import { readSnapshot } from "#github/snapshot.js";
import { mergeQueueDocument } from "#report/merge-queue.js";
import { decidePullRequest } from "./decide-pull-request.js";
import { gateDocument } from "./gate-document.js";
import { policyAt } from "./policy-for.js";
import type { ReviewContext } from "./review-context.js";
import type { MergeGroupWork, PullRequestWork } from "./work.js";

/**
 * Answers a merge queue: the findings are judged anew on what the group adds to its base, and the second reviewer's
 * answer is carried over from the group's pull requests.
 */
export async function reviewMergeGroup(
  work: MergeGroupWork,
  context: ReviewContext,
): Promise<void> {
  const octokit = await context.octokit(work.installationId);
  const place = { owner: work.owner, repo: work.repo };
  const range = await compareCommits(
    octokit,
    place,
    work.baseSha,
    work.headSha,
  );
  const existing = context.lease.isRetry
    ? await findRuns(octokit, { ...place, sha: work.headSha }, context.appId)
    : [];
  const has = (name: string) =>
    existing.some((run) => run.name === name && run.isCompleted);
  if (!has(checkRunNames.gate)) await judgeGroup(octokit, work, range, context);
  if (has(checkRunNames.secondReviewer)) return;
  const members = await membersOf(octokit, work, range.commits);
  const decisions = await Promise.all(
    members.map((number) =>
      decidePullRequest(octokit, memberOf(work, number), context),
    ),
  );
  await postCompletedRun(
    octokit,
    runOf(work, "secondReviewer"),
    mergeQueueDocument(decisions),
    context.now().toISOString(),
  );
}

/** The look that a member of the group would get by itself. */
function memberOf(work: MergeGroupWork, number: number): PullRequestWork {
  const { installationId, repositoryId, owner, repo } = work;
  return {
    kind: "pull-request",
    ...{ installationId, repositoryId, owner, repo, number },
    reasons: [],
    fullLook: false,
    rerun: false,
    actions: [],
  };
}

async function judgeGroup(
  octokit: Octokit,
  work: MergeGroupWork,
  { mergeBase, commits, hasAllCommits }: Comparison,
  context: ReviewContext,
): Promise<void> {
  const place = { owner: work.owner, repo: work.repo };
  const takenAt = context.now().toISOString();
  const look = {
    ...place,
    head: { sha: work.headSha },
    base: mergeBase,
    commits,
    hasAllCommits,
  };
  const { checks, blobs, trees } = context;
  const needs = checks.map((check) => check.needs);
  const snapshot = await readSnapshot(octokit, look, needs, {
    blobs,
    trees,
    takenAt,
  });
  const config = await readConfigAt(octokit, place, work.baseSha);
  const branch = work.baseRef.replace(/^refs\/heads\//, "");
  const policy = await policyAt(
    octokit,
    { ...place, config, tip: work.baseSha, branch, takenAt },
    context,
  );
  const verdict = await context.analyse(snapshot, policy.gate);
  const document = gateDocument(verdict, snapshot, policy, context);
  await postCompletedRun(octokit, runOf(work, "gate"), document, takenAt);
}

/** Rules refer to the names without a branch: a queue has one base only. */
function runOf(work: MergeGroupWork, kind: keyof typeof checkRunNames) {
  const { owner, repo, headSha: sha } = work;
  const number = numberIn(work.headRef) ?? 0;
  return {
    owner,
    repo,
    sha,
    name: checkRunNames[kind],
    externalId: externalId({ owner, repo, number, sha }),
  };
}

/** The pull requests of a group: the queue's entries whose commits lie between its base and its head. */
async function membersOf(
  octokit: Octokit,
  work: MergeGroupWork,
  commits: readonly { readonly sha: string }[],
): Promise<number[]> {
  const own = new Set(commits.map(({ sha }) => sha)).add(work.headSha);
  const branch = work.baseRef.replace(/^refs\/heads\//, "");
  const queue = await readMergeQueue(octokit, work, branch);
  const members = queue.filter(
    ({ head }) => head !== undefined && own.has(head),
  );
  const named = numberIn(work.headRef);
  const numbers = members.map(({ number }) => number);
  return named === undefined || numbers.includes(named)
    ? numbers
    : [...numbers, named];
}

/**
 * The last pull request of a group stands in the name of its ref, `gh-readonly-queue/BASE/pr-NUMBER-SHA`.
 *
 * @see https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
function numberIn(headRef: string): number | undefined {
  const number = /\/pr-(\d{1,10})-[0-9a-f]+$/.exec(headRef)?.[1];
  return number === undefined ? undefined : Number(number);
}
