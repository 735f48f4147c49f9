import {
  type CommittedBy,
  committedBy,
  type GitPersonAnswer,
  type RestAccount,
} from "./commit-people.js";
import { ask, type Octokit, type RepositoryName } from "./octokit.js";

/** The newest commit that touched a path. */
export interface NewestCommit {
  readonly sha: string;
  /** ISO 8601, as its committer says it. */
  readonly at: string;
  readonly people: CommittedBy;
}

interface CommitAnswer {
  readonly sha: string;
  readonly commit: {
    readonly message: string;
    readonly author: GitPersonAnswer | null;
    readonly committer: (GitPersonAnswer & { readonly date?: string }) | null;
  };
  readonly author: RestAccount | null;
  readonly committer: RestAccount | null;
}

/** Finds the newest commit that touched a path; undefined when there is none. @param at - Where to begin. */
export async function newestCommit(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  path: string,
  at: string,
): Promise<NewestCommit | undefined> {
  const [newest] = await ask<readonly CommitAnswer[]>(
    octokit,
    "GET /repos/{owner}/{repo}/commits",
    { owner, repo, path, sha: at, per_page: 1 },
  );
  return (
    newest && {
      sha: newest.sha,
      at: newest.commit.committer?.date ?? "",
      people: committedBy(newest),
    }
  );
}
