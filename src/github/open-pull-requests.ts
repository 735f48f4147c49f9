import type { KnownLists } from "./conditional.js";
import type { Octokit, RepositoryName } from "./octokit.js";

/** An open pull request, as a list shows it. */
export interface OpenPullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly baseRef: string;
  readonly isOnDefaultBranch: boolean;
}

interface PullAnswer {
  readonly number: number;
  readonly head: { readonly sha: string };
  readonly base: {
    readonly ref: string;
    readonly repo: { readonly default_branch: string };
  };
}

/** The open pull requests of a repository, those that changed last first. */
export async function listOpenPullRequests(
  octokit: Octokit,
  lists: KnownLists,
  asker: string,
  { owner, repo }: RepositoryName,
): Promise<readonly OpenPullRequest[]> {
  const pulls = await lists.pages<readonly PullAnswer[], PullAnswer>(
    octokit,
    asker,
    "GET /repos/{owner}/{repo}/pulls",
    { owner, repo, state: "open", sort: "updated", direction: "desc" },
    (answer) => answer,
  );
  return pulls.map(({ number, head, base }) => ({
    number,
    headSha: head.sha,
    baseRef: base.ref,
    isOnDefaultBranch: base.ref === base.repo.default_branch,
  }));
}
