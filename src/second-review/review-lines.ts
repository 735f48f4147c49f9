import type { Assessment, PersonAssessment } from "./assessment.js";
import type { Context } from "./context.js";
import type { ReviewLine } from "./decision.js";
import type { ReviewedFacts } from "./facts.js";

type Outcome = Pick<ReviewLine, "counts" | "reason" | "because">;

/** One line for each review, in the order of submission: whether it counts, and why. */
export function reviewLines(
  { facts }: Context,
  { reviews, persons }: Assessment,
): readonly ReviewLine[] {
  return reviews.map((review) => {
    const head = facts.records.find(
      ({ reviewId }) => reviewId === review.id,
    )?.head;
    return {
      reviewId: review.id,
      ...(review.by && { by: review.by }),
      state: review.state,
      ...outcomeOf(review, persons),
      ...(head !== undefined && { head }),
    };
  });
}

function outcomeOf(
  review: ReviewedFacts,
  persons: readonly PersonAssessment[],
): Outcome {
  if (review.state === "commented" || review.state === "pending")
    return ignored("comment-is-not-approval", "Neither approves nor objects.");
  for (const { standing, approval, objection } of persons) {
    if (approval.kind === "counts" && approval.approval.review === review)
      return {
        counts: true,
        reason: "approved",
        because: approval.approval.because,
      };
    if (standing.newest !== review) continue;
    if (objection.kind !== "none") return objectionOutcome(objection);
    if (approval.kind === "refused")
      return ignored(approval.refusal.reason, approval.refusal.because);
  }
  return ignored("superseded", "A later review of the same person counts.");
}

function objectionOutcome({
  kind,
  because,
}: PersonAssessment["objection"]): Outcome {
  if (kind === "cleared") return ignored("objection-withdrawn", because);
  if (kind === "weightless") return ignored("objection-of-no-weight", because);
  return ignored(
    kind === "unverified" ? "cannot-verify" : "changes-requested",
    because,
  );
}

function ignored(reason: Outcome["reason"], because: string): Outcome {
  return { counts: false, reason, because };
}
