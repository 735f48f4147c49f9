import { configNeeds } from "#config/config-paths.js";
import type { Snapshot } from "#gate/snapshot.js";
import { findMergeBase } from "#github/merge-base.js";
import type { Octokit } from "#github/octokit.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import { pullRequestLook, readSnapshot } from "#github/snapshot.js";
import type { ReviewContext } from "./review-context.js";

/** Everything that the checks need of a pull request, frozen at this moment. */
export async function readChange(
  octokit: Octokit,
  pullRequest: PullRequest,
  { checks, blobs, trees, now }: ReviewContext,
): Promise<Snapshot> {
  const needs = [...checks.map((check) => check.needs), configNeeds];
  const mergeBase = await findMergeBase(octokit, pullRequest);
  const look = pullRequestLook(pullRequest, mergeBase);
  const takenAt = now().toISOString();
  return readSnapshot(octokit, look, needs, { blobs, trees, takenAt });
}
