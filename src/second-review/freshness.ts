import type { Context } from "./context.js";
import type { RecordedReview, ReviewedFacts } from "./facts.js";

/** Whether an approval is for what stands there now. */
export interface Freshness {
  readonly isFresh: boolean;
  /** A sentence. */
  readonly because: string;
  /** Head that was approved, where it is known. */
  readonly head?: string;
}

/**
 * Approvals follow content. What was approved is what was written down when the review arrived; the commit that GitHub
 * reports moves along with later pushes and the dates in git are the builder's to choose, so neither is believed alone.
 */
export function freshnessOf(
  context: Context,
  review: ReviewedFacts,
): Freshness {
  const records = context.facts.records.filter(
    ({ reviewId }) => reviewId === review.id,
  );
  const [first] = records;
  if (first === undefined) return unrecorded(context, review);
  const isFresh = records.every((record) => isCurrent(context, record));
  return {
    isFresh,
    head: first.head,
    because: isFresh
      ? "Approved this diff."
      : `Approved another diff, at ${first.head.slice(0, 7)}.`,
  };
}

function isCurrent(
  { facts, policy }: Context,
  record: RecordedReview,
): boolean {
  const isSameDiff = record.fingerprint === facts.fingerprint;
  if (policy.staleOn === "sensitive-change")
    return record.sensitiveFingerprint === facts.sensitiveFingerprint;
  if (policy.staleOn === "any-push")
    return isSameDiff && record.head === facts.pullRequest.head;
  return isSameDiff;
}

/** Without a record: only where the present head was seen before the review, and the review still names it. */
function unrecorded({ facts }: Context, review: ReviewedFacts): Freshness {
  const { head } = facts.pullRequest;
  const seen = Date.parse(facts.headSeenAt ?? "");
  if (review.reportedCommit === head && seen < Date.parse(review.submittedAt))
    return { isFresh: true, head, because: "Approved the present head." };
  return {
    isFresh: false,
    because: "What it approved was not recorded, so it cannot count.",
  };
}
