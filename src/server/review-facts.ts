import type { Permission, ReviewPolicy } from "#gate/review-policy.js";
import type { Octokit } from "#github/octokit.js";
import type { Permissions } from "#github/permissions.js";
import type {
  Account,
  CommitPerson,
  PullRequest,
  PullRequestCommit,
  Review,
} from "#github/pull-request-facts.js";
import type {
  AccountFacts,
  CommitFacts,
  DismissalFacts,
  MissingFact,
  RecordedReview,
  ReviewedFacts,
  ReviewFacts,
} from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";
import { headAt, type RememberedHead } from "./head-memory.js";
import type { PolicyInForce } from "./policy-for.js";
import type { ReviewContext } from "./review-context.js";
import {
  reviewCollection,
  type ReviewMemory,
  reviewPrefix,
} from "./review-record.js";
import type { PullRequestWork } from "./work.js";

/** What the facts are gathered about. */
export interface ReviewSubject {
  readonly work: PullRequestWork;
  readonly pullRequest: PullRequest;
  readonly change: RememberedHead;
  readonly policy: PolicyInForce;
}

/** Gathers everything that the second reviewer's rule rests on: what GitHub says now, and what we wrote down. */
export async function readReviewFacts(
  octokit: Octokit,
  subject: ReviewSubject,
  context: ReviewContext,
): Promise<ReviewFacts> {
  const { work, pullRequest, change, policy } = subject;
  const memories = await readMemories(work, context);
  const isSensitive = change.files.some((file) => file.categories.length > 0);
  const reviews = pullRequest.reviews.flatMap((review) =>
    reviewed(review, pullRequest, memories),
  );
  return {
    at: context.now().toISOString(),
    config: { state: policy.state, policy: policy.review },
    pullRequest: {
      number: pullRequest.number,
      base: pullRequest.base.ref,
      head: pullRequest.head.sha,
      ...(pullRequest.author && { author: identityOf(pullRequest.author) }),
    },
    headSeenAt: change.seenAt,
    fingerprint: change.fingerprint,
    sensitiveFingerprint: change.sensitiveFingerprint,
    files: change.files,
    commits: pullRequest.commits.map(commitFacts),
    pushes: [],
    requesters: [],
    reviews,
    records: await recordedReviews(memories, subject, context),
    accounts: isSensitive
      ? await accountsOf(
          octokit,
          pullRequest,
          policy.review,
          context.permissions,
        )
      : [],
    twins: [],
    comments: [],
    queue: [],
    missing: missingFacts(subject),
  };
}

async function readMemories(
  { repositoryId, number }: PullRequestWork,
  { records }: ReviewContext,
): Promise<readonly ReviewMemory[]> {
  const prefix = reviewPrefix(repositoryId, number);
  const found = await records.list(reviewCollection, { prefix });
  return found.map(({ value }) => value as ReviewMemory);
}

/** What each approval approved: the head in its event, and what we found that head to change. */
async function recordedReviews(
  memories: readonly ReviewMemory[],
  { work, pullRequest, change }: ReviewSubject,
  { records }: ReviewContext,
): Promise<RecordedReview[]> {
  const submitted = memories.filter(({ action }) => action === "submitted");
  const all = submitted.map(
    async ({ reviewId, headSha, baseRef }): Promise<RecordedReview[]> => {
      const isNow =
        headSha === pullRequest.head.sha && baseRef === pullRequest.base.ref;
      const seen = isNow
        ? change
        : await headAt(records, work, headSha, baseRef);
      if (!seen) return [];
      const { fingerprint, sensitiveFingerprint } = seen;
      return [
        {
          reviewId,
          head: headSha,
          base: baseRef,
          fingerprint,
          sensitiveFingerprint,
        },
      ];
    },
  );
  return (await Promise.all(all)).flat();
}

