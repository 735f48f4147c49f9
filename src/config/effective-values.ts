import { addDays, type Day } from "#gate/day.js";
import type { ConfiguredLevel, Suppression } from "#gate/policy.js";
import type { EffectiveConfig } from "./effective-config.js";
import type { Origin, Sourced } from "./layer.js";

/** One value that is in force, for people. */
export interface EffectiveValue {
  /** Dotted key as the file would have it. */
  readonly key: string;
  readonly value: string;
  /** For example `built in`, or `.vibegate.yml:3`. */
  readonly origin: string;
}

/** Every value in force with where it comes from, in the order of the file's keys. */
export function effectiveValues(config: EffectiveConfig): EffectiveValue[] {
  const { phase, commitmentFrom, limits, paths, sensitive } = config;
  return [
    valueOf("phase", phase),
    ...(commitmentFrom ? [valueOf("commitment-from", commitmentFrom)] : []),
    valueOf("tenancy", config.tenancy),
    valueOf("ratchet", config.ratchet),
    ...[...config.levels].map(([key, level]) =>
      levelUnder(key, level, config.floors),
    ),
    ...(config.enforcedCommitment
      ? [valueOf("enforce.phase", config.enforcedCommitment)]
      : []),
    ...mapValues("enforce.checks", config.floors),
    ...mapValues("options", config.options),
    ...config.overrides.map((one) => valueOf("overrides", one)),
    ...config.projects.map((one) => valueOf("projects", one)),
    ...listValues("paths", paths),
    ...listValues("sensitive", sensitive),
    ...mapValues("second-reviewer", config.secondReviewer),
    ...mapValues("data", config.dataClasses),
    ...Object.entries<Sourced<unknown>>(
      limits as unknown as Record<string, Sourced<unknown>>,
    ).map(([key, one]) => valueOf(`limits.${dashed(key)}`, one)),
  ];
}

/** What people accept and state until a day, and that it does not count on the day of looking where it does not. */
export function statedValues(
  { suppressions, attestations, limits }: EffectiveConfig,
  today: Day,
): EffectiveValue[] {
  const longest = addDays(today, limits.maxSuppressionDays.value);
  const placed = ({ path, line }: Suppression["at"]) =>
    `${path}:${String(line)}`;
  return [
    ...suppressions.map(({ check, rule, owner, until, at }) => ({
      key: "suppress",
      value: `${rule === undefined ? check : `${check}/${rule}`} until ${until}, by ${owner}${fateOf(until, today, longest)}`,
      origin: placed(at),
    })),
    ...attestations.map(({ check, project, by, until, at }) => ({
      key: project === undefined ? "attest" : `attest (${project})`,
      value: `${check} until ${until}, by ${by}${fateOf(until, today)}`,
      origin: placed(at),
    })),
  ];
}

function fateOf(until: Day, today: Day, longest = until): string {
  if (until < today) return ": over";
  return until > longest ? ": too far ahead to count yet" : "";
}

/** A level as it weighs: where a floor lies above it, the floor, and what it stands over. */
function levelUnder(
  subject: string,
  level: Sourced<ConfiguredLevel>,
  floors: EffectiveConfig["floors"],
): EffectiveValue {
  const own = valueOf(`checks.${subject}`, level);
  const [check = ""] = subject.split("/");
  const above = [...new Set([subject, check])]
    .flatMap((one) => floors.get(one) ?? [])
    .filter(({ value }) => heaviness[value] > heaviness[level.value])
    .sort((one, other) => heaviness[other.value] - heaviness[one.value])[0];
  if (above === undefined) return own;
  const { value, origin } = valueOf(own.key, above);
  return {
    ...own,
    value,
    origin: `${origin}, over ${own.value} in ${own.origin}`,
  };
}

const heaviness: Readonly<Record<ConfiguredLevel, number>> = {
  off: 0,
  advise: 1,
  block: 2,
};

function mapValues(
  prefix: string,
  some: ReadonlyMap<string, Sourced<unknown>>,
): EffectiveValue[] {
  return [...some].map(([key, one]) =>
    valueOf(`${prefix}.${dashed(key)}`, one),
  );
}

function listValues(
  prefix: string,
  some: Readonly<Record<string, readonly Sourced<unknown>[]>>,
): EffectiveValue[] {
  return Object.entries(some).flatMap(([key, values]) =>
    values.map((one) => valueOf(`${prefix}.${key}`, one)),
  );
}

function valueOf(
  key: string,
  { value, origin }: Sourced<unknown>,
): EffectiveValue {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return { key, value: text, origin: placeOf(origin) };
}

function placeOf({ layer, path, line }: Origin): string {
  if (path === undefined) return "built in";
  const place = line === undefined ? path : `${path}:${String(line)}`;
  if (layer === "repository") return place;
  return layer === "enforced"
    ? `enforced by the organization's ${place}`
    : `the organization's ${place}`;
}

function dashed(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
