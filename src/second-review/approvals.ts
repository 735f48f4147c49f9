import type { Builders } from "./builders.js";
import type { Context } from "./context.js";
import { refusalOf, type Refusal } from "./eligibility.js";
import type { ReviewedFacts } from "./facts.js";
import { freshnessOf, type Freshness } from "./freshness.js";
import type { Standing } from "./standings.js";

/** An approval that is one of those that are needed. */
export interface CountedApproval {
  readonly review: ReviewedFacts;
  /** Head that was approved, where it is known. */
  readonly head?: string;
  readonly because: string;
}

/** What one person's approvals come to: one that counts, or why none does. */
export type ApprovalAnswer =
  | { readonly kind: "counts"; readonly approval: CountedApproval }
  | {
      readonly kind: "refused";
      readonly refusal: Refusal;
      readonly head?: string;
    }
  | { readonly kind: "none" };

/** One person counts once, with the newest approval that is for the present diff. */
export function approvalOf(
  context: Context,
  builders: Builders,
  standing: Standing,
): ApprovalAnswer {
  const [newest] = standing.approvals;
  if (newest === undefined) return withoutApproval(standing);
  const tried = standing.approvals.map((review) => ({
    review,
    freshness: freshnessOf(context, review),
    refusal: refusalOf(context, builders, review.by),
  }));
  const fresh = tried.find(
    ({ freshness, refusal }) => freshness.isFresh && refusal === undefined,
  );
  if (fresh) return { kind: "counts", approval: counted(fresh) };
  const [
    { freshness, refusal } = { freshness: undefined, refusal: undefined },
  ] = tried;
  return {
    kind: "refused",
    refusal: refusal ?? {
      reason: "approval-stale",
      because: freshness?.because ?? "",
    },
    ...(freshness?.head !== undefined && { head: freshness.head }),
  };
}

function counted({
  review,
  freshness: { head, because },
}: {
  readonly review: ReviewedFacts;
  readonly freshness: Freshness;
}): CountedApproval {
  return { review, because, ...(head !== undefined && { head }) };
}

/** A dismissed decision stays dismissed: the approval before it does not come back. */
function withoutApproval(standing: Standing): ApprovalAnswer {
  if (standing.newest.state !== "approved" && !standing.hasFormerApproval)
    return { kind: "none" };
  return {
    kind: "refused",
    refusal: {
      reason: "approval-dismissed",
      because:
        standing.newest.state === "approved"
          ? "The approval was dismissed."
          : "Took the earlier approval back.",
    },
  };
}
