import type { Day } from "./day.js";
import { globMatcher } from "./glob.js";
import { defaultSettings, type Settings } from "./settings.js";

/** exploration: the gate advises. commitment: real users, data or money are there, and the gate blocks. */
export type Phase = "exploration" | "commitment";

/** What a repository asks of a check or of one of its rules. */
export type ConfiguredLevel = "off" | "advise" | "block";

/** Levels by check slug or by `check/rule`; the more specific one wins. */
export type Levels = Readonly<Record<string, ConfiguredLevel>>;

/** Where in a configuration file or a source file something was said. */
export interface Place {
  readonly path: string;
  /** Line from 1. */
  readonly line: number;
}

/** Other levels for some paths. */
export interface PathLevels {
  /** Globs; one that matches is enough. */
  readonly paths: readonly string[];
  /** Globs of files that it is not about after all. */
  readonly except?: readonly string[];
  readonly levels: Levels;
}

/** Somebody's promise to live with findings until a day. */
export interface Suppression {
  readonly check: string;
  /** Slug of one rule; absent when it is about all rules of the check. */
  readonly rule?: string;
  /** Globs of the files whose findings it silences. */
  readonly paths: readonly string[];
  /** Only the finding of this name. */
  readonly fingerprint?: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it applies. */
  readonly until: Day;
  readonly at: Place;
}

/** Somebody's statement about what code cannot show. */
export interface Attestation {
  /** Slug of the check that it answers. */
  readonly check: string;
  /** App of a monorepo that it is about; absent when it is about the whole repository. */
  readonly project?: string;
  /** Who states it. */
  readonly by: string;
  /** Day on which it was true, for example of the drill. */
  readonly date: Day;
  /** A path in the repository, or an address, which is shown and never fetched. */
  readonly evidence: string;
  /** Last day on which it counts. */
  readonly until: Day;
  readonly at: Place;
}

/** The rules in force for one judgement, after all configuration layers. Plain data. */
export interface Policy {
  readonly phase: Phase;
  readonly levels: Levels;
  /** The day on which commitment begins, where it is announced and not there yet. */
  readonly commitmentFrom?: Day;
  /** Levels by path; a later entry wins over an earlier one. */
  readonly overrides?: readonly PathLevels[];
  /** What the organization asks for at least, by check slug or `check/rule`. Nothing weighs less. */
  readonly floors?: Readonly<Record<string, "advise" | "block">>;
  /** Globs of paths that no check reports, except for credentials. */
  readonly ignored?: readonly string[];
  readonly suppressions?: readonly Suppression[];
  readonly attestations?: readonly Attestation[];
  /** How many days ahead a suppression may end at most. */
  readonly maxSuppressionDays?: number;
  /** Whether the number of findings of a rule may not grow, wherever they stand. */
  readonly ratchet?: boolean;
  /** What the repository says of itself, for checks and the model. */
  readonly settings?: Settings;
}

/** What holds where nobody configured anything. */
export const defaultPolicy: Policy = {
  phase: "exploration",
  levels: {},
  settings: defaultSettings,
};

/** Longest suppression where nobody says otherwise, in days. */
export const defaultMaxSuppressionDays = 180;

/**
 * The level that levels ask of a check or a rule.
 *
 * @returns undefined where they say nothing; a check that is switched off silences all its rules.
 */
export function configuredLevel(
  { levels }: Pick<Policy, "levels">,
  check: string,
  rule?: string,
): ConfiguredLevel | undefined {
  const whole = own(levels, check);
  if (rule === undefined || whole === "off") return whole;
  return own(levels, `${check}/${rule}`) ?? whole;
}

/** What the organization asks for at least, of a check or of one of its rules. */
export function floorOf(
  { floors = {} }: Policy,
  check: string,
  rule: string,
): "advise" | "block" | undefined {
  const whole = own(floors, check);
  const single = own(floors, `${check}/${rule}`);
  return whole === "block" ? whole : (single ?? whole);
}

/** Whether a check can report anything at all, so that it is worth asking. */
export function isAsked(policy: Policy, check: string): boolean {
  const isAbout = (key: string) => key === check || key.startsWith(`${check}/`);
  if (Object.keys(policy.floors ?? {}).some(isAbout)) return true;
  if (configuredLevel(policy, check) !== "off") return true;
  return (policy.overrides ?? []).some(({ levels }) =>
    Object.keys(levels).some((key) => isAbout(key) && levels[key] !== "off"),
  );
}

/** Compiles who asks for which level where: the last override whose paths match and that speaks of the rule wins. */
export function levelReader(
  policy: Policy,
): (check: string, rule: string, path: string) => ConfiguredLevel | undefined {
  const overrides = (policy.overrides ?? [])
    .map(({ paths, except = [], levels }) => {
      const [isIn, isOut] = [globMatcher(paths), globMatcher(except)];
      return { levels, matches: (path: string) => isIn(path) && !isOut(path) };
    })
    .reverse();
  return (check, rule, path) => {
    for (const override of overrides) {
      const level = configuredLevel(override, check, rule);
      if (level !== undefined && override.matches(path)) return level;
    }
    return configuredLevel(policy, check, rule);
  };
}

function own<T>(record: Readonly<Record<string, T>>, key: string) {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
