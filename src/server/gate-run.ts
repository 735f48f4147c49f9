import type { Snapshot } from "#gate/snapshot.js";
import type { Verdict } from "#gate/verdict.js";
import {
  checkRunName,
  type CheckRunKind,
  externalId,
} from "#github/check-run-id.js";
import {
  type CheckRun,
  closeSuperseded,
  completeCheckRun,
  findRuns,
  type NewRun,
  openCheckRun,
} from "#github/check-runs.js";
import { ask, type Octokit } from "#github/octokit.js";
import type { CheckRunDocument } from "#report/check-run-document.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import { crashPoint } from "./crash-point.js";
import { gateDocument } from "./gate-document.js";
import type { PolicyInForce } from "./policy-for.js";
import type { ReviewContext } from "./review-context.js";
import type { PullRequestWork } from "./work.js";

/** Collection of the runs that were opened and, as far as we know, not completed. */
const collection = "open-runs";

/** What was opened for a pull request; written before GitHub is asked, so that a crash leaves a trace. */
interface OpenRuns {
  /** When the first try began, ISO 8601: a run that was completed since is its answer. */
  readonly startedAt?: string;
  readonly sha: string;
  readonly externalId: string;
}

/** What handling a run takes. */
export type RunContext = Pick<
  ReviewContext,
  "records" | "lease" | "appId" | "now"
>;

/** A run of one kind on the head of a pull request. */
export function newRun(kind: CheckRunKind, pullRequest: PullRequest): NewRun {
  const { owner, repo, number, head, base } = pullRequest;
  return {
    owner,
    repo,
    name: checkRunName(kind, base),
    sha: head.sha,
    externalId: externalId({ owner, repo, number, sha: head.sha }),
  };
}

/**
 * Opens the run that says "in progress", and ends what an older head left open. A run that an interrupted try opened on
 * this head is gone on with.
 */
export async function openGateRun(
  octokit: Octokit,
  work: PullRequestWork,
  pullRequest: PullRequest,
  context: RunContext,
): Promise<CheckRun> {
  const run = newRun("gate", pullRequest);
  const left = await leftOpen(work, context);
  if (left && left.sha !== run.sha)
    await closeLeft(octokit, work, pullRequest, context, left);
  const mayExist = context.lease.isRetry || left?.sha === run.sha;
  const existing = mayExist ? await findRuns(octokit, run, context.appId) : [];
  const begun = left?.sha === run.sha ? left.startedAt : undefined;
  const startedAt = begun ?? context.now().toISOString();
  const { sha, externalId } = run;
  const value: OpenRuns = { sha, externalId, startedAt };
  await context.records.put(collection, keyOf(work), value);
  const progress = {
    title: "Reviewing the change",
    summary: "VibeGate reads the change and holds it against the gate.",
    startedAt,
  };
  // Who asked for a new run gets one; otherwise a run that was completed right before a crash is the answer.
  const since = work.rerun ? undefined : begun;
  const open = await openCheckRun(octokit, run, progress, existing, since);
  crashPoint("check.created");
  return open;
}

/** What a finished run says. */
export interface Answered {
  readonly run: CheckRun;
  readonly snapshot: Snapshot;
  readonly verdict: Verdict;
  readonly policy: PolicyInForce;
}

/** Completes the run with the verdict. */
export async function finishGateRun(
  octokit: Octokit,
  { run, snapshot, verdict, policy }: Answered,
  context: ReviewContext,
): Promise<void> {
  const document = gateDocument(verdict, snapshot, policy, context);
  await endGateRun(octokit, { run, document }, context);
}

/** Completes a run that is still open; one that was completed right before a crash says what is to be said already. */
export async function endGateRun(
  octokit: Octokit,
  {
    run,
    document,
  }: { readonly run: CheckRun; readonly document: CheckRunDocument },
  context: RunContext,
): Promise<void> {
  crashPoint("check.before-complete");
  if (!run.isCompleted)
    await completeCheckRun(octokit, run, document, context.now().toISOString());
  crashPoint("check.completed");
}

/** The run's answer is remembered, so that no trace of its opening is needed any more. */
export async function forgetOpenRun(
  work: PullRequestWork,
  { records }: RunContext,
): Promise<void> {
  await records.remove(collection, keyOf(work));
}

/** Ends what is still open on any head of this pull request: it was closed, or a newer head is there. */
export async function closeRuns(
  octokit: Octokit,
  work: PullRequestWork,
  pullRequest: PullRequest,
  context: RunContext,
): Promise<void> {
  const left = await leftOpen(work, context);
  if (left) await closeLeft(octokit, work, pullRequest, context, left);
}

/** Whether the head that was judged may be written to: it is the newest, there is a newer one, or the work is no longer ours. */
export async function standingOf(
  octokit: Octokit,
  pullRequest: PullRequest,
  context: RunContext,
): Promise<"newest" | "superseded" | "not-ours"> {
  if (!(await context.lease.isHeld())) return "not-ours";
  const { owner, repo, number, head, base } = pullRequest;
  const now = await ask<{
    readonly state: string;
    readonly head: { readonly sha: string };
    readonly base: { readonly ref: string };
  }>(octokit, "GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    owner,
    repo,
    pull_number: number,
  });
  const isSame =
    now.state === "open" &&
    now.head.sha === head.sha &&
    now.base.ref === base.ref;
  return isSame ? "newest" : "superseded";
}

async function leftOpen(
  work: PullRequestWork,
  { records }: RunContext,
): Promise<OpenRuns | undefined> {
  const found = await records.get(collection, keyOf(work));
  return found?.value as OpenRuns | undefined;
}

async function closeLeft(
  octokit: Octokit,
  work: PullRequestWork,
  { owner, repo, head }: PullRequest,
  context: RunContext,
  left: OpenRuns,
): Promise<void> {
  const place = { owner, repo, sha: left.sha };
  const runs = await findRuns(octokit, place, context.appId);
  const replaced = { externalId: left.externalId, by: head.sha };
  await closeSuperseded(octokit, runs, replaced, context.now().toISOString());
  await context.records.remove(collection, keyOf(work));
}

function keyOf({ repositoryId, number }: PullRequestWork): string {
  return `${String(repositoryId)}/${String(number)}`;
}
