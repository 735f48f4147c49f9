import type { Octokit } from "#github/octokit.js";
import type { PullRequest, Review } from "#github/pull-request-facts.js";
import type {
  CommentFacts,
  DismissalFacts,
  MissingFact,
  ReviewedFacts,
  ReviewFacts,
} from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";
import { accountFacts } from "./account-facts.js";
import { type CommentMemory, rememberedComments } from "./comment-record.js";
import { commitFacts, identityOf, identityOfActor } from "./identities.js";
import { listAll } from "./list-all.js";
import { EarlierHeads } from "./look-at-head.js";
import { fingerprintAtComment, recordedReviews } from "./pinned.js";
import { pushFacts } from "./push-facts.js";
import { rememberedPushes } from "./push-record.js";
import type { ReviewContext } from "./review-context.js";
import {
  reviewCollection,
  type ReviewMemory,
  reviewPrefix,
} from "./review-record.js";
import type { ReviewSubject } from "./review-subject.js";
import { readTwins } from "./twin-facts.js";

/** Gathers everything that the second reviewer's rule rests on: what GitHub says now, and what we wrote down. */
export async function readReviewFacts(
  octokit: Octokit,
  subject: ReviewSubject,
  context: ReviewContext,
): Promise<ReviewFacts> {
  const { pullRequest, change, policy } = subject;
  const { number, base, head, author } = pullRequest;
  const memories = await readMemories(subject, context);
  return {
    at: context.now().toISOString(),
    config: { state: policy.state, policy: policy.review },
    pullRequest: {
      ...{ number, base: base.ref, head: head.sha },
      ...(author && { author: identityOf(author) }),
    },
    headSeenAt: change.seenAt,
    fingerprint: change.fingerprint,
    sensitiveFingerprint: change.sensitiveFingerprint,
    files: change.files,
    commits: pullRequest.commits.map(commitFacts),
    requesters: requestersOf(pullRequest),
    reviews: pullRequest.reviews.flatMap((review) =>
      reviewed(review, pullRequest, memories.reviews),
    ),
    ...(await weighed(octokit, subject, context, memories)),
    queue: [],
    missing: missingFacts(subject),
  };
}

interface Memories {
  readonly reviews: readonly ReviewMemory[];
  readonly comments: Awaited<ReturnType<typeof rememberedComments>>;
}

async function readMemories(
  { work: { repositoryId, number } }: ReviewSubject,
  { records }: ReviewContext,
): Promise<Memories> {
  const prefix = reviewPrefix(repositoryId, number);
  const found = await listAll(records, reviewCollection, prefix);
  return {
    reviews: found.map(({ value }) => value as ReviewMemory),
    comments: await rememberedComments(records, repositoryId, number),
  };
}

type Weighed = Pick<
  ReviewFacts,
  "pushes" | "records" | "accounts" | "twins" | "comments"
>;

/** The part that matters only where a review is needed, and that takes looking further. */
async function weighed(
  octokit: Octokit,
  subject: ReviewSubject,
  context: ReviewContext,
  memories: Memories,
): Promise<Weighed> {
  const { work, pullRequest, change, policy } = subject;
  const isSensitive = change.files.some((file) => file.categories.length > 0);
  if (!isSensitive)
    return { pushes: [], records: [], accounts: [], twins: [], comments: [] };
  const approvals = memories.reviews.filter(isApproval);
  const isAgreedTo =
    memories.comments.length + approvals.length > 0 ||
    pullRequest.reviews.some(({ state }) => state === "approved");
  const heads = new EarlierHeads(octokit, subject, context, isAgreedTo);
  const comments = await commentFacts(memories.comments, heads, {
    subject,
    context,
  });
  const { head } = pullRequest;
  const pushes = await rememberedPushes(context.records, work.repositoryId, {
    number: work.number,
    ...(!head.isFork && { branch: head.ref }),
  });
  return {
    records: await recordedReviews(approvals, heads, subject, context),
    pushes: await pushFacts(pullRequest, pushes, heads),
    accounts: await accountFacts(
      [...decidersOf(pullRequest), ...comments.flatMap(({ by }) => by ?? [])],
      {
        ...{ octokit, repository: pullRequest, policy: policy.review },
        permissions: context.permissions,
      },
    ),
    twins: await readTwins(octokit, subject, context),
    comments,
  };
}

function isApproval({ action, state }: ReviewMemory): boolean {
  return action === "submitted" && state.toLowerCase() === "approved";
}

async function commentFacts(
  memories: Memories["comments"],
  heads: EarlierHeads,
  { subject, context }: { subject: ReviewSubject; context: ReviewContext },
): Promise<CommentFacts[]> {
  const all: CommentFacts[] = [];
  for (const memory of memories) {
    const fingerprint = await fingerprintAtComment(
      memory,
      heads,
      subject,
      context,
    );
    all.push(commentOf(memory, fingerprint));
  }
  return all;
}

function commentOf(
  {
    id,
    by,
    line,
    at,
    isTouched,
  }: CommentMemory & { readonly isTouched: boolean },
  fingerprint: string | undefined,
): CommentFacts {
  return {
    ...{ id, body: line, at, isEdited: isTouched },
    ...(by && { by: identityOfActor(by) }),
    ...(fingerprint !== undefined && { fingerprint }),
  };
}

function decidersOf({ reviews }: PullRequest): readonly Identity[] {
  return reviews.flatMap(({ author, state }) =>
    author && state !== "commented" && state !== "pending"
      ? [identityOf(author)]
      : [],
  );
}

/**
 * Who is assigned, and who assigned somebody else: an agent's pull request is theirs, and naming a colleague does not
 * make the one who names him a stranger to it.
 */
function requestersOf({
  assignees,
  assignments,
}: PullRequest): readonly Identity[] {
  const assigners = assignments.flatMap(({ actor, assignee }) =>
    actor?.type === "User" && actor.login !== assignee?.login ? [actor] : [],
  );
  const assigned = assignments.flatMap(({ assignee }) => assignee ?? []);
  return [...assignees, ...assigned, ...assigners].map(identityOf);
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
