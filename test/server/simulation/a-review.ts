import { findRuns, postCompletedRun } from "#github/check-runs.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import type { Octokit } from "#github/octokit.js";
import { answerTo, isJudged, rememberAnswered } from "#server/answered.js";
import {
  closeRuns,
  endGateRun,
  forgetOpenRun,
  newRun,
  openGateRun,
  type RunContext,
  standingOf,
} from "#server/gate-run.js";
import type { PullRequestWork } from "#server/work.js";

const document = {
  title: "Ready",
  summary: "Nothing blocks.",
  annotations: [],
  conclusion: "success" as const,
};

/**
 * The spine of a review around its real parts: what is read and judged is left out, what is written to GitHub and to the
 * store is not.
 */
export async function reviewInModel(
  octokit: Octokit,
  work: PullRequestWork,
  context: RunContext,
): Promise<void> {
  const pullRequest = await readInModel(octokit, work);
  if (pullRequest.state !== "open") {
    await closeRuns(octokit, work, pullRequest, context);
    return;
  }
  const { records, lease } = context;
  const answer = answerTo(pullRequest, "0.0.0-test");
  if (!(await isJudged(records, work, answer))) {
    const run = await openGateRun(octokit, work, pullRequest, context);
    const standing = await standingOf(octokit, pullRequest, context);
    if (standing === "superseded") await reviewInModel(octokit, work, context);
    if (standing !== "newest") return;
    await endGateRun(octokit, { run, document }, context);
    const { fence } = lease;
    await rememberAnswered(records, work, answer, { stage: "judged", fence });
    await forgetOpenRun(work, context);
  }
  await postOnce(octokit, pullRequest, context);
  const { fence } = lease;
  await rememberAnswered(records, work, answer, { stage: "answered", fence });
}

async function postOnce(
  octokit: Octokit,
  pullRequest: PullRequest,
  { appId, now }: RunContext,
): Promise<void> {
  const run = newRun("secondReviewer", pullRequest);
  const runs = await findRuns(octokit, run, appId);
  if (runs.some(({ name }) => name === run.name)) return;
  await postCompletedRun(octokit, run, document, now().toISOString());
}

async function readInModel(
  octokit: Octokit,
  { owner, repo, number }: PullRequestWork,
): Promise<PullRequest> {
  const { data } = await octokit.request(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    { owner, repo, pull_number: number },
  );
  const { state, head } = data as {
    readonly state: string;
    readonly head: { readonly sha: string };
  };
  const base = { ref: "main", isDefaultBranch: true, tip: "t".repeat(40) };
  // Only what the parts under test look at.
  return {
    ...{ owner, repo, number, state, head, base },
    isDraft: false,
  } as unknown as PullRequest;
}
