import type { Phase } from "#gate/policy.js";
import { defaultReviewPolicy, type ReviewPolicy } from "#gate/review-policy.js";
import type { EffectiveConfig } from "./effective-config.js";
import { type Layer, nearest, type Sourced } from "./layer.js";
import type { RepositoryConfig } from "./schema.js";

type SaidOfReview = NonNullable<RepositoryConfig["second-reviewer"]>;

const keys: readonly (keyof SaidOfReview)[] = [
  "required-approvals",
  "min-permission",
  "reviewers",
  "teams",
  "external-reviewers",
  "machine-users",
  "trusted-automation",
  "same-person",
  "stale-on",
  "suggestion-authors",
  "unidentified-builder",
  "ask-reviewers",
  "bypass",
];

/** What is said about the second reviewer, key by key. */
export function effectiveReview(
  layers: readonly Layer[],
): ReadonlyMap<string, Sourced<unknown>> {
  return new Map(
    keys.flatMap((key): [string, Sourced<unknown>][] => {
      const said = nearest<unknown>(
        layers,
        ["second-reviewer", key],
        (config) => config["second-reviewer"]?.[key],
      );
      return said === undefined ? [] : [[key, said]];
    }),
  );
}

/** The second reviewer's rules out of what is said, the rest as it is built in. */
export function reviewPolicyOf(
  said: ReadonlyMap<string, Sourced<unknown>>,
  phase: Phase,
  sensitive: EffectiveConfig["sensitive"],
): ReviewPolicy {
  const known = Object.fromEntries(
    [...said].map(([key, { value }]) => [key, value]),
  ) as SaidOfReview;
  const standard = defaultReviewPolicy;
  const values = (some: readonly Sourced<string>[]) =>
    some.map(({ value }) => value);
  return {
    phase,
    requiredApprovals:
      known["required-approvals"] ?? standard.requiredApprovals,
    minPermission: known["min-permission"] ?? standard.minPermission,
    reviewers: logins(known.reviewers) ?? standard.reviewers,
    teams: known.teams?.map(teamSlug) ?? standard.teams,
    externalReviewers:
      logins(known["external-reviewers"]) ?? standard.externalReviewers,
    machineUsers: logins(known["machine-users"]) ?? standard.machineUsers,
    trustedAutomation:
      logins(known["trusted-automation"]) ?? standard.trustedAutomation,
    staleOn: known["stale-on"] ?? standard.staleOn,
    suggestionAuthors:
      known["suggestion-authors"] ?? standard.suggestionAuthors,
    unidentifiedBuilder:
      known["unidentified-builder"] ?? standard.unidentifiedBuilder,
    samePerson:
      known["same-person"]?.map((group) => logins(group) ?? []) ??
      standard.samePerson,
    askReviewers: known["ask-reviewers"] ?? standard.askReviewers,
    bypass: bypassOf(known.bypass),
    sensitivePaths: {
      auth: values(sensitive.auth),
      payment: values(sensitive.payment),
      data: values(sensitive.data),
    },
    ignoredPaths: values(sensitive.ignore),
  };
}

function bypassOf(said: SaidOfReview["bypass"]): ReviewPolicy["bypass"] {
  const standard = defaultReviewPolicy.bypass;
  return {
    minPermission: said?.["min-permission"] ?? standard.minPermission,
    buildersMayBypass:
      said?.["builders-may-bypass"] ?? standard.buildersMayBypass,
    ttlHours: said?.["ttl-hours"] ?? standard.ttlHours,
  };
}

function logins(some: readonly string[] | undefined): string[] | undefined {
  return some?.map((login) => login.replace(/^@/, ""));
}

/** `@acme/security` is the team `security`. */
function teamSlug(team: string): string {
  return team.slice(team.indexOf("/") + 1).replace(/^@/, "");
}
