import type { Logger } from "pino";
import type { Policy } from "#gate/policy.js";
import type { ReviewPolicy } from "#gate/review-policy.js";
import type { Snapshot } from "#gate/snapshot.js";
import type { Verdict } from "#gate/verdict.js";
import type { Records } from "#queue/records.js";
import type { Lease } from "./lease.js";
import type { InstallationOctokit } from "./probot-app.js";
import type { SensitiveChange } from "./sensitive-change.js";
import type { Work } from "./work.js";

/** All that a piece of work may use. */
export interface WorkContext {
  /** Our app's number, to know our own check runs by. */
  readonly appId: number;
  readonly octokit: (installationId: number) => Promise<InstallationOctokit>;
  /** Write with `fence: lease.fence` what an older run must not overwrite. */
  readonly records: Records;
  /**
   * Judges in a thread of its own.
   *
   * @throws AnalysisError when it gave no answer within its limits.
   */
  readonly analyse: (snapshot: Snapshot, policy: Policy) => Promise<Verdict>;
  /**
   * Tells there, too, what of a change needs a second reviewer: it takes code apart, and a large change takes long.
   *
   * @throws AnalysisError when it gave no answer within its limits.
   */
  readonly classify: (
    snapshot: Snapshot,
    review: ReviewPolicy,
  ) => Promise<SensitiveChange>;
  /** Wants more work, durably. */
  readonly enqueue: (
    works: readonly Work[],
    priority?: number,
  ) => Promise<void>;
  /** A client that acts for the app itself. */
  readonly app: () => Promise<InstallationOctokit>;
  /** Drops all work of an installation, also what runs. */
  readonly dropWork: (installationId: number) => Promise<void>;
  /** The version of this server. */
  readonly version: string;
  /** A folder of this server's own, for caches that may be deleted. */
  readonly cacheDirectory: string;
  readonly lease: Lease;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Does one piece of work. What it throws decides, by class, whether and when it is tried again. */
export type Review = (work: Work, context: WorkContext) => Promise<void>;

/** Tells on GitHub that a piece of work was given up. */
export type GiveUp = (
  work: Work,
  context: WorkContext,
  error: unknown,
) => Promise<void>;
