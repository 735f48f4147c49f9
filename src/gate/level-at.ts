import type { Rule } from "./check.js";
import type { Finding, Level } from "./finding.js";
import { globMatcher } from "./glob.js";
import { floorOf, levelReader, type Policy } from "./policy.js";

/** What a finding weighs under a policy; `off` where its rule is, `ignored` where its path is. */
export type LevelAt = (
  finding: Finding,
  check: string,
  rule: Rule | undefined,
) => Level | "off" | "ignored";

/** Order of the levels, the heaviest first. */
export const weights: Readonly<Record<Level, number>> = {
  block: 0,
  advise: 1,
  notice: 2,
};

/** A secret in an ignored folder has leaked all the same: its findings become lighter there, and stay. */
const neverIgnored: readonly string[] = ["credentials"];

/** Compiles a policy into what each finding weighs. */
export function levelAt(policy: Policy): LevelAt {
  const configured = levelReader(policy);
  const isIgnored = globMatcher(policy.ignored ?? []);
  return (finding, check, rule) => {
    const asked = configured(check, finding.rule, finding.path);
    const inIgnored = isIgnored(finding.path);
    const cap = capOf(finding, inIgnored && neverIgnored.includes(check));
    const floor = floorOf(policy, check, finding.rule);
    if (floor === undefined) {
      if (asked === "off") return "off";
      if (inIgnored && !neverIgnored.includes(check)) return "ignored";
      return lighter(asked ?? rule?.level ?? "advise", cap);
    }
    const wanted = asked === "off" ? floor : (asked ?? rule?.level ?? "advise");
    // A floor lifts above every configuration, and never above what the finding itself allows.
    return lighter(heavier(wanted, floor), capOf(finding, false));
  };
}

function capOf({ confidence, atMost }: Finding, isLightened: boolean): Level {
  const sure = confidence === "possible" || isLightened ? "advise" : "block";
  return lighter(sure, atMost ?? "block");
}

function lighter(one: Level, other: Level): Level {
  return weights[one] >= weights[other] ? one : other;
}

function heavier(one: Level, other: Level): Level {
  return weights[one] <= weights[other] ? one : other;
}
