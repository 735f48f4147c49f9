import { assess, type Assessment } from "./assessment.js";
import { contextOf, type Context } from "./context.js";
import type { Decision, Needed, ReasonCode } from "./decision.js";
import type { MissingFact, ReviewFacts } from "./facts.js";
import { pendingReasons } from "./reasons.js";
import { reviewLines } from "./review-lines.js";

type Outcome = Pick<Decision, "decision" | "reason" | "alsoReasons">;

/**
 * Whether someone other than its builders stands behind a change of sensitive code. Pure: the same facts, in whatever
 * order their lists are, give the same decision. What could not be seen never satisfies.
 */
export function decide(facts: ReviewFacts): Decision {
  const context = contextOf(facts);
  const assessment = assess(context);
  const outcome = withQueue(facts, outcomeOf(context, assessment));
  const { phase } = context.policy;
  const { unidentified } = assessment.builders;
  return {
    ...outcome,
    enforcement: phase === "commitment" ? "blocking" : "advisory",
    needed: neededFor(context, assessment, outcome),
    perReview: reviewLines(context, assessment),
    builders: assessment.builders.all,
    ...(unidentified !== undefined && { unidentifiedBuilder: unidentified }),
    ...approvedHead(assessment),
    ...bypassInForce(outcome, assessment),
  };
}

function outcomeOf(context: Context, assessment: Assessment): Outcome {
  const { facts } = context;
  const blind = facts.missing.some(({ what }) => decidesNeed(what));
  if (blind) return pending("cannot-verify");
  if (!isRequired(facts)) return plain("not-required", "not-sensitive");
  if (missingWhereRequired(facts).length > 0) return pending("cannot-verify");
  const { counted, required, persons, bypasses } = assessment;
  const isHeldUp = persons.some(
    ({ objection: { kind } }) => kind === "stands" || kind === "unverified",
  );
  if (counted.length >= required && !isHeldUp)
    return plain("satisfied", "approved");
  if (bypasses.some(({ kind }) => kind === "valid"))
    return plain("satisfied", "approved-by-bypass");
  const [reason, ...alsoReasons] = pendingReasons(context, assessment);
  return { decision: "pending", reason, alsoReasons };
}

function isRequired({ files }: ReviewFacts): boolean {
  return files.some(({ categories }) => categories.length > 0);
}

/** Whether a review is needed at all cannot be told without these. */
function decidesNeed(what: MissingFact["what"]): boolean {
  return what === "files" || what === "head" || what === "config";
}

function missingWhereRequired(facts: ReviewFacts): readonly string[] {
  const { head } = facts.pullRequest;
  const hasHead = facts.commits.some(({ sha }) => sha === head);
  return [
    ...facts.missing.map(({ because }) => because),
    ...(hasHead ? [] : ["the head is not among the commits yet"]),
  ];
}

/** The queue lands its group as one, so each member must be fit to land. */
function withQueue({ queue }: ReviewFacts, outcome: Outcome): Outcome {
  if (outcome.decision === "pending") return outcome;
  const isFit = queue.every(
    ({ decision }) => decision === "satisfied" || decision === "not-required",
  );
  return isFit ? outcome : pending("queue-member-unsatisfied");
}

function neededFor(
  { facts, policy }: Context,
  { counted, required, persons }: Assessment,
  { decision }: Outcome,
): Needed {
  const objectors = persons.filter(
    ({ objection: { kind } }) => kind === "stands" || kind === "unverified",
  );
  return {
    approvals: decision === "not-required" ? 0 : required,
    counted: counted.length,
    objectors: objectors.flatMap(({ standing: { newest } }) =>
      newest.by ? [newest.by] : [],
    ),
    reviewers: policy.reviewers,
    teams: policy.teams,
    minPermission: policy.minPermission,
    unverified: decision === "not-required" ? [] : missingWhereRequired(facts),
  };
}

function approvedHead({ counted }: Assessment): Pick<Decision, "approvedHead"> {
  const newest = counted.toSorted(
    (one, other) =>
      Date.parse(other.review.submittedAt) -
        Date.parse(one.review.submittedAt) || other.review.id - one.review.id,
  )[0];
  return newest?.head === undefined ? {} : { approvedHead: newest.head };
}

function bypassInForce(
  { reason }: Outcome,
  { bypasses }: Assessment,
): Pick<Decision, "bypass"> {
  if (reason !== "approved-by-bypass") return {};
  const valid = bypasses.find((bypass) => bypass.kind === "valid");
  if (valid?.kind !== "valid") return {};
  const { commentId, by, reason: stated, until } = valid;
  return { bypass: { commentId, by, reason: stated, until } };
}

function plain(decision: Decision["decision"], reason: ReasonCode): Outcome {
  return { decision, reason, alsoReasons: [] };
}

function pending(reason: ReasonCode): Outcome {
  return plain("pending", reason);
}
