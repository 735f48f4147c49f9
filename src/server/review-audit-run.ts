import type { FileChange, SourceFile } from "#gate/snapshot.js";
import { checkRunNames } from "#github/check-run-id.js";
import { readConfigAt } from "#github/base-config.js";
import { postCompletedRun } from "#github/check-runs.js";
import { readDefaultBranch } from "#github/default-branch.js";
import { newestCommit } from "#github/newest-commit.js";
import type { Octokit } from "#github/octokit.js";
import { readSnapshot } from "#github/snapshot.js";
import { reviewAuditDocument } from "#report/review-audit.js";
import {
  auditReviews,
  type MergedChange,
  type ReviewAttestation,
} from "#second-review/audit.js";
import type { ChangedFileFacts } from "#second-review/facts.js";
import { mergedChange } from "./merged-change.js";
import { type PolicyInForce, policyAt } from "./policy-for.js";
import type { ReviewContext } from "./review-context.js";
import type { ReviewAuditWork } from "./work.js";

/** Sensitive files whose history is looked up: each takes a request, and each of their changes two more. */
const mostFiles = 60;

/**
 * Tells of the default branch which sensitive files nobody but their builders has looked at, and says so in the second
 * reviewer's run there.
 */
export async function auditDefaultBranch(
  work: ReviewAuditWork,
  context: ReviewContext,
): Promise<void> {
  const octokit = await context.octokit(work.installationId);
  const { owner, repo } = work;
  const branch = await readDefaultBranch(octokit, work);
  const at = context.now().toISOString();
  const { sha } = branch.tip;
  const config = await readConfigAt(octokit, work, sha);
  const policy = await policyAt(
    octokit,
    { owner, repo, config, tip: sha, branch: branch.name, takenAt: at },
    context,
  );
  const snapshot = await readSnapshot(
    octokit,
    { owner, repo, head: branch.tip, commits: [], hasAllCommits: true },
    context.checks.map(({ needs }) => needs),
    { blobs: context.blobs, trees: context.trees, takenAt: at },
  );
  const whole = { ...snapshot, changes: snapshot.files.map(added) };
  const { files } = await context.classify(whole, policy.review);
  const paths = sensitivePaths(files);
  const seen = paths.slice(0, mostFiles);
  const audited = auditReviews({
    ...{ at, paths: seen },
    changes: await changesOf(octokit, work, { paths: seen, sha }, context),
    attestations: attestationsOf(policy),
    samePerson: policy.review.samePerson,
  });
  const document = reviewAuditDocument(audited, paths.length - seen.length);
  const name = checkRunNames.secondReviewer;
  const run = { owner, repo, name, sha, externalId: "" };
  await postCompletedRun(octokit, run, document, at);
}

/** The files as they stand are sensitive where adding them would be; what steers the pipeline comes last, it is many. */
function sensitivePaths(files: readonly ChangedFileFacts[]): string[] {
  return files
    .filter(({ categories }) => categories.length > 0)
    .sort(
      (one, other) =>
        Number(one.categories.includes("control")) -
        Number(other.categories.includes("control")),
    )
    .map(({ path }) => path);
}

function added(file: SourceFile): FileChange {
  const end = file.text.split("\n").length;
  return {
    ...{ path: file.path, status: "added", after: file },
    afterObject: { mode: "100644", id: file.blobId },
    ...{ added: [{ start: 1, end }], removed: [] },
  };
}

async function changesOf(
  octokit: Octokit,
  { owner, repo }: ReviewAuditWork,
  { paths, sha }: { readonly paths: readonly string[]; readonly sha: string },
  context: ReviewContext,
): Promise<readonly MergedChange[]> {
  const known = new Map<string, Omit<MergedChange, "paths">>();
  const changes: MergedChange[] = [];
  for (const path of paths) {
    const commit = await newestCommit(octokit, { owner, repo }, path, sha);
    if (!commit) continue;
    const change =
      known.get(commit.sha) ??
      (await mergedChange({ octokit, owner, repo, context }, commit));
    known.set(commit.sha, change);
    changes.push({ ...change, paths: [path] });
  }
  return changes;
}

/** Somebody's statement to have looked at all of it. */
function attestationsOf({ gate }: PolicyInForce): ReviewAttestation[] {
  return (gate.attestations ?? [])
    .filter(({ check }) => check === "second-reviewer")
    .map(({ by, date, until, evidence }) => ({
      paths: ["**"],
      reviewer: { login: by.replace(/^@/, ""), type: "User" as const },
      ...{ commit: evidence, at: date, until },
    }));
}
