import { ask, type Octokit, type RepositoryName } from "./octokit.js";
import {
  type CommittedBy,
  committedBy,
  type GitPersonAnswer,
  type RestAccount,
} from "./commit-people.js";
import type { CommitRef, PullRequest } from "./pull-request-facts.js";

/** A commit of a comparison, with what comparing its tree takes. */
export interface ComparedCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly CommitRef[];
  /** Who made it; absent where the list that it comes from does not say. */
  readonly people?: CommittedBy;
}

/** What lies between two commits. */
export interface Comparison {
  readonly mergeBase: CommitRef;
  /** Commits that the head has and the base lacks, from old to new. */
  readonly commits: readonly ComparedCommit[];
  /** False when there are more than GitHub lists. */
  readonly hasAllCommits: boolean;
}

/**
 * The commit from which a pull request's change is measured.
 *
 * The commits of a pull request are those that its base lacks. When they have one parent only outside of themselves,
 * that parent is the best common ancestor, and nothing has to be asked. After a merge of the base there are more.
 */
export async function findMergeBase(
  octokit: Octokit,
  pullRequest: PullRequest,
): Promise<CommitRef> {
  const derived = outerParent(pullRequest);
  if (derived) return derived;
  const { base, head } = pullRequest;
  const { mergeBase } = await compareCommits(
    octokit,
    pullRequest,
    base.tip,
    head.sha,
    1,
  );
  return mergeBase;
}

function outerParent({
  commits,
  hasAllCommits,
}: Pick<PullRequest, "commits" | "hasAllCommits">): CommitRef | undefined {
  if (!hasAllCommits) return undefined;
  const own = new Set(commits.map(({ sha }) => sha));
  const outer = new Map(
    commits
      .flatMap(({ parents }) => parents)
      .filter(({ sha }) => !own.has(sha))
      .map((parent) => [parent.sha, parent]),
  );
  return outer.size === 1 ? [...outer.values()][0] : undefined;
}

interface CompareAnswer {
  readonly total_commits: number;
  readonly merge_base_commit: CommitAnswer;
  readonly commits: readonly CommitAnswer[];
}

interface CommitAnswer {
  readonly sha: string;
  readonly commit: {
    readonly tree: { readonly sha: string };
    readonly message: string;
    readonly author: GitPersonAnswer | null;
    readonly committer: GitPersonAnswer | null;
  };
  readonly author: RestAccount | null;
  readonly committer: RestAccount | null;
  readonly parents: readonly { readonly sha: string }[];
}

/**
 * Compares two commits; for a group in a merge queue, or after a merge of the base. Its file list is not used: GitHub
 * cuts it at 300 files and says so nowhere.
 *
 * @param most - Commits to list, at most 250.
 */
export async function compareCommits(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  base: string,
  head: string,
  most = 250,
): Promise<Comparison> {
  const commits: CommitAnswer[] = [];
  const size = Math.min(most, 100);
  for (let page = 1; ; page += 1) {
    const answer = await ask<CompareAnswer>(
      octokit,
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      { owner, repo, basehead: `${base}...${head}`, per_page: size, page },
    );
    commits.push(...answer.commits);
    const isLast = answer.commits.length < size || commits.length >= most;
    if (!isLast) continue;
    return {
      mergeBase: refOf(answer.merge_base_commit),
      commits: commits.map((commit) => ({
        ...refOf(commit),
        parents: commit.parents.map(({ sha }) => ({ sha })),
        people: committedBy(commit),
      })),
      hasAllCommits: commits.length === answer.total_commits,
    };
  }
}

function refOf({ sha, commit }: CommitAnswer): {
  readonly sha: string;
  readonly tree: string;
} {
  return { sha, tree: commit.tree.sha };
}
