import type { ConfiguredLevel, PathLevels } from "#gate/policy.js";
import type { Options, OptionValue } from "#gate/settings.js";
import { type Layer, merged, originIn, type Sourced } from "./layer.js";
import {
  lineOf,
  type OrganizationFile,
  type RepositoryFile,
} from "./parse-config.js";

/** Levels by check or `check/rule`. What a nearer layer says of a check also replaces what a farther one said of its rules. */
export function effectiveLevels(
  layers: readonly Layer[],
): ReadonlyMap<string, Sourced<ConfiguredLevel>> {
  const result = new Map<string, Sourced<ConfiguredLevel>>();
  for (const layer of layers.toReversed()) {
    const said = Object.entries(layer.file.value.checks ?? {}).flatMap(
      ([key, setting]) => {
        const level = typeof setting === "string" ? setting : setting.level;
        return level === undefined ? [] : [[key, level] as const];
      },
    );
    for (const [key] of said)
      for (const known of [...result.keys()])
        if (known.startsWith(`${key}/`)) result.delete(known);
    for (const [key, value] of said)
      result.set(key, { value, origin: originIn(layer, "checks", key) });
  }
  return result;
}

/** Options by check or `check/rule`; the nearest layer wins option by option. */
export function effectiveOptions(
  layers: readonly Layer[],
): ReadonlyMap<string, Sourced<Options>> {
  const result = new Map<string, Sourced<Options>>();
  const all = layers.toReversed().flatMap((layer) => {
    const checks = merged([layer], ["checks"], ({ checks: said }) => said);
    return [...checks];
  });
  for (const [key, { value, origin }] of all)
    if (typeof value !== "string" && value.options)
      result.set(key, {
        value: { ...result.get(key)?.value, ...said(value.options) },
        origin,
      });
  return result;
}

/** Without the keys that say nothing. */
function said(
  options: Readonly<Record<string, OptionValue | undefined>>,
): Options {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Levels by path: the organization's overrides, then the repository's projects, then its overrides. */
export function effectiveOverrides(
  layers: readonly Layer[],
  repository: RepositoryFile | undefined,
): Sourced<PathLevels>[] {
  return layers.toReversed().flatMap((layer) => [
    ...(layer.name === "repository" && repository
      ? projectLevels(layer, repository)
      : []),
    ...(layer.file.value.overrides ?? []).map(({ paths, checks }, index) => ({
      value: { paths, levels: checks },
      origin: originIn(layer, "overrides", index),
    })),
  ]);
}

function projectLevels(
  layer: Layer,
  { value }: RepositoryFile,
): Sourced<PathLevels>[] {
  const { projects = [] } = value;
  return projects.flatMap(({ paths, checks }, index) =>
    checks
      ? [
          {
            // A file belongs to the first project that names it.
            value: {
              ...{ paths, levels: checks },
              except: projects.slice(0, index).flatMap((one) => one.paths),
            },
            origin: originIn(layer, "projects", index, "checks"),
          },
        ]
      : [],
  );
}

/** What the organization enforces, by check or `check/rule`. */
export function effectiveFloors(
  organization: OrganizationFile | undefined,
): ReadonlyMap<string, Sourced<"advise" | "block">> {
  if (!organization) return new Map();
  const { value, path } = organization;
  return new Map(
    Object.entries(value.enforce?.checks ?? {}).map(([key, level]) => {
      const line = lineOf(organization, ["enforce", "checks", key]);
      return [key, { value: level, origin: { layer: "enforced", path, line } }];
    }),
  );
}
