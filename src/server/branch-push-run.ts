import { readConfigAt } from "#github/base-config.js";
import { GitHubGone, GitHubUnavailable } from "#github/failures.js";
import type { Octokit } from "#github/octokit.js";
import { openPulls, pullsOfCommit } from "#github/pulls-of-commit.js";
import { writeAudit } from "./audit-trail.js";
import { policyAt } from "./policy-for.js";
import type { ReviewContext } from "./review-context.js";
import { reviewLook } from "./waiting.js";
import type { BranchMove, BranchPushWork } from "./work.js";

/**
 * After a push to a branch that others merge into: pull requests are held to a changed configuration, and what came in
 * without a pull request is written into the audit trail.
 */
export async function afterBranchPush(
  work: BranchPushWork,
  context: ReviewContext,
): Promise<void> {
  const octokit = await context.octokit(work.installationId);
  if (work.changesConfig) await lookAtOpenPulls(octokit, work, context);
  if (work.isDefault)
    for (const move of work.moves)
      await auditMove(octokit, work, move, context);
}

async function lookAtOpenPulls(
  octokit: Octokit,
  work: BranchPushWork,
  { enqueue }: ReviewContext,
): Promise<void> {
  const numbers = await openPulls(octokit, work, work.branch);
  if (numbers.length === 0) return;
  await enqueue(
    numbers.map((number) => ({
      ...reviewLook({ ...work, number }, "config-changed"),
      fullLook: true,
    })),
  );
}

async function auditMove(
  octokit: Octokit,
  work: BranchPushWork,
  { before, after, by, isForced, isFromWeb }: BranchMove,
  context: ReviewContext,
): Promise<void> {
  if (/^0+$/.test(before)) return;
  if (!isForced && (await isFromPull(octokit, work, after))) return;
  // GitHub may take a moment to know which pull request a merge belongs to.
  if (isFromWeb && !context.lease.isRetry)
    throw new GitHubUnavailable(undefined);
  const { owner, repo, branch } = work;
  const takenAt = context.now().toISOString();
  const config = await readConfigAt(octokit, work, before);
  const policy = await policyAt(
    octokit,
    { owner, repo, config, tip: before, branch, takenAt },
    context,
  );
  if (policy.review.phase === "exploration") return;
  const how = isForced ? "rewrote" : "pushed to";
  await writeAudit(
    context.records,
    {
      ...{ kind: "pushed-around-the-gate", at: takenAt, by: by.login },
      ...{ repository: `${owner}/${repo}`, commit: after },
      repositoryId: work.repositoryId,
      reason: `${how} ${branch} without a pull request`,
    },
    `${branch} ${before}..${after}`,
  );
}

/** Whether a merged pull request brought the commit, or will be told to have. */
async function isFromPull(
  octokit: Octokit,
  work: BranchPushWork,
  commit: string,
): Promise<boolean> {
  try {
    const pulls = await pullsOfCommit(octokit, work, commit);
    // GitHub may not call it merged yet when the push is told.
    return pulls.some(
      ({ base, isMerged, isOpen, head }) =>
        base === work.branch && (isMerged || (isOpen && head === commit)),
    );
  } catch (error) {
    if (error instanceof GitHubGone) return false;
    throw error;
  }
}
