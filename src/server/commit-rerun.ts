import { ask } from "#github/octokit.js";
import type { ReviewContext } from "./review-context.js";
import { reviewPullRequest } from "./review.js";
import type { CommitRerunWork } from "./work.js";

/**
 * Looks anew at every open pull request with a given head: the event named none, as for forks.
 *
 * @see https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit
 */
export async function rerunCommit(
  work: CommitRerunWork,
  context: ReviewContext,
): Promise<void> {
  const octokit = await context.octokit(work.installationId);
  const { owner, repo, sha } = work;
  const found = await ask<
    readonly {
      readonly number: number;
      readonly state: string;
      readonly head: { readonly sha: string };
    }[]
  >(octokit, "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    owner,
    repo,
    commit_sha: sha,
  });
  // A commit of the default branch belongs to no open pull request; the run there is the audit's.
  if (!found.some(({ state }) => state === "open")) {
    const { installationId, repositoryId } = work;
    const place = { installationId, repositoryId, owner, repo };
    await context.enqueue([{ kind: "review-audit", ...place }]);
  }
  for (const { number, state, head } of found)
    if (state === "open" && head.sha === sha)
      await reviewPullRequest(
        {
          ...work,
          kind: "pull-request",
          number,
          reasons: ["rerequested"],
          fullLook: true,
          rerun: true,
          actions: [],
        },
        context,
      );
}
