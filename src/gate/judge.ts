import type { Answer } from "./answer.js";
import { type AttestationReport, weighAttestations } from "./attest.js";
import type { Check } from "./check.js";
import { compareText } from "./compare-text.js";
import { daysBetween, dayOf } from "./day.js";
import { globMatcher } from "./glob.js";
import type { PlacedSuppression } from "./inline-suppression.js";
import { itemResult } from "./item-result.js";
import { items } from "./items.js";
import { isAsked, levelReader, type Policy } from "./policy.js";
import type { Gap, Snapshot } from "./snapshot.js";
import { suppress } from "./suppress.js";
import type { ItemResult, JudgedFinding, Verdict } from "./verdict.js";
import { weigh } from "./weigh.js";

/** The least a project must show to be judged. */
export interface Judged {
  readonly snapshot: Snapshot;
  /** Suppressing comments in the files that were read. */
  readonly suppressions?: readonly PlacedSuppression[];
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
    .filter((check) => isAsked(policy, check.name))
    .map((check) => ask(check, project));
  const { findings: weighed, ignored } = weigh(answers, snapshot, policy);
  const { findings: kept, ...silenced } = suppress(weighed, {
    ...{ snapshot, policy, answered: rulesOf(answers) },
    inline: project.suppressions ?? [],
  });
  const attestations = weighAttestations(policy, snapshot);
  const sorted = byAttestation(kept, answers, attestations, policy);
  const { findings, attested, unattested } = sorted;
  const left = { findings, attested, suppressed: silenced.suppressed };
  return {
    phase: policy.phase,
    conclusion: conclude(sorted, answers, policy),
    isComplete: answers.every(({ incomplete }) => !incomplete),
    findings,
    items: resultsOf(checks, answers, left, attestations),
    gaps: [...snapshot.gaps].sort(byPath),
    ...countdown(policy, snapshot),
    ...silenced,
    ...{ attested, attestations, unattested, ignored },
  };
}

/** The findings that count, those that an attestation in force answers, and those that lack one. */
type Sorted = Pick<Verdict, "findings" | "attested" | "unattested"> & {
  /** Whether one of those that lack an attestation needs it, rather than only advises it. */
  readonly lacksOne: boolean;
};

function byAttestation<Project>(
  findings: readonly JudgedFinding[],
  answers: readonly Answer<Project>[],
  { inForce, lapsed, unfounded }: AttestationReport,
  policy: Policy,
): Sorted {
  const checks = new Map(answers.map(({ check }) => [check.name, check]));
  const kindOf = ({ check, rule }: JudgedFinding) =>
    checks.get(check)?.rules[rule]?.attestation;
  const isNamed = (
    list: AttestationReport["inForce"],
    { check, project }: JudgedFinding,
  ) =>
    list.some(
      (one) =>
        one.check === check &&
        (one.project === undefined || one.project === project),
    );
  const isAttested = (finding: JudgedFinding) =>
    kindOf(finding) !== undefined && isNamed(inForce, finding);
  const open = findings.filter((finding) => !isAttested(finding));
  const unattested = open.filter(
    (finding) =>
      kindOf(finding) === "required" ||
      (kindOf(finding) === "accepted" &&
        isNamed([...lapsed, ...unfounded], finding)),
  );
  const configured = levelReader(policy);
  return {
    findings: open,
    attested: findings.filter(isAttested),
    unattested,
    // Who only wants advice says so in the configuration.
    lacksOne: unattested.some(
      ({ check, rule, path, level }) =>
        level === "block" || configured(check, rule, path) === undefined,
    ),
  };
}

function resultsOf<Project>(
  checks: readonly Check<Project>[],
  answers: readonly Answer<Project>[],
  left: Pick<Verdict, "findings" | "suppressed" | "attested">,
  { inForce }: AttestationReport,
): ItemResult[] {
  return items.map((item) => {
    const own = ({ check }: { readonly check: string }) => check === item.check;
    return itemResult({
      item,
      isBuiltIn: checks.some(({ name }) => name === item.check),
      answer: answers.find(({ check }) => check.name === item.check),
      findings: left.findings.filter(own),
      suppressed: left.suppressed.filter(own),
      attested: left.attested.filter(own),
      attestation:
        inForce.find((one) => own(one) && one.project === undefined) ??
        (left.attested.some(own) ? inForce.find(own) : undefined),
    });
  });
}

function rulesOf<Project>(
  answers: readonly Answer<Project>[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    answers.map(({ check }) => [check.name, Object.keys(check.rules)]),
  );
}

function countdown(
  { phase, commitmentFrom }: Policy,
  { takenAt }: Snapshot,
): Pick<Verdict, "countdown"> {
  if (commitmentFrom === undefined || phase === "commitment") return {};
  const days = daysBetween(dayOf(takenAt), commitmentFrom);
  return { countdown: { from: commitmentFrom, days } };
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

/**
 * The gaps that a check would have looked at; in a change, only those that the change touched. A path that the head does
 * not have is one that a commit of the change wrote and a later one took away.
 */
function neededGaps(
  check: Pick<Check<never>, "needs">,
  snapshot: Snapshot,
): readonly Gap[] {
  const wanted = globMatcher(check.needs.files);
  const changed = new Set(snapshot.changes.map(({ path }) => path));
  const present = new Set(snapshot.paths);
  const isTouched = (path: string) =>
    snapshot.scope === "repository" ||
    changed.has(path) ||
    (check.needs.commits === true && !present.has(path));
  return snapshot.gaps.filter(
    ({ path }) => path === "" || (wanted(path) && isTouched(path)),
  );
}

function conclude<Project>(
  { findings, lacksOne }: Sorted,
  answers: readonly Answer<Project>[],
  { phase }: Policy,
): Verdict["conclusion"] {
  const blocks = findings.some(
    ({ introduced, level }) => introduced && level === "block",
  );
  if (blocks) return "blocked";
  if (phase === "commitment" && lacksOne) return "incomplete";
  if (answers.some(({ incomplete }) => incomplete)) return "incomplete";
  return findings.length > 0 ? "advised" : "clear";
}

function byPath(one: Gap, other: Gap): number {
  return compareText(one.path, other.path) || compareText(one.kind, other.kind);
}
