import { restAccount, type RestAccount } from "./commit-people.js";
import { ask, type Octokit, type RepositoryName } from "./octokit.js";
import type { Account } from "./pull-request-facts.js";

/** A pull request that a commit belongs to. */
export interface PullOfCommit {
  readonly number: number;
  readonly isOpen: boolean;
  readonly isMerged: boolean;
  /** ISO 8601. */
  readonly mergedAt?: string;
  readonly author?: Account;
  /** Head commit. */
  readonly head: string;
  /** Name of the base branch. */
  readonly base: string;
}

interface PullAnswer {
  readonly number: number;
  readonly state: string;
  readonly merged_at: string | null;
  readonly user: RestAccount | null;
  readonly head: { readonly sha: string };
  readonly base: { readonly ref: string };
}

/**
 * The pull requests that a commit belongs to: those that brought it into the default branch, or the open ones that have
 * it.
 *
 * @see https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit
 */
export async function pullsOfCommit(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  sha: string,
): Promise<readonly PullOfCommit[]> {
  const found = await ask<readonly PullAnswer[]>(
    octokit,
    "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    { owner, repo, commit_sha: sha, per_page: 100 },
  );
  return found.map((pull) => {
    const author = restAccount(pull.user);
    return {
      number: pull.number,
      isOpen: pull.state === "open",
      isMerged: pull.merged_at !== null,
      ...(pull.merged_at !== null && { mergedAt: pull.merged_at }),
      ...(author && { author }),
      head: pull.head.sha,
      base: pull.base.ref,
    };
  });
}

/** Numbers of the open pull requests against a branch. */
export async function openPulls(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  base: string,
): Promise<readonly number[]> {
  const numbers: number[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const found = await ask<readonly { readonly number: number }[]>(
      octokit,
      "GET /repos/{owner}/{repo}/pulls",
      { owner, repo, base, state: "open", per_page: pageSize, page },
    );
    numbers.push(...found.map(({ number }) => number));
    if (found.length < pageSize) break;
  }
  return numbers;
}

const pageSize = 100;
const mostPages = 20;
