import { webhookReview } from "../present/review.js";
import { emitReview } from "../webhooks/events.js";
import type { Account } from "./accounts.js";
import type { LocalPullRequest } from "./local-pull-request.js";
import { isoSeconds } from "./notation.js";

/** A review's state, as REST and GraphQL write it. */
export type ReviewState =
  "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";

/** A submitted review. */
export interface Review {
  readonly id: number;
  readonly author: Account;
  readonly submittedAt: string;
  state: ReviewState;
  body: string;
  /** What GitHub says it was given for; may be moved later. */
  commitId: string;
  editedAt: string | undefined;
}

/** What can be said about a new review. */
export interface ReviewOptions {
  /** Login. */
  readonly by: string;
  /** An approval unless told. */
  readonly state?: ReviewState;
  readonly body?: string;
  /** The head unless told. */
  readonly commit?: string;
  /** Now unless told. */
  readonly at?: Date;
}

/** Submits a review, and tells the app. */
export async function submitReview(
  pull: LocalPullRequest,
  options: ReviewOptions,
): Promise<Review> {
  const { world } = pull.repository;
  const at = options.at ?? world.now();
  const review: Review = {
    id: world.nextId(),
    author: world.accounts.named(options.by),
    submittedAt: isoSeconds(at),
    state: options.state ?? "APPROVED",
    body: options.body ?? "",
    commitId: options.commit ?? pull.headSha,
    editedAt: undefined,
  };
  pull.reviews.push(review);
  await emitReview(pull, "submitted", review.author, {
    review: webhookReview(pull, review),
  });
  return review;
}

/** Changes the words of a review, and tells the app. */
export async function editReview(
  pull: LocalPullRequest,
  review: Review,
  body: string,
): Promise<void> {
  const changes = { body: { from: review.body } };
  review.body = body;
  review.editedAt = pull.repository.world.timestamp();
  await emitReview(pull, "edited", review.author, {
    changes,
    review: webhookReview(pull, review),
  });
}

/** Dismisses a review, and tells the app. */
export async function dismissReview(
  pull: LocalPullRequest,
  review: Review,
  options: { readonly by: string; readonly message?: string },
): Promise<void> {
  const by = pull.repository.world.accounts.named(options.by);
  const previousState = review.state;
  review.state = "DISMISSED";
  const message = options.message ?? "No longer applies.";
  pull.record({ kind: "review-dismissed", review, previousState, message }, by);
  await emitReview(pull, "dismissed", by, {
    review: webhookReview(pull, review),
  });
}
