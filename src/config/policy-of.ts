import type { Policy } from "#gate/policy.js";
import type { EffectiveConfig } from "./effective-config.js";
import type { Sourced } from "./layer.js";

/** The configuration in force as the gate's policy: plain data that can cross to another thread. */
export function policyOf(effective: EffectiveConfig): Policy {
  const { phase, commitmentFrom, paths } = effective;
  return {
    phase: phase.value,
    ...(commitmentFrom && { commitmentFrom: commitmentFrom.value }),
    levels: recordOf(effective.levels),
    floors: recordOf(effective.floors),
    overrides: valuesOf(effective.overrides),
    ignored: valuesOf(paths.ignore),
    suppressions: effective.suppressions,
    attestations: effective.attestations,
    maxSuppressionDays: effective.limits.maxSuppressionDays.value,
    ratchet: effective.ratchet.value,
    settings: {
      tenancy: effective.tenancy.value,
      clientPaths: valuesOf(paths.client),
      serverPaths: valuesOf(paths.server),
      generatedPaths: valuesOf(paths.generated),
      projects: valuesOf(effective.projects),
      dataClasses: recordOf(effective.dataClasses),
      options: recordOf(effective.options),
    },
  };
}

function valuesOf<Value>(some: readonly Sourced<Value>[]): Value[] {
  return some.map(({ value }) => value);
}

function recordOf<Value>(
  some: ReadonlyMap<string, Sourced<Value>>,
): Record<string, Value> {
  return Object.fromEntries([...some].map(([key, { value }]) => [key, value]));
}
