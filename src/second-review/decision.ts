import type { Identity } from "./identity.js";

/** Why a decision is what it is; stable, for machines and for documentation. */
export type ReasonCode =
  | "not-sensitive"
  | "approved"
  | "approved-by-bypass"
  | "no-approval"
  | "approver-is-builder"
  | "approver-is-bot"
  | "approver-lacks-permission"
  | "approver-not-on-list"
  | "approval-stale"
  | "approval-dismissed"
  | "changes-requested"
  | "needs-more-approvals"
  | "unidentified-builder"
  | "comment-is-not-approval"
  | "cannot-verify"
  | "config-invalid"
  | "bypass-refused"
  | "bypass-expired"
  | "queue-member-unsatisfied";

/** What became of one review. */
export interface ReviewLine {
  readonly reviewId: number;
  readonly by?: Identity;
  readonly state: "approved" | "changes-requested" | "commented" | "pending";
  /** Whether it is one of the approvals that are needed. */
  readonly counts: boolean;
  readonly reason:
    | ReasonCode
    | "superseded"
    | "objection-withdrawn"
    | "objection-of-no-weight";
  /** One sentence. */
  readonly because: string;
  /** Head that it was given for, where that was written down. */
  readonly head?: string;
}

/** Someone who built a part of the change. */
export interface Builder {
  readonly person: Identity;
  /** Each a clause that completes "is a builder: …". */
  readonly because: readonly string[];
}

/** What is still missing. */
export interface Needed {
  /** Approvals that the change needs in all; 0 when none is required. */
  readonly approvals: number;
  /** How many of them are there. */
  readonly counted: number;
  /** People whose objection stands. */
  readonly objectors: readonly Identity[];
  /** Who may approve: logins and teams of the configuration; both empty means anyone with `minPermission`. */
  readonly reviewers: readonly string[];
  readonly teams: readonly string[];
  readonly minPermission: string;
  /** What could not be seen, each a clause. */
  readonly unverified: readonly string[];
}

/** Whether the second reviewer's rule holds, and how that came about. */
export interface Decision {
  readonly decision: "satisfied" | "pending" | "not-required";
  readonly reason: ReasonCode;
  /** Further reasons that hold as well. */
  readonly alsoReasons: readonly ReasonCode[];
  readonly enforcement: "blocking" | "advisory";
  readonly needed: Needed;
  readonly perReview: readonly ReviewLine[];
  readonly builders: readonly Builder[];
  /** Why a further builder is assumed whom nobody can name. */
  readonly unidentifiedBuilder?: string;
  /** Head that the newest counted approval was given for. */
  readonly approvedHead?: string;
  /** The bypass in force. */
  readonly bypass?: {
    readonly commentId: number;
    readonly by: Identity;
    readonly reason: string;
    /** When it ends: ISO 8601. */
    readonly until: string;
  };
}
