import { configNeeds } from "#config/config-paths.js";
import type { BranchRules } from "#gate/branch-rules.js";
import type { Needs } from "#gate/check.js";
import type { Snapshot } from "#gate/snapshot.js";
import { wantedBy } from "#gate/wanted.js";
import { findMergeBase } from "#github/merge-base.js";
import type { Octokit } from "#github/octokit.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import { pullRequestLook, readSnapshot } from "#github/snapshot.js";
import { codeOwnerNeeds } from "#model/code-owners.js";
import type { ReviewContext } from "./review-context.js";

/** Everything that the checks need of a pull request, frozen at this moment. */
export async function readChange(
  octokit: Octokit,
  pullRequest: PullRequest,
  { checks, blobs, trees, now, branchRules, appId }: ReviewContext,
): Promise<Snapshot> {
  const needs = [
    ...checks.map((check) => check.needs),
    configNeeds,
    codeOwnerNeeds,
  ];
  const mergeBase = await findMergeBase(octokit, pullRequest);
  const look = pullRequestLook(pullRequest, mergeBase);
  const takenAt = now().toISOString();
  const snapshot = await readSnapshot(octokit, look, needs, {
    ...{ blobs, trees, takenAt },
  });
  const { base } = pullRequest;
  if (!base.isDefaultBranch || !touchesRuled(snapshot, needs)) return snapshot;
  const place = { ...pullRequest, branch: base.ref, appId };
  return withBranchRules(snapshot, await branchRules.of(octokit, place));
}

/** Where a change touches nothing that the rules are judged with, they were judged before, and cost no request. */
function touchesRuled({ changes }: Snapshot, needs: readonly Needs[]): boolean {
  const { inChange } = wantedBy(needs.filter(({ branchRules: is }) => is));
  return changes.some(({ path }) => inChange(path));
}

/** The snapshot with what is enforced on its branch, where that is seen. */
export function withBranchRules(
  snapshot: Snapshot,
  branchRules: BranchRules | undefined,
): Snapshot {
  return branchRules ? Object.freeze({ ...snapshot, branchRules }) : snapshot;
}
