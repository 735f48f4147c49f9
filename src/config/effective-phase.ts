import type { Day } from "#gate/day.js";
import { globMatcher } from "#gate/glob.js";
import type { Phase } from "#gate/policy.js";
import { builtIn, type Layer, nearest, type Sourced } from "./layer.js";
import { lineOf, type OrganizationFile } from "./parse-config.js";
import type { RepositoryConfig } from "./schema.js";

/** The phase of a branch on a day, and the day on which it changes. */
export interface EffectivePhase {
  readonly phase: Sourced<Phase>;
  readonly commitmentFrom?: Sourced<Day>;
  /** The organization's word that commitment holds already, whoever else says so, too. */
  readonly enforcedCommitment?: Sourced<Phase>;
}

/** What the phase depends on. */
export interface PhaseInput {
  /** The nearest first. */
  readonly layers: readonly Layer[];
  /** Whose `enforce` holds whatever the layers say. */
  readonly organization: OrganizationFile | undefined;
  /** Base branch of the change, or the branch that is judged. */
  readonly branch: string;
  readonly today: Day;
  /** Whether the repository's file cannot be read, so that the strict default holds. */
  readonly isBroken: boolean;
}

/** Which phase holds. The organization's floor can only make it stricter or earlier. */
export function effectivePhase(input: PhaseInput): EffectivePhase {
  const own = ownPhase(input);
  const floor = enforcedPhase(input);
  if (floor?.phase.value === "commitment")
    return {
      ...(own.phase.value === "commitment" ? own : floor),
      enforcedCommitment: floor.phase,
    };
  if (own.phase.value === "commitment" || floor === undefined) return own;
  const from = [own.commitmentFrom, floor.commitmentFrom]
    .filter((one) => one !== undefined)
    .sort((one, other) => (one.value <= other.value ? -1 : 1))[0];
  return { phase: own.phase, ...(from && { commitmentFrom: from }) };
}

function ownPhase({
  layers,
  branch,
  today,
  isBroken,
}: PhaseInput): EffectivePhase {
  if (isBroken) return { phase: builtIn<Phase>("commitment") };
  const said = nearest(layers, ["phase"], (config) => config.phase);
  if (!said) return { phase: builtIn<Phase>("exploration") };
  const { value, origin } = said;
  if (typeof value === "string") return { phase: { value, origin } };
  const named = branchPhase(value, branch);
  if (named) return { phase: { value: named, origin } };
  const from = value["commitment-from"];
  if (from === undefined)
    return { phase: { value: value.default ?? "exploration", origin } };
  return dated(from, value.default ?? "exploration", today, origin);
}

function enforcedPhase({
  organization,
  today,
}: PhaseInput): EffectivePhase | undefined {
  const floor = organization?.value.enforce?.phase;
  if (!organization || floor === undefined) return undefined;
  const line = lineOf(organization, ["enforce", "phase"]);
  const origin = { layer: "enforced", path: organization.path, line } as const;
  if (typeof floor === "string") return { phase: { value: floor, origin } };
  return dated(floor["commitment-from"], "exploration", today, origin);
}

function dated(
  from: Day,
  before: Phase,
  today: Day,
  origin: Sourced<Phase>["origin"],
): EffectivePhase {
  if (from <= today) return { phase: { value: "commitment", origin } };
  const phase = { value: before, origin };
  if (before === "commitment") return { phase };
  return { phase, commitmentFrom: { value: from, origin } };
}

function branchPhase(
  { branches = {} }: Exclude<RepositoryConfig["phase"], string | undefined>,
  branch: string,
): Phase | undefined {
  return Object.entries(branches).find(([pattern]) =>
    globMatcher([pattern])(branch),
  )?.[1];
}
