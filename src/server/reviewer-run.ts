import { findRuns, postCompletedRun } from "#github/check-runs.js";
import { replaceCompletedRun } from "#github/replace-run.js";
import type { Octokit } from "#github/octokit.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import { secondReviewDocument } from "#report/second-review.js";
import { decide } from "#second-review/decide.js";
import { newRun } from "./gate-run.js";
import type { ReviewContext } from "./review-context.js";
import { readReviewFacts, type ReviewSubject } from "./review-facts.js";
import type { PullRequestWork } from "./work.js";

/** Collection of the second reviewer's run on each head. */
const collection = "reviewer-runs";

interface PostedRun {
  readonly id: number;
  /** The document that it shows, as JSON; empty where that is not known. */
  readonly document: string;
}

/**
 * Decides whether somebody who did not build the change has approved it, and says so on the head. What is shown already
 * is not sent again.
 */
export async function postReviewerRun(
  octokit: Octokit,
  subject: ReviewSubject,
  context: ReviewContext,
): Promise<void> {
  const { work, pullRequest } = subject;
  const facts = await readReviewFacts(octokit, subject, context);
  const document = secondReviewDocument(decide(facts), facts.files);
  const shown = JSON.stringify(document);
  const posted = await postedRun(octokit, work, pullRequest, context);
  if (posted && !work.rerun && posted.document === shown) return;
  const at = context.now().toISOString();
  const run = newRun("secondReviewer", pullRequest);
  const { id } =
    posted && !work.rerun
      ? await replaceCompletedRun(octokit, run, posted.id, document, at)
      : await postCompletedRun(octokit, run, document, at);
  const value: PostedRun = { id, document: shown };
  await context.records.put(collection, keyOf(work, pullRequest), value, {
    fence: context.lease.fence,
  });
}

/** The run on this head, also one that an interrupted try posted without getting to write it down. */
async function postedRun(
  octokit: Octokit,
  work: PullRequestWork,
  pullRequest: PullRequest,
  { records, lease, appId }: ReviewContext,
): Promise<PostedRun | undefined> {
  const found = await records.get(collection, keyOf(work, pullRequest));
  if (found) return found.value as PostedRun;
  if (!lease.isRetry) return undefined;
  const run = newRun("secondReviewer", pullRequest);
  const runs = await findRuns(octokit, run, appId);
  const own = runs.find(
    ({ name, externalId }) =>
      name === run.name && externalId === run.externalId,
  );
  return own && { id: own.id, document: "" };
}

function keyOf(work: PullRequestWork, { head, base }: PullRequest): string {
  const { repositoryId, number } = work;
  return `${String(repositoryId)}/${String(number)}/${head.sha}/${base.ref}`;
}
