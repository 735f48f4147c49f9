import { checkRunName } from "#github/check-run-id.js";
import { findRuns } from "#github/check-runs.js";
import type { Octokit } from "#github/octokit.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import { decide } from "#second-review/decide.js";
import { forgetRequests } from "./ask-reviewer.js";
import { closeFollowUps, writeAudit } from "./audit-trail.js";
import { rememberedHead } from "./head-memory.js";
import { rememberedMerge } from "./merge-record.js";
import { policyFor } from "./policy-for.js";
import type { ReviewContext } from "./review-context.js";
import { readReviewFacts } from "./review-facts.js";
import { forgetWaiting } from "./waiting.js";
import type { PullRequestWork } from "./work.js";

/** Conclusions with which GitHub lets a required check pass. */
const passing: readonly (string | undefined)[] = [
  "neutral",
  "skipped",
  "success",
];

/**
 * After a pull request was closed: a merge that our checks did not let pass is written into the audit trail, and a review
 * that comes afterwards closes what is open there.
 */
export async function afterClose(
  octokit: Octokit,
  work: PullRequestWork,
  pullRequest: PullRequest,
  context: ReviewContext,
): Promise<void> {
  await forgetWaiting(context.records, work);
  await forgetRequests(context, work);
  if (pullRequest.state !== "merged") return;
  await auditMerge(octokit, work, pullRequest, context);
  await followUp(octokit, work, pullRequest, context);
}

async function auditMerge(
  octokit: Octokit,
  { repositoryId, number }: PullRequestWork,
  { owner, repo, head, base }: PullRequest,
  { records, appId, now }: ReviewContext,
): Promise<void> {
  const merge = await rememberedMerge(records, repositoryId, number);
  if (!merge) return;
  const place = { owner, repo, sha: merge.head };
  const runs = await findRuns(octokit, place, appId);
  const names = (["gate", "secondReviewer"] as const).map((kind) =>
    checkRunName(kind, base),
  );
  const blocked = names.filter((name) => {
    const newest = runs.find((run) => run.name === name);
    return !passing.includes(newest?.conclusion);
  });
  if (blocked.length === 0) return;
  await writeAudit(
    records,
    {
      kind: "merged-around-the-gate",
      at: merge.at ?? now().toISOString(),
      ...{ repository: `${owner}/${repo}`, repositoryId },
      ...{ pullRequest: number, commit: merge.head },
      ...(merge.by && { by: merge.by.login }),
      reason: `merged into ${merge.base} while not green: ${blocked.join(", ")}`,
      followUp: { state: "open" },
    },
    head.sha,
  );
}

/** A review after the merge counts as any other does: by somebody who did not build it, for what was merged. */
async function followUp(
  octokit: Octokit,
  work: PullRequestWork,
  pullRequest: PullRequest,
  context: ReviewContext,
): Promise<void> {
  const isReview = work.reasons.some((reason) =>
    reason.startsWith("pull_request_review."),
  );
  const change = await rememberedHead(context.records, work, pullRequest);
  if (!isReview || !change) return;
  const now = context.now().toISOString();
  const policy = await policyFor(octokit, pullRequest, now, context);
  const subject = { work, pullRequest, change, policy };
  const facts = await readReviewFacts(octokit, subject, context);
  const { perReview } = decide({ ...facts, comments: [] });
  const by = perReview.find(({ counts }) => counts)?.by?.login;
  if (by === undefined) return;
  const { repositoryId, number } = work;
  const place = { repositoryId, pullRequest: number };
  await closeFollowUps(context.records, place, { by, at: now });
}
