import { readConfigAt } from "#github/base-config.js";
import { checkRunNames } from "#github/check-run-id.js";
import { findRuns, postCompletedRun } from "#github/check-runs.js";
import { readDefaultBranch } from "#github/default-branch.js";
import { readSnapshot } from "#github/snapshot.js";
import {
  firstLookDocument,
  firstReviewerDocument,
} from "#report/first-look.js";
import { policyAt } from "./policy-for.js";
import { withBranchRules } from "./read-change.js";
import type { ReviewContext } from "./review-context.js";
import type { FirstLookWork } from "./work.js";

/**
 * Looks at a repository that the app was just installed on, and posts both runs on its default branch, completed and
 * successful: only then can they be picked as required.
 *
 * @see https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks
 */
export async function firstLook(
  work: FirstLookWork,
  context: ReviewContext,
): Promise<void> {
  const octokit = await context.octokit(work.installationId);
  const { owner, repo } = work;
  const { name: branch, tip } = await readDefaultBranch(octokit, work);
  const runs = await findRuns(
    octokit,
    { owner, repo, sha: tip.sha },
    context.appId,
  );
  const names = Object.values(checkRunNames);
  const has = (name: string) =>
    runs.some((run) => run.name === name && run.isCompleted);
  if (names.every(has)) return;
  const takenAt = context.now().toISOString();
  const look = {
    ...{ owner, repo },
    head: tip,
    commits: [],
    hasAllCommits: true,
  };
  const { checks, blobs, trees } = context;
  const needs = checks.map((check) => check.needs);
  const place = { owner, repo, branch, appId: context.appId };
  const rules = await context.branchRules.of(octokit, place);
  const snapshot = withBranchRules(
    await readSnapshot(octokit, look, needs, { blobs, trees, takenAt }),
    rules,
  );
  const config = await readConfigAt(octokit, work, tip.sha);
  const policy = await policyAt(
    octokit,
    { owner, repo, config, tip: tip.sha, branch, takenAt },
    context,
  );
  const verdict = await context.analyse(snapshot, policy.gate);
  const documents = {
    [checkRunNames.gate]: firstLookDocument(verdict, rules),
    [checkRunNames.secondReviewer]: firstReviewerDocument(),
  };
  for (const [name, document] of Object.entries(documents)) {
    const run = { owner, repo, name, sha: tip.sha, externalId: "" };
    if (!has(name)) await postCompletedRun(octokit, run, document, takenAt);
  }
  const { installationId, repositoryId } = work;
  await context.enqueue([
    { kind: "review-audit", installationId, repositoryId, owner, repo },
  ]);
}
