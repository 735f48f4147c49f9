import { compareText } from "#gate/compare-text.js";
import type { Context } from "./context.js";
import type { ReviewedFacts } from "./facts.js";

/** Where one person's reviews leave that person. */
export interface Standing {
  /** The newest review that approves or objects, dismissed ones included. */
  readonly newest: ReviewedFacts;
  /**
   * Approvals since the person last objected or was dismissed, newest first: what a later decision took back never
   * returns.
   */
  readonly approvals: readonly ReviewedFacts[];
  /** Whether any earlier approval stood before it was dismissed or taken back. */
  readonly hasFormerApproval: boolean;
}

/** All reviews in the order in which they were submitted, each once. */
export function inOrder(
  reviews: readonly ReviewedFacts[],
): readonly ReviewedFacts[] {
  const byId = new Map<number, ReviewedFacts>();
  for (const review of reviews) {
    const known = byId.get(review.id);
    // Of two copies the dismissed one is the newer.
    if (!known?.dismissal) byId.set(review.id, review);
  }
  return [...byId.values()].sort(
    (one, other) =>
      compareTimes(one.submittedAt, other.submittedAt) || one.id - other.id,
  );
}

/** The standing of each person who approved or objected. Comments and drafts of reviews decide nothing. */
export function standingsOf(
  { people }: Context,
  reviews: readonly ReviewedFacts[],
): readonly Standing[] {
  const byPerson = new Map<string, ReviewedFacts[]>();
  for (const review of reviews) {
    if (review.state === "commented" || review.state === "pending") continue;
    const key = people.keyOf(review.by) ?? `deleted:${String(review.id)}`;
    const list = byPerson.get(key);
    if (list) list.push(review);
    else byPerson.set(key, [review]);
  }
  return [...byPerson.values()].map(standingOf);
}

function standingOf(ordered: readonly ReviewedFacts[]): Standing {
  const isApproval = (review: ReviewedFacts) =>
    review.state === "approved" && review.dismissal === undefined;
  const last = ordered.findLastIndex((review) => !isApproval(review));
  return {
    newest: ordered.at(-1) as ReviewedFacts,
    approvals: ordered.slice(last + 1).reverse(),
    hasFormerApproval: ordered
      .slice(0, last + 1)
      .some(({ state }) => state === "approved"),
  };
}

function compareTimes(one: string, other: string): number {
  const difference = Date.parse(one) - Date.parse(other);
  return Number.isNaN(difference) ? compareText(one, other) : difference;
}
