import type { Day } from "#gate/day.js";
import type {
  Attestation,
  ConfiguredLevel,
  PathLevels,
  Phase,
  Suppression,
} from "#gate/policy.js";
import type { ReviewPolicy } from "#gate/review-policy.js";
import type { Options, ProjectSettings, Settings } from "#gate/settings.js";
import type { Sourced } from "./layer.js";

/** What a list of patterns is for. */
export type PathKind = "client" | "server" | "ignore" | "generated";

/** What a sensitive pattern is about. */
export type SensitiveKind = "auth" | "payment" | "data" | "ignore";

/** How much is said, and how. */
export interface Limits {
  /** Annotations of one check run. */
  readonly maxAnnotations: Sourced<number>;
  /** How a run ends that could not be finished. */
  readonly onError: Sourced<"fail" | "neutral">;
  /** Whether a draft can be blocked. */
  readonly drafts: Sourced<"advise" | "judge">;
  /** How far ahead a suppression may end, in days. */
  readonly maxSuppressionDays: Sourced<number>;
  /** How long an attestation may count, in days. */
  readonly maxAttestationDays: Sourced<number>;
}

/** Everything that is in force for one branch on one day, each value with its origin. */
export interface EffectiveConfig {
  readonly phase: Sourced<Phase>;
  /** The day on which commitment begins, where it is announced and ahead. */
  readonly commitmentFrom?: Sourced<Day>;
  /** The organization's word that commitment holds already, whoever else says so, too. */
  readonly enforcedCommitment?: Sourced<Phase>;
  /** By check or `check/rule`. */
  readonly levels: ReadonlyMap<string, Sourced<ConfiguredLevel>>;
  /** What nobody below the organization can lower, by check or `check/rule`. */
  readonly floors: ReadonlyMap<string, Sourced<"advise" | "block">>;
  /** By check or `check/rule`. */
  readonly options: ReadonlyMap<string, Sourced<Options>>;
  /** In the order in which they apply; a later one wins. */
  readonly overrides: readonly Sourced<PathLevels>[];
  readonly paths: Readonly<Record<PathKind, readonly Sourced<string>[]>>;
  readonly sensitive: Readonly<
    Record<SensitiveKind, readonly Sourced<string>[]>
  >;
  readonly tenancy: Sourced<Settings["tenancy"]>;
  readonly dataClasses: ReadonlyMap<string, Sourced<string>>;
  /** What somebody said about the second reviewer, by key of `second-reviewer`. */
  readonly secondReviewer: ReadonlyMap<string, Sourced<unknown>>;
  readonly reviewPolicy: ReviewPolicy;
  readonly suppressions: readonly Suppression[];
  readonly attestations: readonly Attestation[];
  readonly projects: readonly Sourced<ProjectSettings>[];
  readonly limits: Limits;
  readonly ratchet: Sourced<boolean>;
}
