import { addDays, type Day, daysBetween, dayOf, isDay } from "./day.js";
import { globMatcher } from "./glob.js";
import type { PlacedSuppression } from "./inline-suppression.js";
import { items } from "./items.js";
import { isIntroducedLine } from "./introduced.js";
import {
  defaultMaxSuppressionDays,
  type Policy,
  type Suppression,
} from "./policy.js";
import type { Snapshot } from "./snapshot.js";
import type {
  SuppressionEntry,
  SuppressionReport,
} from "./suppression-report.js";
import type { JudgedFinding } from "./verdict.js";

/** What is left after the suppressions, what they silenced, and what became of each. */
export interface Suppressed {
  readonly findings: readonly JudgedFinding[];
  readonly suppressed: readonly JudgedFinding[];
  readonly suppressions: SuppressionReport;
}

type Fate = keyof SuppressionReport;

interface Candidate {
  readonly entry: Omit<SuppressionEntry, "findings">;
  readonly matches: (finding: JudgedFinding) => boolean;
  /** Why it does not apply, decided before anything is matched. */
  readonly fate?: Exclude<Fate, "used" | "unused">;
  /** Whether it can be known that nothing matches. */
  readonly canBeUnused: boolean;
}

/** What deciding about suppressions takes besides the findings. */
export interface SuppressContext {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  /** Comments found in the files that were read. */
  readonly inline: readonly PlacedSuppression[];
  /** Rules by slug of each check that answered. */
  readonly answered: ReadonlyMap<string, readonly string[]>;
}

/** Applies the suppressions of the configuration and of comments. The only clock is the snapshot's. */
export function suppress(
  findings: readonly JudgedFinding[],
  context: SuppressContext,
): Suppressed {
  const candidates = [
    ...(context.policy.suppressions ?? []).map((one) => fromFile(one, context)),
    ...context.inline.map((one) => fromComment(one, context)),
  ];
  const inForce = candidates.filter(({ fate }) => fate === undefined);
  const isSilenced = (finding: JudgedFinding) =>
    inForce.some(({ matches }) => matches(finding));
  return {
    findings: findings.filter((finding) => !isSilenced(finding)),
    suppressed: findings.filter(isSilenced),
    suppressions: reportOf(candidates, findings),
  };
}

function reportOf(
  candidates: readonly Candidate[],
  findings: readonly JudgedFinding[],
): SuppressionReport {
  const report: Record<Fate, SuppressionEntry[]> = {
    used: [],
    unused: [],
    lapsed: [],
    malformed: [],
    pending: [],
  };
  for (const { entry, matches, fate, canBeUnused } of candidates) {
    const count = findings.filter(matches).length;
    const became = fate ?? (count > 0 ? "used" : "unused");
    if (became === "unused" && !canBeUnused) continue;
    report[became].push({ ...entry, findings: count });
  }
  return report;
}

function fromFile(given: Suppression, context: SuppressContext): Candidate {
  const { check, rule, fingerprint, reason, owner, until, at } = given;
  const inPaths = globMatcher(given.paths);
  const refusal =
    unknownRule(given, context) ?? refusalByDate(until, owner, context);
  return {
    entry: {
      ...{ subject: subjectOf(given), at, inline: false },
      ...{ reason, owner, until },
      ...(refusal && { because: refusal.because }),
    },
    matches: (finding) =>
      finding.check === check &&
      (rule === undefined || finding.rule === rule) &&
      (fingerprint === undefined || finding.fingerprint === fingerprint) &&
      inPaths(finding.path),
    ...(refusal && { fate: refusal.fate }),
    // A change shows only part of the files; but what names no file at all matches nothing there either.
    canBeUnused:
      context.answered.has(check) &&
      (context.snapshot.scope === "repository" ||
        namesNoFile(inPaths, context.snapshot)),
  };
}

