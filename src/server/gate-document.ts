import type { Snapshot } from "#gate/snapshot.js";
import type { Verdict } from "#gate/verdict.js";
import { checkRunOf } from "#report/check-run.js";
import type { CheckRunDocument } from "#report/check-run-document.js";
import type { PolicyInForce } from "./policy-for.js";
import type { ReviewContext } from "./review-context.js";

/** A verdict as the text of the check run `VibeGate`. */
export function gateDocument(
  verdict: Verdict,
  { scope, repository, head, base }: Snapshot,
  { maxAnnotations, notes }: PolicyInForce,
  { checks }: Pick<ReviewContext, "checks">,
): CheckRunDocument {
  const subject = {
    ...{ scope, repository, checks, config: notes },
    ...(head !== undefined && { head }),
    ...(base !== undefined && { base }),
  };
  return checkRunOf(verdict, subject, maxAnnotations);
}
