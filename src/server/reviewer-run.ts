import { findRuns, postCompletedRun } from "#github/check-runs.js";
import { GitHubUnavailable } from "#github/failures.js";
import { replaceCompletedRun } from "#github/replace-run.js";
import type { Octokit } from "#github/octokit.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import { secondReviewDocument } from "#report/second-review.js";
import { decide } from "#second-review/decide.js";
import type { Decision } from "#second-review/decision.js";
import { askReviewer } from "./ask-reviewer.js";
import { auditBypasses } from "./bypass-audit.js";
import { newRun } from "./gate-run.js";
import type { ReviewFacts } from "#second-review/facts.js";
import type { ReviewContext } from "./review-context.js";
import { readReviewFacts } from "./review-facts.js";
import type { ReviewSubject } from "./review-subject.js";
import { lookAtTwins } from "./twin-facts.js";
import { forgetWaiting, lookAgainAt, noteWaiting } from "./waiting.js";
import type { PullRequestWork } from "./work.js";

/** Collection of the second reviewer's run on each head. */
const collection = "reviewer-runs";

interface PostedRun {
  readonly id: number;
  /** The document that it shows, as JSON; empty where that is not known. */
  readonly document: string;
}

/**
 * Decides whether somebody who did not build the change has approved it, says so on the head, and does what follows from
 * it.
 *
 * @throws GitHubUnavailable when GitHub did not show all of it yet: what is shown then is that it could not be verified.
 */
export async function postReviewerRun(
  octokit: Octokit,
  subject: ReviewSubject,
  context: ReviewContext,
): Promise<Decision> {
  const { work, pullRequest } = subject;
  const facts = await readReviewFacts(octokit, subject, context);
  const decision = decide(facts);
  await post(octokit, subject, decision, context);
  const { records } = context;
  const place = { ...work, number: pullRequest.number };
  if (decision.decision === "not-required") await forgetWaiting(records, place);
  else await noteWaiting(records, place);
  if (decision.bypass) await lookAgainAt(records, place, decision.bypass.until);
  await lookAtTwins(work, facts.twins, context);
  await auditBypasses(subject, { facts, decision }, context);
  await askReviewer(octokit, subject, { facts, decision }, context);
  if (isBehind(subject, facts, context)) throw new GitHubUnavailable(undefined);
  return decision;
}

/** Whether GitHub does not show all of it yet: its head, or a review that it told of; the latter is waited for once. */
function isBehind(
  { pullRequest, change }: ReviewSubject,
  facts: ReviewFacts,
  { lease }: ReviewContext,
): boolean {
  const { head, commits, hasAllCommits } = pullRequest;
  const isWhole = hasAllCommits && change.missing.length === 0;
  if (isWhole && !commits.some(({ sha }) => sha === head.sha)) return true;
  const shown = new Set(facts.reviews.map(({ id }) => id));
  return (
    !lease.isRetry && facts.records.some(({ reviewId }) => !shown.has(reviewId))
  );
}

/** Shows the decision on the head. What is shown already is not sent again. */
async function post(
  octokit: Octokit,
  { work, pullRequest, change }: ReviewSubject,
  decision: Decision,
  context: ReviewContext,
): Promise<void> {
  const document = secondReviewDocument(decision, change.files, {
    mayAsk: !pullRequest.isDraft,
  });
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