function fromComment(
  given: PlacedSuppression,
  context: SuppressContext,
): Candidate {
  const { snapshot } = context;
  const { path, line, target, check, rule } = given;
  const refusal = refusalOfComment(given, context);
  return {
    entry: {
      ...{ subject: subjectOf(given), at: { path, line }, inline: true },
      ...wordsOf(given),
      ...(refusal && { because: refusal.because }),
    },
    matches: (finding) =>
      finding.check === check &&
      (rule === undefined || finding.rule === rule) &&
      finding.path === path &&
      finding.commit === undefined &&
      finding.lines.start <= target &&
      target <= finding.lines.end,
    ...(refusal && { fate: refusal.fate }),
    canBeUnused:
      context.answered.has(check) &&
      (snapshot.scope === "repository" ||
        snapshot.changes.some((change) => change.path === path)),
  };
}

/** What a comment says of itself, as far as it does. */
function wordsOf({
  reason,
  owner,
  ownerFrom,
  until,
}: PlacedSuppression): Pick<
  SuppressionEntry,
  "reason" | "owner" | "ownerFrom" | "until"
> {
  return {
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
    ...(ownerFrom !== undefined && { ownerFrom }),
    ...(until !== undefined && { until }),
  };
}

function namesNoFile(
  inPaths: (path: string) => boolean,
  { paths, gaps }: Snapshot,
): boolean {
  return !gaps.some(({ path }) => path === "") && !paths.some(inPaths);
}

const ownerless =
  "It has no owner: add owner=@account, or name an account or team for this file in CODEOWNERS.";

interface Refusal {
  readonly fate: "lapsed" | "malformed" | "pending";
  readonly because: string;
}

function refusalOfComment(
  given: PlacedSuppression,
  context: SuppressContext,
): Refusal | undefined {
  const { problem, until = "", owner } = given;
  if (problem !== undefined) return { fate: "malformed", because: problem };
  if (owner === undefined) return { fate: "malformed", because: ownerless };
  const refusal =
    unknownRule(given, context) ?? refusalByDate(until, owner, context);
  if (refusal) return refusal;
  if (!isIntroducedLine(given.path, given.line, context.snapshot))
    return undefined;
  return {
    fate: "pending",
    because: "This change adds it, so it applies once the change is merged.",
  };
}

function unknownRule(
  { check, rule }: Pick<Suppression, "check" | "rule">,
  { answered }: SuppressContext,
): Refusal | undefined {
  const item = items.find((one) => one.id === check || one.check === check);
  if (item?.check !== check)
    return {
      fate: "malformed",
      because: item
        ? `Checks have names here: write ${item.check}.`
        : "The gate has no such check.",
    };
  const rules = answered.get(check);
  if (rule === undefined || !rules || rules.includes(rule)) return undefined;
  return {
    fate: "malformed",
    because: `The check ${check} has no such rule; its rules are ${rules.join(", ")}.`,
  };
}

function refusalByDate(
  until: Day,
  owner: string | undefined,
  { snapshot, policy }: SuppressContext,
): Refusal | undefined {
  const today = dayOf(snapshot.takenAt);
  if (!isDay(until))
    return {
      fate: "malformed",
      because: "Its last day is no day of the calendar.",
    };
  if (until < today) {
    const who = owner === undefined ? "" : `; ${owner} had accepted it`;
    return { fate: "lapsed", because: `It expired on ${until}${who}.` };
  }
  const longest = policy.maxSuppressionDays ?? defaultMaxSuppressionDays;
  if (daysBetween(today, until) <= longest) return undefined;
  // Said with the day, so that nobody is surprised when it begins to count.
  const begins = addDays(until, -longest);
  return {
    fate: "malformed",
    because: `It ends more than ${String(longest)} days ahead, which is the longest that is allowed: as it is written it applies from ${begins} on, with an earlier last day at once.`,
  };
}

function subjectOf({ check, rule }: Pick<Suppression, "check" | "rule">) {
  return rule === undefined ? check : `${check}/${rule}`;
}
