import { effectiveValues } from "#config/effective-values.js";
import {
  type ConfigText,
  type Governing,
  governingConfig,
} from "#config/governing.js";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";
import type { Policy } from "#gate/policy.js";
import type { ReviewPolicy } from "#gate/review-policy.js";
import type { ConfigFile } from "#github/base-config.js";
import { type BrokenConfig, readBrokenConfig } from "#github/config-history.js";
import type { Octokit, RepositoryName } from "#github/octokit.js";
import {
  type OrganizationFiles,
  readOrganizationConfig,
} from "#github/organization-config.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import type { ConfigNotes } from "#report/config-notes.js";
import type { OrganizationConfigs } from "./organization-configs.js";

/** What the configuration asks for, on one branch and one day. */
export interface PolicyInForce {
  readonly gate: Policy;
  readonly review: ReviewPolicy;
  /** Whether there is a configuration at the base, and whether it could be read. */
  readonly state: "valid" | "missing" | "invalid";
  readonly maxAnnotations: number;
  /** Whether a draft can be blocked. */
  readonly drafts: "advise" | "judge";
  /** How a run ends that could not be finished. */
  readonly onError: "fail" | "neutral";
  readonly notes: ConfigNotes;
  /** The same for another file of the repository in place of the base's: what a change would bring. */
  readonly withFile: (file: ConfigText | undefined) => Governing;
}

/** What reading a policy takes besides GitHub. */
export interface PolicyMeans {
  readonly organizations: OrganizationConfigs;
  /** Slugs of the rules by check, to recognise those that do not exist. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
}

/** Where and when a policy holds. */
export interface PolicyPlace extends RepositoryName {
  /** The files at the commit that counts; the first one counts. */
  readonly config: readonly ConfigFile[];
  /** Commit that they stand at. */
  readonly tip: string;
  readonly branch: string;
  /** ISO 8601. */
  readonly takenAt: string;
}

/** The policy that a pull request is held against: that of its base, never its own. */
export async function policyFor(
  octokit: Octokit,
  pullRequest: PullRequest,
  takenAt: string,
  means: PolicyMeans,
): Promise<PolicyInForce> {
  const { owner, repo, config, base, isDraft } = pullRequest;
  const place = {
    owner,
    repo,
    config,
    tip: base.tip,
    branch: base.ref,
    takenAt,
  };
  const policy = await policyAt(octokit, place, means);
  return isDraft && policy.drafts === "advise" ? advisory(policy) : policy;
}

/**
 * A draft's findings advise. Its second reviewer is asked for as ever: the run would let the head pass in the moment
 * between "ready for review" and the next look.
 */
function advisory(policy: PolicyInForce): PolicyInForce {
  return { ...policy, gate: { ...policy.gate, phase: "exploration" } };
}

/** The policy at one commit. A file that cannot be read is judged strictly, not ignored; nor is one that GitHub did not give. */
export async function policyAt(
  octokit: Octokit,
  place: PolicyPlace,
  { organizations, rules }: PolicyMeans,
): Promise<PolicyInForce> {
  const { owner, config, branch, takenAt } = place;
  const above = await organizationFiles(octokit, owner, organizations, rules);
  const broken = await brokenConfig(octokit, place, rules);
  const governing = (files: readonly ConfigText[], last?: ConfigFile) =>
    governingConfig({
      ...{ branch, takenAt, rules, repository: files },
      organization: above.file,
      lastValidOrganization: above.lastValid,
      ...(last && { lastValid: last }),
    });
  const now = governing(config, broken.lastValid);
  const { effective, policy, state } = now;
  return {
    gate: policy,
    review: effective.reviewPolicy,
    state,
    maxAnnotations: effective.limits.maxAnnotations.value,
    drafts: effective.limits.drafts.value,
    onError: effective.limits.onError.value,
    notes: {
      origin: now.origin,
      problems: now.problems,
      warnings: now.warnings,
      ...(broken.brokenBy !== undefined && { brokenBy: broken.brokenBy }),
      values: effectiveValues(effective),
    },
    withFile: (file) => governing(file ? [file] : []),
  };
}

async function organizationFiles(
  octokit: Octokit,
  owner: string,
  known: OrganizationConfigs,
  rules: PolicyMeans["rules"],
): Promise<OrganizationFiles> {
  const found = known.get(owner);
  if (found) return found;
  const file = await readOrganizationConfig(octokit, owner, (one) =>
    isRead(parseOrganizationConfig, one, rules),
  );
  known.set(owner, file);
  return file;
}

function isRead(
  parse: typeof parseConfig | typeof parseOrganizationConfig,
  { path, text }: ConfigFile,
  rules: PolicyMeans["rules"],
): boolean {
  return text !== undefined && parse(text, { path, rules }).ok;
}

async function brokenConfig(
  octokit: Octokit,
  place: PolicyPlace,
  rules: PolicyMeans["rules"],
): Promise<BrokenConfig> {
  const [file] = place.config;
  const isValid = (one: ConfigFile) => isRead(parseConfig, one, rules);
  if (!file || isValid(file)) return {};
  const { path } = file;
  return readBrokenConfig(octokit, place, { path, tip: place.tip }, isValid);
}
