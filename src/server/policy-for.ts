import type { Policy } from "#gate/policy.js";
import type { ReviewPolicy } from "#gate/review-policy.js";
import { effectiveConfig } from "#config/layers.js";
import { parseConfig, type RepositoryFile } from "#config/parse-config.js";
import { policyOf } from "#config/policy-of.js";
import type { ConfigFile } from "#github/base-config.js";
import type { PullRequest } from "#github/pull-request-facts.js";

/** What a repository's configuration asks for, on one branch and one day. */
export interface PolicyInForce {
  readonly gate: Policy;
  readonly review: ReviewPolicy;
  /** Whether there is a configuration at the base, and whether it could be read. */
  readonly state: "valid" | "missing" | "invalid";
  readonly maxAnnotations: number;
}

/** Where and when a policy holds. */
export interface PolicyPlace {
  /** The files at the commit that counts; the first one counts. */
  readonly config: readonly ConfigFile[];
  readonly branch: string;
  /** ISO 8601. */
  readonly takenAt: string;
}

/** The policy that a pull request is held against: that of its base, never its own. A draft is judged and not blocked. */
export function policyFor(
  { config, base, isDraft }: PullRequest,
  takenAt: string,
): PolicyInForce {
  const policy = policyAt({ config, branch: base.ref, takenAt });
  if (!isDraft) return policy;
  return {
    ...policy,
    gate: { ...policy.gate, phase: "exploration" },
    review: { ...policy.review, phase: "exploration" },
  };
}

/** The policy at one commit. A file that cannot be read is judged strictly, not ignored. */
export function policyAt(place: PolicyPlace): PolicyInForce {
  const { config, branch, takenAt } = place;
  const repository = readFile(config[0]);
  const state =
    config.length === 0 ? "missing" : repository ? "valid" : "invalid";
  const effective = effectiveConfig({
    repository,
    isBroken: state === "invalid",
    branch,
    takenAt,
  });
  return {
    gate: policyOf(effective),
    review: effective.reviewPolicy,
    state,
    maxAnnotations: effective.limits.maxAnnotations.value,
  };
}

function readFile(file: ConfigFile | undefined): RepositoryFile | undefined {
  if (file?.text === undefined) return undefined;
  const parsed = parseConfig(file.text, { path: file.path });
  return parsed.ok ? parsed.config : undefined;
}