function reviewed(
  review: Review,
  { dismissals }: PullRequest,
  memories: readonly ReviewMemory[],
): ReviewedFacts[] {
  const { id, submittedAt, author, commit } = review;
  if (id === undefined || submittedAt === undefined) return [];
  const dismissal = dismissals.find(({ reviewId }) => reviewId === id);
  const state = submittedState(review, dismissal?.previousState, memories);
  const facts: DismissalFacts | undefined =
    review.state === "dismissed"
      ? {
          at: dismissal?.at ?? submittedAt,
          ...(dismissal?.actor && { by: identityOf(dismissal.actor) }),
        }
      : undefined;
  return [
    {
      id,
      state,
      submittedAt,
      ...(author && { by: identityOf(author) }),
      ...(commit !== undefined && { reportedCommit: commit }),
      ...(facts && { dismissal: facts }),
    },
  ];
}

/** GitHub overwrites the state of a review that is dismissed; what it was stands in the timeline or in our memory. */
function submittedState(
  { id, state }: Review,
  previous: string | undefined,
  memories: readonly ReviewMemory[],
): ReviewedFacts["state"] {
  if (state !== "dismissed") return state;
  const memory = memories.find(
    ({ reviewId, action }) => reviewId === id && action === "submitted",
  );
  const was = (previous ?? memory?.state ?? "approved").replace("_", "-");
  return was === "changes-requested" || was === "commented" ? was : "approved";
}

function commitFacts(commit: PullRequestCommit): CommitFacts {
  const [author, ...coAuthors] = commit.authors.map(personOf);
  const isFromWeb = commit.committer?.email === "noreply@github.com";
  return {
    sha: commit.sha,
    coAuthors,
    isMerge: commit.parents.length > 1,
    isFromWeb,
    ...(author && { author }),
    ...(commit.committer && { committer: personOf(commit.committer) }),
  };
}

async function accountsOf(
  octokit: Octokit,
  pullRequest: PullRequest,
  policy: ReviewPolicy,
  permissions: Permissions,
): Promise<AccountFacts[]> {
  const deciders = new Map<string, Account>();
  for (const { author, state } of pullRequest.reviews)
    if (author?.type === "User" && state !== "commented" && state !== "pending")
      deciders.set(author.login, author);
  const all = [...deciders.values()].map(
    async (account): Promise<AccountFacts> => {
      const role = await permissions.roleOf(
        octokit,
        pullRequest,
        account.login,
      );
      const teams = await teamsOf(octokit, pullRequest, policy, {
        permissions,
        login: account.login,
      });
      return {
        account: identityOf(account),
        permission: role satisfies Permission,
        ...(teams && { teams }),
      };
    },
  );
  return Promise.all(all);
}

async function teamsOf(
  octokit: Octokit,
  { owner }: PullRequest,
  { teams }: ReviewPolicy,
  who: { readonly permissions: Permissions; readonly login: string },
): Promise<string[] | undefined> {
  const memberships = await Promise.all(
    teams.map(async (slug) => ({
      slug,
      isMember: await who.permissions.isMember(
        octokit,
        { org: owner, slug },
        who.login,
      ),
    })),
  );
  if (memberships.some(({ isMember }) => isMember === undefined))
    return undefined;
  return memberships.flatMap(({ slug, isMember }) => (isMember ? [slug] : []));
}

function missingFacts({ pullRequest, change }: ReviewSubject): MissingFact[] {
  const missing: MissingFact[] = change.missing.map((because) => ({
    what: "files",
    because,
  }));
  if (!pullRequest.hasAllCommits)
    missing.push({
      what: "commits",
      because: "it has more commits than GitHub lists",
    });
  if (pullRequest.commits.some(({ hasAllAuthors }) => !hasAllAuthors))
    missing.push({
      what: "commits",
      because: "a commit has more authors than GitHub lists",
    });
  return missing;
}

function identityOf({ login, id, type }: Account): Identity {
  return {
    login,
    type: type === "Bot" ? "Bot" : "User",
    ...(id !== undefined && { id }),
  };
}

function personOf({ email, account }: CommitPerson): Identity {
  return account
    ? { ...identityOf(account), email }
    : { email, type: "Unknown" };
}
