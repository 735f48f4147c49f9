import { reaches } from "#gate/review-policy.js";
import type { CountedApproval } from "./approvals.js";
import type { Builders } from "./builders.js";
import { isHuman, permissionOf, type Context } from "./context.js";
import { isOnList, type Identity } from "./identity.js";
import type { DismissalFacts } from "./facts.js";
import type { Standing } from "./standings.js";

/** Where a person's objection stands; `none` where the newest review does not object. */
export interface ObjectionAnswer {
  readonly kind: "none" | "stands" | "unverified" | "cleared" | "weightless";
  /** A sentence; empty for `none`. */
  readonly because: string;
}

/**
 * Whether a person's newest review is an objection that holds the change up. It does so whether fresh or stale, and from
 * builders too; only the person, or someone who did not build the change, can take it away.
 */
export function objectionOf(
  context: Context,
  builders: Builders,
  standing: Standing,
  counted: readonly CountedApproval[],
): ObjectionAnswer {
  const { newest } = standing;
  if (newest.state !== "changes-requested")
    return { kind: "none", because: "" };
  const weight = weightOf(context, newest.by);
  if (weight.kind === "weightless") return weight;
  const { dismissal } = newest;
  if (dismissal && isSettled(context, builders, dismissal, counted))
    return { kind: "cleared", because: "The objection was dismissed." };
  if (weight.kind === "unverified" || !dismissal) return weight;
  return {
    kind: "stands",
    because:
      "The objection was dismissed by someone whose own change it holds up; it stands until an independent approval follows.",
  };
}

function weightOf(
  context: Context,
  account: Identity | undefined,
): ObjectionAnswer {
  if (account === undefined || !isHuman(context, account))
    return {
      kind: "weightless",
      because: "Only a person's objection holds the change up.",
    };
  const stands = { kind: "stands", because: "Asks for changes." } as const;
  if (isOnList(account, context.policy.externalReviewers)) return stands;
  const permission = permissionOf(context, account);
  if (permission === undefined)
    return {
      kind: "unverified",
      because: "Asks for changes; the permission could not be read.",
    };
  if (reaches(permission, "write")) return stands;
  return {
    kind: "weightless",
    because: `Asks for changes with ${permission} permission, which does not hold the change up.`,
  };
}

/** A dismissal by a builder, by a bot that a builder may drive, or by nobody knows whom needs an approval after it. */
function isSettled(
  context: Context,
  builders: Builders,
  { by, at }: DismissalFacts,
  counted: readonly CountedApproval[],
): boolean {
  if (by && isHuman(context, by) && !builders.includes(by)) return true;
  return counted.some(
    ({ review }) => Date.parse(review.submittedAt) > Date.parse(at),
  );
}
