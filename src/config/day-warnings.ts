import { defaultAttestationDays } from "#gate/attest.js";
import { addDays, type Day } from "#gate/day.js";
import { defaultMaxSuppressionDays } from "#gate/policy.js";
import type { ConfigProblem } from "./problem.js";
import { pathKey, type YamlTree } from "./read-yaml.js";
import type { OrganizationConfig, RepositoryConfig } from "./schema.js";

type Attestations = NonNullable<RepositoryConfig["attest"]>;

/** Suppressions and attestations of a valid file that do not count on a day, for whoever writes the file. */
export function dayWarnings(
  config: RepositoryConfig | OrganizationConfig,
  { spans }: YamlTree,
  today: Day,
): ConfigProblem[] {
  const warning = (
    path: readonly PropertyKey[],
    message: string | undefined,
  ): ConfigProblem[] =>
    message === undefined
      ? []
      : [
          {
            ...(spans.get(pathKey(path))?.value ?? { line: 1, column: 1 }),
            message,
          },
        ];
  const ofAttestations = (
    said: Attestations | undefined,
    path: readonly PropertyKey[],
  ) =>
    Object.entries(said ?? {}).flatMap(([check, entry]) =>
      warning([...path, check, "date"], entry && flawOfStatement(entry, today)),
    );
  const { suppress, attest, projects }: Partial<RepositoryConfig> = config;
  return [
    ...(suppress ?? []).flatMap(({ until }, index) =>
      warning(["suppress", index, "until"], flawOfLastDay(until, today)),
    ),
    ...ofAttestations(attest, ["attest"]),
    ...(projects ?? []).flatMap((one, index) =>
      ofAttestations(one.attest, ["projects", index, "attest"]),
    ),
  ];
}

function flawOfLastDay(until: Day, today: Day): string | undefined {
  if (until < today)
    return "This day is over: the suppression no longer applies.";
  if (until <= addDays(today, defaultMaxSuppressionDays)) return undefined;
  const begins = addDays(until, -defaultMaxSuppressionDays);
  return `This is more than ${String(defaultMaxSuppressionDays)} days ahead: the suppression does not apply before ${begins}, unless the organization allows more.`;
}

function flawOfStatement(
  entry: NonNullable<Attestations[string]>,
  today: Day,
): string | undefined {
  // The day of grace that judging gives, too.
  if (entry.date > addDays(today, 1))
    return "This day is in the future: the attestation does not count.";
  const days = entry["valid-days"] ?? defaultAttestationDays;
  return addDays(entry.date, days) < today
    ? "This is too long ago: the attestation has lapsed."
    : undefined;
}
