import { ask, type Octokit, type RepositoryName } from "./octokit.js";
import type { CommitRef } from "./pull-request-facts.js";

/** The default branch and the commit at its tip. */
export interface DefaultBranch {
  readonly name: string;
  readonly tip: CommitRef;
}

/** Reads which branch is the default one, and where it is. */
export async function readDefaultBranch(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
): Promise<DefaultBranch> {
  const { default_branch: name } = await ask<{
    readonly default_branch: string;
  }>(octokit, "GET /repos/{owner}/{repo}", { owner, repo });
  const { sha, commit } = await ask<{
    readonly sha: string;
    readonly commit: { readonly tree: { readonly sha: string } };
  }>(octokit, "GET /repos/{owner}/{repo}/commits/{ref}", {
    ...{ owner, repo, ref: name },
  });
  return { name, tip: { sha, tree: commit.tree.sha } };
}
