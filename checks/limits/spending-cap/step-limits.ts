import type { Finding } from "#gate/finding.js";
import type { CostlyCall } from "#model/costly-calls.js";
import { functionAt } from "#model/functions.js";
import type { Project } from "#model/project.js";
import { isReachable } from "#model/runtimes.js";
import { valueOfName } from "#model/value-of-name.js";
import { lastName, valuesWithin } from "#model/value-walk.js";
import type { Value } from "#parse/module-facts.js";
import { sentenceStart } from "./output-cap.js";

/** Options that say how many rounds an agent may go, with the number from which that is no limit. */
const limits: Readonly<Record<string, number>> = {
  maxSteps: 100,
  maxTurns: 200,
  maxIterations: 200,
  maxToolRoundtrips: 100,
  recursionLimit: 500,
  maxRetries: 50,
};

/** Agents that are told to go on for as long as they like. */
export function stepFindings(
  project: Project,
  spenders: readonly CostlyCall[],
): readonly Finding[] {
  return spenders.flatMap((costly) => {
    const within = functionAt(project, costly.in);
    const options = [
      ...costly.call.arguments,
      ...(costly.sdk?.calls ?? []).flatMap(({ value }) => value.arguments),
    ].flatMap((value) => {
      if (value.kind !== "name") return [value];
      const found = valueOfName(
        project,
        { path: costly.path, within },
        value.name,
      );
      return found ? [found.value] : [];
    });
    const open = options.flatMap((value) => openLimits(value))[0];
    if (open === undefined) return [];
    return [stepFinding(project, costly, open)];
  });
}

function openLimits(options: Value): string[] {
  return valuesWithin(options).flatMap((part): string[] => {
    if (part.kind === "call" && lastName(part.callee) === "stepCountIs")
      return isTooMany(part.arguments[0], 100) ? ["stepCountIs"] : [];
    if (part.kind !== "object") return [];
    return part.entries.flatMap(({ key, value }) => {
      const limit = Object.hasOwn(limits, key) ? limits[key] : undefined;
      return limit !== undefined && isTooMany(value, limit) ? [key] : [];
    });
  });
}

function isTooMany(value: Value | undefined, limit: number): boolean {
  if (value?.kind === "literal")
    return typeof value.value === "number" && value.value >= limit;
  return (
    value?.kind === "name" &&
    /^(?:Infinity|Number\.(?:POSITIVE_INFINITY|MAX_SAFE_INTEGER|MAX_VALUE))$/.test(
      value.name,
    )
  );
}

function stepFinding(
  project: Project,
  { path, line, provider }: CostlyCall,
  option: string,
): Finding {
  return {
    rule: "unbounded-loop",
    path,
    lines: { start: line, end: line },
    identity: option,
    message: `${sentenceStart(provider)} may be asked round after round: ${option} is as good as endless.`,
    fix: `Set ${option} to the few rounds that the task needs.`,
    confidence: "likely",
    ...(!isReachable(project, path)
      ? { atMost: "notice" as const }
      : { atMost: "advise" as const }),
  };
}
