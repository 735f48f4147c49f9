import type { ProjectSettings } from "#gate/settings.js";
import { defaultAttestationDays } from "#gate/attest.js";
import { addDays, dayOf } from "#gate/day.js";
import {
  type Attestation,
  defaultMaxSuppressionDays,
  type Suppression,
} from "#gate/policy.js";
import type { EffectiveConfig, Limits } from "./effective-config.js";
import {
  effectiveFloors,
  effectiveLevels,
  effectiveOptions,
  effectiveOverrides,
} from "./effective-levels.js";
import { effectivePhase } from "./effective-phase.js";
import { effectiveReview, reviewPolicyOf } from "./effective-review.js";
import {
  builtIn,
  collected,
  type Layer,
  merged,
  nearest,
  type Sourced,
} from "./layer.js";
import {
  lineOf,
  type OrganizationFile,
  type RepositoryFile,
} from "./parse-config.js";

/** What the configuration in force depends on. */
export interface ConfigSources {
  /** The file in the organization's `.github` repository. */
  readonly organization?: OrganizationFile | undefined;
  /** The repository's file at the commit that counts. */
  readonly repository?: RepositoryFile | undefined;
  /** Whether the repository has a file that cannot be read: then it is judged strictly. */
  readonly isBroken?: boolean;
  /** Base branch of the change, or the branch that is judged. */
  readonly branch: string;
  /** The only clock: ISO 8601. */
  readonly takenAt: string;
}

/** Longest validity of an attestation where no organization says otherwise, in days. */
const defaultMaxAttestationDays = 730;

/**
 * Puts the layers together: built in, the organization's defaults (where the repository extends them or has no file of
 * its own), the repository's file, path overrides; and the organization's floors, which hold in any case.
 */
export function effectiveConfig(sources: ConfigSources): EffectiveConfig {
  const { organization, repository, branch, isBroken = false } = sources;
  const layers = layersOf(sources);
  const today = dayOf(sources.takenAt);
  const limits = effectiveLimits(layers, organization);
  const phase = effectivePhase({
    ...{ layers, organization, branch, today, isBroken },
  });
  const secondReviewer = effectiveReview(layers);
  const sensitive = effectiveSensitive(layers);
  return {
    ...phase,
    levels: effectiveLevels(layers),
    floors: effectiveFloors(organization),
    options: effectiveOptions(layers),
    overrides: effectiveOverrides(layers, repository),
    paths: effectivePaths(layers),
    sensitive,
    tenancy:
      nearest(layers, ["tenancy"], ({ tenancy }) => tenancy) ??
      builtIn("multi" as const),
    dataClasses: merged(layers, ["data"], ({ data }) => data),
    secondReviewer,
    reviewPolicy: reviewPolicyOf(secondReviewer, phase.phase.value, sensitive),
    suppressions: repository ? suppressionsOf(repository) : [],
    attestations: repository
      ? attestationsOf(repository, limits.maxAttestationDays.value)
      : [],
    projects: repository ? projectsOf(repository) : [],
    limits,
    ratchet:
      nearest(layers, ["ratchet"], ({ ratchet }) => ratchet) ?? builtIn(false),
  };
}

/** The nearest first. */
function layersOf({ organization, repository }: ConfigSources): Layer[] {
  const takesDefaults =
    repository === undefined || repository.value.extends === "org";
  return [
    ...(repository ? [{ name: "repository", file: repository } as const] : []),
    ...(organization && takesDefaults
      ? [{ name: "organization", file: organization } as const]
      : []),
  ];
}

function effectivePaths(layers: readonly Layer[]): EffectiveConfig["paths"] {
  const of = (kind: keyof EffectiveConfig["paths"]) =>
    collected(layers, ["paths", kind], ({ paths }) => paths?.[kind]);
  return {
    client: of("client"),
    server: of("server"),
    ignore: of("ignore"),
    generated: of("generated"),
  };
}

function effectiveSensitive(
  layers: readonly Layer[],
): EffectiveConfig["sensitive"] {
  const of = (kind: keyof EffectiveConfig["sensitive"]) =>
    collected(
      layers,
      ["sensitive", kind],
      ({ sensitive }) => sensitive?.[kind],
    );
  return {
    auth: of("auth"),
    payment: of("payment"),
    data: of("data"),
    ignore: of("ignore"),
  };
}

function effectiveLimits(
  layers: readonly Layer[],
  organization: OrganizationFile | undefined,
): Limits {
  return {
    maxAnnotations:
      nearest(
        layers,
        ["limits", "max-annotations"],
        ({ limits }) => limits?.["max-annotations"],
      ) ?? builtIn(50),
    onError:
      nearest(
        layers,
        ["limits", "on-error"],
        ({ limits }) => limits?.["on-error"],
      ) ?? builtIn("fail" as const),
    drafts:
      nearest(layers, ["limits", "drafts"], ({ limits }) => limits?.drafts) ??
      builtIn("advise" as const),
    maxSuppressionDays:
      enforcedDays(organization, "max-suppression-days") ??
      builtIn(defaultMaxSuppressionDays),
    maxAttestationDays:
      enforcedDays(organization, "max-attestation-days") ??
      builtIn(defaultMaxAttestationDays),
  };
}

function enforcedDays(
  organization: OrganizationFile | undefined,
  key: "max-suppression-days" | "max-attestation-days",
): Sourced<number> | undefined {
  const value = organization?.value.enforce?.[key];
  if (!organization || value === undefined) return undefined;
  const line = lineOf(organization, ["enforce", key]);
  return {
    value,
    origin: { layer: "enforced", path: organization.path, line },
  };
}

function suppressionsOf(file: RepositoryFile): Suppression[] {
  return (file.value.suppress ?? []).map((entry, index) => {
    const [check = "", rule] = entry.rule.split("/");
    const { paths, fingerprint, reason, owner, until } = entry;
    const line = lineOf(file, ["suppress", index]);
    return {
      ...{ check, paths, reason, owner, until },
      ...(rule !== undefined && { rule }),
      ...(fingerprint !== undefined && { fingerprint }),
      at: { path: file.path, line },
    };
  });
}

/** Those of the whole repository, then those of its projects. */
function attestationsOf(file: RepositoryFile, most: number): Attestation[] {
  const { attest, projects = [] } = file.value;
  const stated = (
    said: typeof attest,
    path: readonly PropertyKey[],
    project?: string,
  ) =>
    Object.entries(said ?? {}).flatMap(([check, entry]): Attestation[] => {
      if (entry === undefined) return [];
      const { by, date, evidence } = entry;
      const days = entry["valid-days"] ?? defaultAttestationDays;
      const until = addDays(date, Math.min(days, most));
      const at = { path: file.path, line: lineOf(file, [...path, check]) };
      return [
        {
          ...{ check, by, date, evidence, until, at },
          ...(project !== undefined && { project }),
        },
      ];
    });
  return [
    ...stated(attest, ["attest"]),
    ...projects.flatMap(({ name, attest: own }, index) =>
      stated(own, ["projects", index, "attest"], name),
    ),
  ];
}

function projectsOf(file: RepositoryFile): Sourced<ProjectSettings>[] {
  return (file.value.projects ?? []).map(({ name, paths, tenancy }, index) => ({
    value: { name, paths, ...(tenancy !== undefined && { tenancy }) },
    origin: {
      layer: "repository",
      path: file.path,
      line: lineOf(file, ["projects", index]),
    },
  }));
}
