import type { Phase } from "./policy.js";

/** What an account may do in a repository, from nothing to everything. */
export const permissions = [
  "none",
  "read",
  "triage",
  "write",
  "maintain",
  "admin",
] as const;

/** One of {@link permissions}. */
export type Permission = (typeof permissions)[number];

/** Kinds of code that one person alone must not change. */
export const sensitiveCategories = [
  "auth",
  "payment",
  "data",
  "control",
] as const;

/** One of {@link sensitiveCategories}; `control` is what steers the gate, the pipeline and the deployment. */
export type SensitiveCategory = (typeof sensitiveCategories)[number];

/** Who may lift the gate for one change in an emergency, and for how long. */
export interface BypassPolicy {
  readonly minPermission: Permission;
  readonly buildersMayBypass: boolean;
  /** Hours from the comment until the bypass ends. */
  readonly ttlHours: number;
}

/** What a repository asks of the second reviewer; logins are compared without regard to case. */
export interface ReviewPolicy {
  readonly phase: Phase;
  readonly requiredApprovals: number;
  readonly minPermission: Permission;
  /** Logins of those who may approve; with `teams` also empty, anyone with `minPermission` may. */
  readonly reviewers: readonly string[];
  /** Slugs of teams whose active members may approve. */
  readonly teams: readonly string[];
  /** Logins of people who may approve without `minPermission`. */
  readonly externalReviewers: readonly string[];
  /** Logins of user accounts that no single person stands behind. */
  readonly machineUsers: readonly string[];
  /** Logins of bots that nobody drives change by change. */
  readonly trustedAutomation: readonly string[];
  /** Which later change makes an approval stale. */
  readonly staleOn: "any-push" | "diff-change" | "sensitive-change";
  /** What the author of an applied suggestion counts as. */
  readonly suggestionAuthors: "builder" | "reviewer";
  /** What a builder whom nobody can name costs. */
  readonly unidentifiedBuilder: "extra-approval" | "ignore";
  /** Groups of logins that belong to one person. */
  readonly samePerson: readonly (readonly string[])[];
  /** How many people are asked for a review; 0 asks nobody. */
  readonly askReviewers: number;
  readonly bypass: BypassPolicy;
  /** Patterns of paths that are sensitive besides the built-in ones. */
  readonly sensitivePaths: Readonly<
    Partial<Record<SensitiveCategory, readonly string[]>>
  >;
  /** Patterns of paths that are not sensitive after all; has no power over control files. */
  readonly ignoredPaths: readonly string[];
}

/** What holds where nobody configured anything: it advises. */
export const defaultReviewPolicy: ReviewPolicy = {
  phase: "exploration",
  requiredApprovals: 1,
  minPermission: "write",
  reviewers: [],
  teams: [],
  externalReviewers: [],
  machineUsers: [],
  trustedAutomation: ["dependabot[bot]", "renovate[bot]"],
  staleOn: "diff-change",
  suggestionAuthors: "builder",
  unidentifiedBuilder: "extra-approval",
  samePerson: [],
  askReviewers: 1,
  bypass: { minPermission: "admin", buildersMayBypass: false, ttlHours: 24 },
  sensitivePaths: {},
  ignoredPaths: [],
};

/** Whether a permission is at least another. */
export function reaches(permission: Permission, least: Permission): boolean {
  return permissions.indexOf(permission) >= permissions.indexOf(least);
}
