import {
  approvalOf,
  type ApprovalAnswer,
  type CountedApproval,
} from "./approvals.js";
import { buildersOf, type Builders } from "./builders.js";
import { bypassesOf, type BypassAnswer } from "./bypass.js";
import type { Context } from "./context.js";
import { objectionOf, type ObjectionAnswer } from "./objections.js";
import { inOrder, standingsOf, type Standing } from "./standings.js";
import type { ReviewedFacts } from "./facts.js";

/** One person's reviews and what they come to. */
export interface PersonAssessment {
  readonly standing: Standing;
  readonly approval: ApprovalAnswer;
  readonly objection: ObjectionAnswer;
}

/** All that the facts say about who built the change and who stands behind or against it. */
export interface Assessment {
  readonly builders: Builders;
  /** In the order of submission. */
  readonly reviews: readonly ReviewedFacts[];
  readonly persons: readonly PersonAssessment[];
  readonly counted: readonly CountedApproval[];
  /** Approvals that are needed in all. */
  readonly required: number;
  readonly bypasses: readonly BypassAnswer[];
}

/** Weighs every review and every bypass. */
export function assess(context: Context): Assessment {
  const builders = buildersOf(context);
  const reviews = inOrder(context.facts.reviews);
  const approvals = standingsOf(context, reviews).map((standing) => ({
    standing,
    approval: approvalOf(context, builders, standing),
  }));
  const counted = approvals.flatMap(({ approval }) =>
    approval.kind === "counts" ? [approval.approval] : [],
  );
  const persons = approvals.map(({ standing, approval }): PersonAssessment => ({
    standing,
    approval,
    objection: objectionOf(context, builders, standing, counted),
  }));
  // Of one more approver than there can be hidden builders, at least one is independent.
  const extra = builders.unidentified === undefined ? 0 : 1;
  const required = Math.max(1, context.policy.requiredApprovals) + extra;
  const bypasses = bypassesOf(context, builders);
  return { builders, reviews, persons, counted, required, bypasses };
}
