import type { Octokit } from "#github/octokit.js";
import { readPullRequest } from "#github/pull-request.js";
import { decide } from "#second-review/decide.js";
import type { Decision } from "#second-review/decision.js";
import { rememberedHead } from "./head-memory.js";
import { policyFor } from "./policy-for.js";
import { readChange } from "./read-change.js";
import type { ReviewContext } from "./review-context.js";
import { readReviewFacts } from "./review-facts.js";
import type { PullRequestWork } from "./work.js";

/** A pull request and whether its second reviewer's rule holds now. */
export interface DecidedPullRequest {
  readonly number: number;
  readonly decision: Decision;
}

/** Decides about a pull request without writing to it; the change is read unless it was looked at before. */
export async function decidePullRequest(
  octokit: Octokit,
  work: PullRequestWork,
  context: ReviewContext,
): Promise<DecidedPullRequest> {
  const pullRequest = await readPullRequest(octokit, work);
  const policy = await policyFor(
    octokit,
    pullRequest,
    context.now().toISOString(),
    context,
  );
  const known = await rememberedHead(context.records, work, pullRequest);
  const change = known ?? (await lookAt());
  const subject = { work, pullRequest, change, policy };
  const facts = await readReviewFacts(octokit, subject, context);
  return { number: work.number, decision: decide(facts) };

  async function lookAt() {
    const snapshot = await readChange(octokit, pullRequest, context);
    const seenAt = snapshot.takenAt;
    const baseTip = pullRequest.base.tip;
    const sensitive = await context.classify(snapshot, policy.review);
    return { ...sensitive, seenAt, baseTip };
  }
}
