import type { Answer } from "./answer.js";
import type { Check } from "./check.js";
import { compareText } from "./compare-text.js";
import { fingerprintOf } from "./fingerprint.js";
import type { Finding, Level } from "./finding.js";
import { isIntroduced } from "./introduced.js";
import { configuredLevel, type Policy } from "./policy.js";
import type { FileChange, Snapshot } from "./snapshot.js";
import type { JudgedFinding } from "./verdict.js";

/**
 * Gives each finding its place, its level and whether the change brought it; sorted, the heaviest first.
 */
export function weigh<Project>(
  answers: readonly Answer<Project>[],
  snapshot: Snapshot,
  policy: Policy,
): JudgedFinding[] {
  const changes = new Map(
    snapshot.changes.map((change): [string, FileChange] => [
      change.path,
      change,
    ]),
  );
  const judged = answers.flatMap(({ check, outcome }) =>
    outcome.status !== "broken"
      ? []
      : outcome.findings.flatMap((finding) => {
          const level = levelOf(finding, check, policy);
          if (level === undefined) return [];
          const introduced = isIntroduced(finding, snapshot, changes);
          return [judgedFinding(finding, check, level, introduced)];
        }),
  );
  return withoutRepeats(judged).sort(byWeight);
}

function judgedFinding<Project>(
  finding: Finding,
  check: Check<Project>,
  level: Level,
  introduced: boolean,
): JudgedFinding {
  const { name, id } = check;
  const parts = [name, finding.rule, finding.path, finding.identity];
  return {
    ...finding,
    item: id,
    check: name,
    level,
    introduced,
    fingerprint: fingerprintOf(parts.join("\n")),
  };
}

const weights: Readonly<Record<Level, number>> = {
  block: 0,
  advise: 1,
  notice: 2,
};

function lighter(one: Level, other: Level): Level {
  return weights[one] >= weights[other] ? one : other;
}

function levelOf<Project>(
  finding: Finding,
  check: Check<Project>,
  policy: Policy,
): Level | undefined {
  const configured = configuredLevel(policy, check.name, finding.rule);
  if (configured === "off") return undefined;
  const asked = configured ?? check.rules[finding.rule]?.level ?? "advise";
  const allowed = finding.confidence === "possible" ? "advise" : "block";
  return lighter(lighter(asked, allowed), finding.atMost ?? "block");
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
