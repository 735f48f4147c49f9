import type { z } from "zod";
import type { RecordWrite } from "#queue/records.js";
import type { reviewEvent } from "./payloads.js";
import type { IncomingEvent } from "./wishes.js";

/** Collection that the memories of reviews are kept in. */
export const reviewCollection = "reviews";

/** What a review said at the time it was given. GitHub keeps the review, but not what stood there when it was given. */
export interface ReviewMemory {
  readonly reviewId: number;
  /** Absent when the account was deleted. */
  readonly user?: { readonly id: number; readonly login: string };
  readonly action: string;
  /** `approved`, `changes_requested`, `commented` or `dismissed`. */
  readonly state: string;
  /** Head of the pull request when the event was sent. */
  readonly headSha: string;
  /** Commit that the reviewer had before his eyes, as GitHub tells it. */
  readonly commitId?: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly submittedAt?: string;
  /** Who caused the event: for a dismissal not the reviewer. */
  readonly sender: { readonly id: number; readonly login: string };
  readonly deliveryId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** Begin of the keys of all memories of one pull request. */
export function reviewPrefix(repositoryId: number, number: number): string {
  return `${String(repositoryId)}/${String(number)}/`;
}

/** What to remember of a review event. The first word on a submission stays: a replay must not move an approval to another head. */
export function reviewRecord(
  payload: z.infer<typeof reviewEvent>,
  event: IncomingEvent,
): RecordWrite {
  const { action, repository, pull_request: pull } = payload;
  const prefix = reviewPrefix(repository.id, pull.number);
  return {
    collection: reviewCollection,
    key: `${prefix}${String(payload.review.id)}/${action}`,
    value: memoryOf(payload, event),
    onlyIfAbsent: action === "submitted",
  };
}

function memoryOf(
  { action, pull_request: pull, review, sender }: z.infer<typeof reviewEvent>,
  event: IncomingEvent,
): ReviewMemory {
  return {
    reviewId: review.id,
    ...(review.user ? { user: review.user } : {}),
    action,
    state: review.state,
    headSha: pull.head.sha,
    ...(review.commit_id ? { commitId: review.commit_id } : {}),
    baseRef: pull.base.ref,
    baseSha: pull.base.sha,
    ...(review.submitted_at ? { submittedAt: review.submitted_at } : {}),
    sender,
    deliveryId: event.id,
    receivedAt: event.receivedAt,
  };
}
