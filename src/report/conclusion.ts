import type { Verdict } from "#gate/verdict.js";
import type { CheckRunConclusion } from "./check-run-document.js";
import { counted, sortFindings } from "./wording.js";

/**
 * How the check run ends. A required check lets `neutral` pass, so in the commitment phase nothing that is undecided
 * may end in it.
 */
export function conclusionOf(verdict: Verdict): CheckRunConclusion {
  const { phase, conclusion } = verdict;
  if (conclusion === "clear") return "success";
  if (phase === "exploration" || conclusion === "advised") return "neutral";
  return conclusion === "blocked" ? "failure" : "action_required";
}

/** The one line of the merge box: what was found, and who acts next. */
export function titleOf(verdict: Verdict): string {
  const { phase, conclusion, gaps } = verdict;
  const { blocking, advisory, older } = sortFindings(verdict);
  const unread = `${counted(gaps.length, "place")} not seen`;
  const counts = [
    blocking.length > 0 &&
      (phase === "commitment"
        ? `${String(blocking.length)} blocking`
        : `${String(blocking.length)} would block in commitment`),
    advisory.length > 0 && `${String(advisory.length)} advisory`,
    !verdict.isComplete && unread,
    verdict.unattested.length > 0 &&
      `${counted(verdict.unattested.length, "attestation")} missing`,
    older.length > 0 && `${String(older.length)} older`,
  ].filter((part) => part !== false);
  if (conclusion === "clear") return `Nothing found: ${coverage(verdict)}`;
  const next = nextActor(verdict);
  return next === "" ? counts.join(", ") : `${counts.join(", ")}: ${next}`;
}

function nextActor({ phase, conclusion }: Verdict): string {
  if (conclusion === "advised") return "nothing blocks";
  if (phase === "exploration") return "the author may go on";
  return conclusion === "blocked"
    ? "the author has to act"
    : "the author or a maintainer has to look";
}

/** How much of the gate was answered. */
export function coverage({ items }: Verdict): string {
  const answered = items.filter(({ status }) =>
    ["holds", "attested", "broken", "inapplicable"].includes(status),
  );
  return `${String(answered.length)}/${String(items.length)} items answered`;
}
