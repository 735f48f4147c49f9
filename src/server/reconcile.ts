import { checkRunName, parseExternalId } from "#github/check-run-id.js";
import { findRuns, isAnswer } from "#github/check-runs.js";
import { listCoveredRepositories } from "#github/installations.js";
import type { Octokit } from "#github/octokit.js";
import {
  listOpenPullRequests,
  type OpenPullRequest,
} from "#github/open-pull-requests.js";
import { readAnswered } from "./answered.js";
import { rememberRepositories } from "./installation-data.js";
import type { ReviewContext } from "./review-context.js";
import type {
  PullRequestWork,
  ReconcileInstallationWork,
  ReconcileRepositoryWork,
} from "./work.js";

/** Wishes of the reconciler wait for those of people. */
export const reconcilePriority = 1;

/** Wants a look into every repository of an installation. */
export async function reconcileInstallation(
  { installationId }: ReconcileInstallationWork,
  context: ReviewContext,
): Promise<void> {
  const octokit = await context.octokit(installationId);
  const covered = await listCoveredRepositories(
    octokit,
    context.lists,
    String(installationId),
  );
  const ids = covered.map(({ id }) => id);
  await rememberRepositories(context.records, installationId, ids);
  await context.enqueue(
    covered.map(({ id, owner, name }) => ({
      kind: "reconcile-repository",
      ...{ installationId, owner, repositoryId: id, repo: name },
    })),
  );
}

/**
 * Finds the open pull requests whose newest head has no completed answer of ours, whatever became of their events, and
 * wants them looked at.
 */
export async function reconcileRepository(
  work: ReconcileRepositoryWork,
  context: ReviewContext,
): Promise<void> {
  const octokit = await context.octokit(work.installationId);
  const asker = String(work.installationId);
  const open = await listOpenPullRequests(octokit, context.lists, asker, work);
  const wanted: PullRequestWork[] = [];
  for (const pull of open) {
    if (!(await standsAnswered(octokit, work, pull, context)))
      wanted.push(lookAt(work, pull.number));
  }
  context.log.debug(
    { open: open.length, wanted: wanted.length },
    "A repository was reconciled",
  );
  await context.enqueue(wanted, reconcilePriority);
}

function lookAt(
  work: ReconcileRepositoryWork,
  number: number,
): PullRequestWork {
  const { installationId, repositoryId, owner, repo } = work;
  return {
    kind: "pull-request",
    ...{ installationId, repositoryId, owner, repo, number },
    reasons: ["reconcile"],
    fullLook: true,
    rerun: false,
    actions: [],
  };
}

/** By our own memory, or by what GitHub shows where the memory is gone. */
async function standsAnswered(
  octokit: Octokit,
  work: ReconcileRepositoryWork,
  { number, headSha, baseRef, isOnDefaultBranch }: OpenPullRequest,
  { records, appId }: ReviewContext,
): Promise<boolean> {
  const { repositoryId, owner, repo } = work;
  const known = await readAnswered(records, { repositoryId, number });
  if (known?.headSha === headSha && known.baseRef === baseRef) return true;
  if (known) return false;
  const runs = await findRuns(octokit, { owner, repo, sha: headSha }, appId);
  const base = { ref: baseRef, isDefaultBranch: isOnDefaultBranch };
  return (["gate", "secondReviewer"] as const).every((kind) =>
    runs.some(
      (run) =>
        isAnswer(run) &&
        run.name === checkRunName(kind, base) &&
        parseExternalId(run.externalId)?.number === number,
    ),
  );
}
