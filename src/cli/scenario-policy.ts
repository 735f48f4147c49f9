import {
  defaultReviewPolicy,
  permissions,
  reaches,
  sensitiveCategories,
  type Permission,
  type ReviewPolicy,
} from "#gate/review-policy.js";
import type { ConfigFacts } from "#second-review/facts.js";
import { nodeOf, textOf, textsOf, type Node } from "./scenario-file.js";

/**
 * The policy that a scenario's neutral key names describe. Without a configuration the gate advises; a broken one falls
 * back to the built-in rules and blocks: a typo must neither open the gate nor lock the repository.
 */
export function configOf(config: Node): ConfigFacts {
  if (config.missing === true || config.exists === false)
    return { state: "missing", policy: defaultReviewPolicy };
  if (config.valid === false)
    return {
      state: "invalid",
      policy: { ...defaultReviewPolicy, phase: "commitment" },
    };
  return { state: "valid", policy: policyOf(config) };
}

function policyOf(config: Node): ReviewPolicy {
  const base = defaultReviewPolicy;
  return {
    ...base,
    phase: config.phase === "exploration" ? "exploration" : "commitment",
    requiredApprovals: numberOf(
      config.required_approvals,
      base.requiredApprovals,
    ),
    minPermission: leastOf(config.min_permission, base.minPermission),
    reviewers: textsOf(config.reviewers),
    teams: teamsOf(config.teams),
    externalReviewers: textsOf(config.external_reviewers),
    machineUsers: textsOf(config.machine_users),
    trustedAutomation:
      config.trusted_automation === undefined
        ? base.trustedAutomation
        : textsOf(config.trusted_automation),
    staleOn:
      config.stale_on === "any-push" || config.stale_on === "sensitive-change"
        ? config.stale_on
        : "diff-change",
    suggestionAuthors:
      config.suggestion_authors === "reviewer" ? "reviewer" : "builder",
    unidentifiedBuilder:
      config.unidentified_builder === "ignore" ? "ignore" : "extra-approval",
    samePerson: groupsOf(config.same_person),
    bypass: bypassOf(nodeOf(config.bypass)),
    sensitivePaths: sensitivePathsOf(nodeOf(config.sensitive)),
    ignoredPaths: [
      ...textsOf(config.ignore),
      ...textsOf(nodeOf(config.sensitive).ignore),
    ],
  };
}

function bypassOf(bypass: Node): ReviewPolicy["bypass"] {
  const base = defaultReviewPolicy.bypass;
  return {
    minPermission: leastOf(bypass.min_permission, base.minPermission),
    buildersMayBypass: bypass.builders_may_bypass === true,
    ttlHours: numberOf(bypass.ttl_hours, base.ttlHours),
  };
}

/** Teams as a list of slugs, or as a mapping of slugs to their members. */
function teamsOf(teams: unknown): readonly string[] {
  const bySlug = Object.keys(nodeOf(teams));
  return bySlug.length > 0 ? bySlug : textsOf(teams);
}

/** The members that a mapping of teams names. */
export function membersOf(config: Node, team: string): readonly string[] {
  return textsOf(nodeOf(config.teams)[team]);
}

function groupsOf(value: unknown): readonly (readonly string[])[] {
  return Array.isArray(value) ? value.map(textsOf) : [];
}

function sensitivePathsOf(sensitive: Node): ReviewPolicy["sensitivePaths"] {
  return Object.fromEntries(
    sensitiveCategories.map((category) => {
      const value = sensitive[category];
      const paths = nodeOf(value).paths ?? (Array.isArray(value) ? value : []);
      return [category, textsOf(paths)];
    }),
  );
}

/** What a configuration may ask for: less than write is everybody's on a public repository, and is no choice. */
function leastOf(value: unknown, otherwise: Permission): Permission {
  const least = permissionOf(value);
  return least !== undefined && reaches(least, "write") ? least : otherwise;
}

/** A permission by its name. */
export function permissionOf(value: unknown): Permission | undefined {
  return permissions.find((permission) => permission === textOf(value));
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value)
    ? value
    : otherwise;
}
