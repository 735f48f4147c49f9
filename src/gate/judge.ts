import type { Answer } from "./answer.js";
import type { Check } from "./check.js";
import { compareText } from "./compare-text.js";
import { globMatcher } from "./glob.js";
import { type Item, items } from "./items.js";
import { configuredLevel, type Policy } from "./policy.js";
import type { Gap, Snapshot } from "./snapshot.js";
import type { ItemResult, JudgedFinding, Verdict } from "./verdict.js";
import { weigh } from "./weigh.js";

/** The least a project must show to be judged. */
export interface Judged {
  readonly snapshot: Snapshot;
}

/**
 * Asks every enabled check and weighs the answers. Pure: equal projects give equal verdicts.
 *
 * A check that crashes answers `unknown` and the others still answer; a check whose files could not all be seen may be
 * `broken`, never `holds`.
 */
export function judge<Project extends Judged>(
  checks: readonly Check<Project>[],
  project: Project,
  policy: Policy,
): Verdict {
  const { snapshot } = project;
  const answers = checks
    .filter((check) => configuredLevel(policy, check.name) !== "off")
    .map((check) => ask(check, project));
  const findings = weigh(answers, snapshot, policy);
  const results = items.map((item) => resultOf(item, checks, answers));
  return {
    phase: policy.phase,
    conclusion: conclude(findings, answers),
    isComplete: answers.every(({ incomplete }) => !incomplete),
    findings,
    items: results,
    gaps: [...snapshot.gaps].sort(byPath),
  };
}

function ask<Project extends Judged>(
  check: Check<Project>,
  project: Project,
): Answer<Project> {
  const gap = neededGaps(check, project.snapshot)[0];
  try {
    const outcome = check.evaluate(project);
    if (gap === undefined) return { check, outcome, incomplete: false };
    if (outcome.status === "broken" || outcome.status === "unknown")
      return { check, outcome, incomplete: true };
    const where = gap.path === "" ? "part of the repository" : gap.path;
    return unseen(check, `${where} could not be seen: ${gap.because}`);
  } catch {
    return unseen(check, "the check itself failed");
  }
}

function unseen<Project>(
  check: Check<Project>,
  because: string,
): Answer<Project> {
  return { check, outcome: { status: "unknown", because }, incomplete: true };
}

/** The gaps that a check would have looked at; in a change, only those that the change touched. */
function neededGaps(
  check: Pick<Check<never>, "needs">,
  snapshot: Snapshot,
): readonly Gap[] {
  const wanted = globMatcher(check.needs.files);
  const changed = new Set(snapshot.changes.map(({ path }) => path));
  return snapshot.gaps.filter(
    ({ path }) =>
      path === "" ||
      (wanted(path) && (snapshot.scope === "repository" || changed.has(path))),
  );
}

function resultOf<Project>(
  item: Item,
  checks: readonly Check<Project>[],
  answers: readonly Answer<Project>[],
): ItemResult {
  const { id, check } = item;
  if (!checks.some(({ name }) => name === check))
    return {
      id,
      check,
      status: "unknown",
      because: "this version has no check for it",
    };
  const answer = answers.find((candidate) => candidate.check.name === check);
  if (answer === undefined)
    return {
      id,
      check,
      status: "off",
      because: "it is switched off in the configuration",
    };
  const { outcome } = answer;
  const because = "because" in outcome ? outcome.because : "";
  return { id, check, status: outcome.status, because };
}

function conclude<Project>(
  findings: readonly JudgedFinding[],
  answers: readonly Answer<Project>[],
): Verdict["conclusion"] {
  const blocks = findings.some(
    ({ introduced, level }) => introduced && level === "block",
  );
  if (blocks) return "blocked";
  if (answers.some(({ incomplete }) => incomplete)) return "incomplete";
  return findings.length > 0 ? "advised" : "clear";
}

function byPath(one: Gap, other: Gap): number {
  return compareText(one.path, other.path) || compareText(one.kind, other.kind);
}
