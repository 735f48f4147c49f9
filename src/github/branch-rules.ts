import { LRUCache } from "lru-cache";
import type { BranchRules, RunStanding } from "#gate/branch-rules.js";
import { checkRunNames } from "./check-run-id.js";
import { GitHubGone, NotPermitted } from "./failures.js";
import { ask, askPages, type Octokit, type RepositoryName } from "./octokit.js";

/** A branch, and the app whose run it should require. */
export interface BranchPlace extends RepositoryName {
  readonly branch: string;
  readonly appId: number;
}

/** Milliseconds for which rules are believed; they seldom change, and each look costs a request or two. */
const believedMs = 600_000;

/** What is enforced on default branches, as GitHub says it, remembered for some minutes. */
export class KnownBranchRules {
  readonly #known = new LRUCache<string, { readonly rules?: BranchRules }>({
    max: 5_000,
    ttl: believedMs,
  });

  /**
   * The rules of a branch.
   *
   * @returns undefined where they are not shown, as in private repositories of plans that have none.
   * @throws one of the classes of `failures.ts`.
   */
  async of(
    octokit: Octokit,
    { owner, repo, branch, appId }: BranchPlace,
  ): Promise<BranchRules | undefined> {
    const key = `${owner}/${repo} ${branch}`.toLowerCase();
    const known = this.#known.get(key);
    if (known) return known.rules;
    const rules = await readBranchRules(octokit, {
      ...{ owner, repo, branch, appId },
    });
    this.#known.set(key, rules ? { rules } : {});
    return rules;
  }
}

interface RuleAnswer {
  readonly type: string;
  readonly parameters?: {
    readonly required_status_checks?: readonly {
      readonly context: string;
      readonly integration_id?: number | null;
    }[];
  };
}

interface ProtectionAnswer {
  readonly enabled?: boolean;
  readonly required_status_checks?: {
    readonly enforcement_level?: string;
    readonly checks?: readonly {
      readonly context: string;
      readonly app_id?: number | null;
    }[];
  };
}

/** A check that the branch requires, and the app that it has to come from. */
interface Required {
  readonly name: string;
  readonly app: number | undefined;
}

/** Rules under which nobody but those who may pass them over can push. */
const closing = new Set(["pull_request", "merge_queue", "update"]);

/**
 * Reads the rulesets first, which everybody who reads the repository sees, and then what is shown of branch protection
 * of the old kind: which checks it requires, but not whether it asks for pull requests.
 *
 * @see https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
 * @see https://docs.github.com/rest/branches/branches#get-a-branch
 */
async function readBranchRules(
  octokit: Octokit,
  { owner, repo, branch, appId }: BranchPlace,
): Promise<BranchRules | undefined> {
  const place = { owner, repo, branch };
  try {
    const rules = await askPages<readonly RuleAnswer[], RuleAnswer>(
      octokit,
      "GET /repos/{owner}/{repo}/rules/branches/{branch}",
      place,
      (answer) => answer,
    );
    const isClosed = rules.some(({ type }) => closing.has(type));
    const standing = standingOf(rules.flatMap(requiredByRule), appId);
    if (isClosed && standing === "pinned")
      return { branch, pullRequestsOnly: true, gateRun: standing };
    const { protection } = await ask<{
      readonly protection?: ProtectionAnswer;
    }>(octokit, "GET /repos/{owner}/{repo}/branches/{branch}", place);
    const isProtected = protection?.enabled === true;
    return {
      branch,
      ...((isClosed || !isProtected) && { pullRequestsOnly: isClosed }),
      gateRun: stricter(
        standing,
        standingOf(requiredByProtection(protection), appId),
      ),
    };
  } catch (error) {
    if (error instanceof GitHubGone || error instanceof NotPermitted)
      return undefined;
    throw error;
  }
}

function requiredByRule({ parameters }: RuleAnswer): Required[] {
  return (parameters?.required_status_checks ?? []).map(
    ({ context, integration_id: app }) => ({
      name: context,
      app: app ?? undefined,
    }),
  );
}

function requiredByProtection(
  protection: ProtectionAnswer | undefined,
): Required[] {
  const required = protection?.required_status_checks;
  if (protection?.enabled !== true || required?.enforcement_level === "off")
    return [];
  return (required?.checks ?? []).map(({ context, app_id: app }) => ({
    name: context,
    app: app ?? undefined,
  }));
}

function standingOf(required: readonly Required[], appId: number): RunStanding {
  const own = required.filter(({ name }) => name === checkRunNames.gate);
  if (own.some(({ app }) => app === appId)) return "pinned";
  return own.length > 0 ? "by-name" : "not-required";
}

function stricter(one: RunStanding, other: RunStanding): RunStanding {
  const order: readonly RunStanding[] = ["pinned", "by-name", "not-required"];
  return order.find((standing) => [one, other].includes(standing)) ?? one;
}
