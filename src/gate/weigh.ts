import type { Answer } from "./answer.js";
import type { Check } from "./check.js";
import { compareText } from "./compare-text.js";
import { fingerprintOf } from "./fingerprint.js";
import type { Finding, Level } from "./finding.js";
import { isIntroduced } from "./introduced.js";
import { type LevelAt, levelAt, weights } from "./level-at.js";
import type { Policy } from "./policy.js";
import { projectReader } from "./project-of.js";
import type { FileChange, Snapshot } from "./snapshot.js";
import type { JudgedFinding } from "./verdict.js";

/** Findings with their weight, and how many stood in ignored paths, by check. */
export interface Weighed {
  readonly findings: readonly JudgedFinding[];
  readonly ignored: Readonly<Record<string, number>>;
}

/**
 * Gives each finding its place, its level and whether the change brought it; sorted, the heaviest first.
 */
export function weigh<Project>(
  answers: readonly Answer<Project>[],
  snapshot: Snapshot,
  policy: Policy,
): Weighed {
  const changes = new Map(
    snapshot.changes.map((change): [string, FileChange] => [
      change.path,
      change,
    ]),
  );
  const ignored: Record<string, number> = {};
  const level = levelAt(policy);
  const projectOf = projectReader(policy.settings?.projects ?? []);
  const judged = answers.flatMap((answer) =>
    levelled(answer, level, ignored).map(([finding, weight]) =>
      judgedFinding(finding, answer.check, {
        level: weight,
        introduced: isIntroduced(finding, snapshot, changes),
        project: projectOf(finding.path)?.name,
      }),
    ),
  );
  return { findings: withoutRepeats(judged).sort(byWeight), ignored };
}

/** The findings of an answer that are reported, with their levels; counts the ignored ones. */
function levelled<Project>(
  { check, outcome }: Answer<Project>,
  levelOf: LevelAt,
  ignored: Record<string, number>,
): (readonly [Finding, Level])[] {
  if (outcome.status !== "broken") return [];
  return outcome.findings.flatMap((finding) => {
    const level = levelOf(finding, check.name, check.rules[finding.rule]);
    if (level === "ignored")
      ignored[check.name] = (ignored[check.name] ?? 0) + 1;
    if (level === "ignored" || level === "off") return [];
    return [[finding, level] as const];
  });
}

function judgedFinding<Project>(
  finding: Finding,
  check: Check<Project>,
  {
    level,
    introduced,
    project,
  }: {
    readonly level: Level;
    readonly introduced: boolean;
    readonly project: string | undefined;
  },
): JudgedFinding {
  const { name, id } = check;
  const parts = [name, finding.rule, finding.path, finding.identity];
  return {
    ...finding,
    item: id,
    check: name,
    ...(project !== undefined && { project }),
    level,
    introduced,
    fingerprint: fingerprintOf(parts.join("\n")),
  };
}

function withoutRepeats(findings: readonly JudgedFinding[]): JudgedFinding[] {
  const seen = new Map<string, JudgedFinding>();
  for (const finding of findings) {
    const key = `${finding.fingerprint}:${String(finding.lines.start)}:${finding.commit ?? ""}`;
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}

function byWeight(one: JudgedFinding, other: JudgedFinding): number {
  return (
    Number(other.introduced) - Number(one.introduced) ||
    weights[one.level] - weights[other.level] ||
    compareText(one.path, other.path) ||
    one.lines.start - other.lines.start ||
    compareText(one.check + one.rule, other.check + other.rule) ||
    compareText(one.fingerprint, other.fingerprint)
  );
}
