import { afterClose } from "./after-merge.js";
import { dayOf } from "#gate/day.js";
import { nextChangeDay } from "#gate/next-change.js";
import type { Octokit } from "#github/octokit.js";
import { readPullRequest } from "#github/pull-request.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import { awaitHead } from "./awaited-head.js";
import { answerTo, isJudged, rememberAnswered } from "./answered.js";
import {
  closeRuns,
  finishGateRun,
  forgetOpenRun,
  openGateRun,
  standingOf,
} from "./gate-run.js";
import {
  type RememberedHead,
  rememberedHead,
  rememberHead,
} from "./head-memory.js";
import { commitFacts } from "./identities.js";
import { policyFor } from "./policy-for.js";
import { configChange, withChange } from "./config-change.js";
import { readChange } from "./read-change.js";
import type { ReviewContext } from "./review-context.js";
import { postReviewerRun } from "./reviewer-run.js";
import { lookAnewOn } from "./waiting.js";
import type { PullRequestWork } from "./work.js";

/**
 * The way of a pull request through the house.
 *
 * What the webhook said is a hint: all that counts is read from GitHub now. Then everything is read, then judged, then
 * written; and nothing is written for a head that is no longer the newest.
 */
export async function reviewPullRequest(
  work: PullRequestWork,
  context: ReviewContext,
): Promise<void> {
  const octokit = await context.octokit(work.installationId);
  const pullRequest = await readPullRequest(octokit, work);
  await answerPullRequest(octokit, work, pullRequest, context);
  awaitHead(work, pullRequest, context.now().getTime());
}

async function answerPullRequest(
  octokit: Octokit,
  work: PullRequestWork,
  pullRequest: PullRequest,
  context: ReviewContext,
): Promise<void> {
  if (pullRequest.state !== "open") {
    await closeRuns(octokit, work, pullRequest, context);
    await afterClose(octokit, work, pullRequest, context);
    return;
  }
  const seen = await rememberedHead(context.records, work, pullRequest);
  const answer = answerTo(pullRequest, context.version);
  const isKnown =
    isAboutHead(work) && (await isJudged(context.records, work, answer));
  const change =
    seen && (isKnown || !work.fullLook)
      ? seen
      : await judgeChange(octokit, work, pullRequest, context);
  if (change === undefined) return;
  const takenAt = context.now().toISOString();
  const policy = await policyFor(octokit, pullRequest, takenAt, context);
  const subject = { work, pullRequest, change, policy };
  await postReviewerRun(octokit, subject, context);
  const { records, lease } = context;
  const { fence } = lease;
  // Reviews alone do not renew what the findings were answered for.
  if (work.fullLook)
    await rememberAnswered(records, work, answer, { stage: "answered", fence });
}

/** Whether the wish is for an answer to the newest head, and not for a new one to a head that has one. */
function isAboutHead({ rerun, reasons }: PullRequestWork): boolean {
  return (
    !rerun &&
    reasons.every(
      (reason) => reason === "reconcile" || reason.startsWith("pull_request."),
    )
  );
}

/**
 * Reads the change, asks every check, and posts the run with the findings.
 *
 * @returns what the second reviewer's rule has to know of it; undefined when a newer head is there.
 */
async function judgeChange(
  octokit: Octokit,
  work: PullRequestWork,
  pullRequest: PullRequest,
  context: ReviewContext,
): Promise<RememberedHead | undefined> {
  const run = await openGateRun(octokit, work, pullRequest, context);
  const snapshot = await readChange(octokit, pullRequest, context);
  const { takenAt } = snapshot;
  const policy = await policyFor(octokit, pullRequest, takenAt, context);
  const verdict = await context.analyse(snapshot, policy.gate);
  const sensitive = await context.classify(snapshot, policy.review);
  const standing = await standingOf(octokit, pullRequest, context);
  if (standing === "superseded") await reviewPullRequest(work, context);
  if (standing !== "newest") return undefined;
  const change = await configChange(snapshot, verdict, policy, context);
  const answer = { run, snapshot, verdict, policy: withChange(policy, change) };
  await finishGateRun(octokit, answer, context);
  const day = nextChangeDay(verdict, dayOf(takenAt));
  if (day !== undefined) await lookAnewOn(context.records, work, day);
  const { records, lease, version } = context;
  const seen = await rememberHead(records, work, pullRequest, {
    ...sensitive,
    seenAt: takenAt,
    baseTip: pullRequest.base.tip,
    commits: pullRequest.commits.map(commitFacts),
  });
  const judged = { stage: "judged", fence: lease.fence } as const;
  const answered = answerTo(pullRequest, version);
  await rememberAnswered(records, work, answered, judged);
  await forgetOpenRun(work, context);
  return seen;
}
