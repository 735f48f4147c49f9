import {
  findRuns,
  postCompletedRun,
  completeCheckRun,
} from "#github/check-runs.js";
import { readPullRequest } from "#github/pull-request.js";
import { unfinishedCheckRun } from "#report/check-run.js";
import { newRun } from "./gate-run.js";
import { policyFor } from "./policy-for.js";
import type { ReviewContext } from "./review-context.js";
import type { Work } from "./work.js";

/**
 * Says on the pull request that its review could not be finished, and that this is not its author's fault. In the
 * commitment phase an undecided gate stays shut.
 */
export const giveUp = async (
  work: Work,
  context: ReviewContext,
): Promise<void> => {
  if (work.kind !== "pull-request") return;
  const octokit = await context.octokit(work.installationId);
  const pullRequest = await readPullRequest(octokit, work);
  if (pullRequest.state !== "open") return;
  const now = context.now().toISOString();
  const { gate, onError } = await policyFor(octokit, pullRequest, now, context);
  const reference = `${String(work.repositoryId)}-${String(work.number)}-${String(context.lease.fence)}`;
  const document = unfinishedCheckRun(gate.phase, reference, onError);
  const run = newRun("gate", pullRequest);
  const runs = await findRuns(octokit, run, context.appId);
  const open = runs.find(
    ({ isCompleted, externalId, name }) =>
      !isCompleted && externalId === run.externalId && name === run.name,
  );
  if (open) await completeCheckRun(octokit, open, document, now);
  else await postCompletedRun(octokit, run, document, now);
  const reviewer = newRun("secondReviewer", pullRequest);
  const isAnswered = runs.some(({ name }) => name === reviewer.name);
  if (!isAnswered) await postCompletedRun(octokit, reviewer, document, now);
};
