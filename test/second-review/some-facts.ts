import { defaultReviewPolicy, type Permission } from "#gate/review-policy.js";
import type {
  CommitFacts,
  PushFacts,
  RecordedReview,
  ReviewedFacts,
  ReviewFacts,
} from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";

/** People of the stories: Ada builds, the others have the rights that `rights` gives them. */
export const ada: Identity = { id: 1, login: "ada", type: "User" };
export const ben: Identity = { id: 2, login: "ben", type: "User" };
export const cleo: Identity = { id: 3, login: "cleo", type: "User" };
export const reader: Identity = { id: 4, login: "reader", type: "User" };
export const robot: Identity = { id: 900, login: "deploy", type: "User" };
export const devin: Identity = {
  id: 158243242,
  login: "devin-ai-integration[bot]",
  type: "Bot",
};

const rights: readonly (readonly [Identity, Permission])[] = [
  [ada, "write"],
  [ben, "write"],
  [cleo, "admin"],
  [reader, "read"],
  [robot, "write"],
];

/** A commit by one person, made on that person's machine. */
export function aCommit(
  sha: string,
  author: Identity,
  more: Partial<CommitFacts> = {},
): CommitFacts {
  return {
    sha,
    author,
    committer: author,
    coAuthors: [],
    isMerge: false,
    isFromWeb: false,
    ...more,
  };
}

/** A push whose commits are all new. */
export function aPush(
  by: Identity,
  added: readonly CommitFacts[],
  more: Partial<PushFacts> = {},
): PushFacts {
  const head = added.at(-1)?.sha ?? "";
  return { by, head, fingerprint: "diff-1", added, dropped: [], ...more };
}

/** A review at a minute of the same day. */
export function aReview(
  id: number,
  by: Identity,
  state: ReviewedFacts["state"] = "approved",
  more: Partial<ReviewedFacts> = {},
): ReviewedFacts {
  return { id, by, state, submittedAt: minute(id), ...more };
}

/** What a review approved, written down when it arrived. */
export function aRecord(
  reviewId: number,
  more: Partial<RecordedReview> = {},
): RecordedReview {
  return {
    reviewId,
    head: "a1",
    base: "main",
    fingerprint: "diff-1",
    sensitiveFingerprint: "sensitive-1",
    ...more,
  };
}

/** A time on the day of the stories. */
export function minute(count: number): string {
  return new Date(Date.UTC(2026, 5, 1, 10, count)).toISOString();
}

/** Ada changed a session file in one commit, in a repository that blocks. State only what differs. */
export function someFacts(given: Partial<ReviewFacts> = {}): ReviewFacts {
  const commit = aCommit("a1", ada);
  return {
    at: minute(59),
    config: {
      state: "valid",
      policy: {
        ...defaultReviewPolicy,
        phase: "commitment",
        machineUsers: ["deploy"],
      },
    },
    pullRequest: { number: 7, author: ada, base: "main", head: "a1" },
    fingerprint: "diff-1",
    sensitiveFingerprint: "sensitive-1",
    files: [{ path: "src/lib/auth/session.ts", categories: ["auth"] }],
    commits: [commit],
    pushes: [aPush(ada, [commit])],
    requesters: [],
    reviews: [],
    records: (given.reviews ?? []).map(({ id }) => aRecord(id)),
    accounts: rights.map(([account, permission]) => ({ account, permission })),
    twins: [],
    comments: [],
    queue: [],
    missing: [],
    ...given,
  };
}
