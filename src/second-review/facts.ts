import type {
  Permission,
  ReviewPolicy,
  SensitiveCategory,
} from "#gate/review-policy.js";
import type { Identity } from "./identity.js";

/** A commit and everyone whom it names. */
export interface CommitFacts {
  readonly sha: string;
  readonly author?: Identity;
  readonly committer?: Identity;
  readonly coAuthors: readonly Identity[];
  /** More than one parent. */
  readonly isMerge: boolean;
  /** Made and signed by GitHub's web pages. */
  readonly isFromWeb: boolean;
}

/** One push to the head branch, written down when it arrived. The first one has neither `before` nor dropped commits. */
export interface PushFacts {
  /** Who pushed; absent when nobody told us. */
  readonly by?: Identity;
  readonly head: string;
  /** Fingerprint of the diff before the push, against the same base. */
  readonly fingerprintBefore?: string;
  /** Fingerprint of the diff after the push. */
  readonly fingerprint?: string;
  /** Commits of the pull request that it lacked before. */
  readonly added: readonly CommitFacts[];
  /** Commits of the pull request that a forced push took away. */
  readonly dropped: readonly CommitFacts[];
}

/** A review as GitHub has it, with what became of it. */
export interface ReviewedFacts {
  readonly id: number;
  /** Absent when the account was deleted. */
  readonly by?: Identity;
  /** As submitted; a dismissal does not change it. */
  readonly state: "approved" | "changes-requested" | "commented" | "pending";
  /** ISO 8601. */
  readonly submittedAt: string;
  /** Commit that GitHub reports now. It moves by itself, so it is believed only beside other evidence. */
  readonly reportedCommit?: string;
  readonly dismissal?: DismissalFacts;
}

/** That a review was dismissed. */
export interface DismissalFacts {
  /** Absent when nobody told us; counts as a builder then. */
  readonly by?: Identity;
  /** ISO 8601. */
  readonly at: string;
}

/** What was approved, written down when the review arrived: GitHub does not keep it. */
export interface RecordedReview {
  readonly reviewId: number;
  /** Head in the event, or the head that the branch provably had when the review was submitted. */
  readonly head: string;
  readonly base: string;
  readonly fingerprint: string;
  /** Fingerprint over the sensitive files alone. */
  readonly sensitiveFingerprint: string;
}

/** What an account may do now. */
export interface AccountFacts {
  readonly account: Identity;
  /** Effective permission; absent when it could not be read. */
  readonly permission?: Permission;
  /** Slugs of the configured teams in which the membership is active; absent when they could not be read. */
  readonly teams?: readonly string[];
}

/** Another open pull request. */
export interface TwinFacts {
  readonly number: number;
  readonly author?: Identity;
  readonly base: string;
  readonly head: string;
  /** Further builders that its own history shows. */
  readonly builders?: readonly Identity[];
}

/** A comment in the conversation. */
export interface CommentFacts {
  readonly id: number;
  readonly by?: Identity;
  readonly body: string;
  /** ISO 8601. */
  readonly at: string;
  /** Whether anyone has changed its text since. */
  readonly isEdited: boolean;
  /** Fingerprint of the diff when it was written. */
  readonly fingerprint?: string;
}

/** Another pull request that the merge queue would land together with this one. */
export interface QueueMember {
  readonly number: number;
  /** Absent when it could not be told. */
  readonly decision?: "satisfied" | "pending" | "not-required";
}

/** A changed file and why it is sensitive; no category means that it is not. */
export interface ChangedFileFacts {
  readonly path: string;
  readonly categories: readonly SensitiveCategory[];
}

/** Something that should be known and is not. */
export interface MissingFact {
  /**
   * `files`, `head` and `config` decide whether a review is needed at all; `commits` and `reviews` matter only where it
   * is.
   */
  readonly what: "files" | "head" | "config" | "commits" | "reviews";
  /** A clause that completes "cannot verify: …". */
  readonly because: string;
}

/** The configuration at the tip of the base branch. */
export interface ConfigFacts {
  /** What became of the file itself: an invalid one is told as a reason. */
  readonly state: "valid" | "missing" | "invalid";
  /** What is in force, whatever became of the file. */
  readonly policy: ReviewPolicy;
}

/** Everything that the decision rests on, as plain data. */
export interface ReviewFacts {
  /** When this is decided: ISO 8601. The only clock. */
  readonly at: string;
  readonly config: ConfigFacts;
  readonly pullRequest: {
    readonly number: number;
    /** Absent when the account was deleted. */
    readonly author?: Identity;
    readonly base: string;
    readonly head: string;
  };
  /** When a server first saw the present head: ISO 8601. Never a date out of git. */
  readonly headSeenAt?: string;
  readonly fingerprint: string;
  readonly sensitiveFingerprint: string;
  readonly files: readonly ChangedFileFacts[];
  /** All commits between base and head. */
  readonly commits: readonly CommitFacts[];
  readonly pushes: readonly PushFacts[];
  /** Assignees and those who asked an agent for this change. */
  readonly requesters: readonly Identity[];
  readonly reviews: readonly ReviewedFacts[];
  readonly records: readonly RecordedReview[];
  readonly accounts: readonly AccountFacts[];
  readonly twins: readonly TwinFacts[];
  readonly comments: readonly CommentFacts[];
  /** The other members of the merge queue's group, where the decision is about one. */
  readonly queue: readonly QueueMember[];
  readonly missing: readonly MissingFact[];
}
