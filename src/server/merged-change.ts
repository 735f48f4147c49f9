import { canWrite } from "#github/permissions.js";
import type { NewestCommit } from "#github/newest-commit.js";
import type { Octokit } from "#github/octokit.js";
import { readPullRequest } from "#github/pull-request.js";
import type { PullRequest } from "#github/pull-request-facts.js";
import { pullsOfCommit } from "#github/pulls-of-commit.js";
import type { MergedChange } from "#second-review/audit.js";
import type { CommitFacts } from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";
import { commitFacts, identityOf, personOf } from "./identities.js";
import type { ReviewContext } from "./review-context.js";

/** What looking up how a commit came in takes. */
interface Lookup {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  readonly context: ReviewContext;
}

/** How a commit came to the branch: by which merged pull request, who built that, and who approved it. */
export async function mergedChange(
  { octokit, owner, repo, context }: Lookup,
  commit: NewestCommit,
): Promise<Omit<MergedChange, "paths">> {
  const place = { owner, repo };
  const pulls = await pullsOfCommit(octokit, place, commit.sha);
  const merged = pulls.find(({ isMerged }) => isMerged);
  const { author, committer, coAuthors } = commit.people;
  const people = [author, committer, ...coAuthors].flatMap((person) =>
    person ? [personOf(person)] : [],
  );
  if (!merged)
    return {
      at: commit.at,
      commit: commit.sha,
      builders: people,
      approvers: [],
    };
  const { number } = merged;
  const pull = await readPullRequest(octokit, { ...place, number });
  return {
    at: merged.mergedAt ?? commit.at,
    ...{ commit: commit.sha, pullRequest: number },
    builders: [
      ...people,
      ...(pull.author ? [identityOf(pull.author)] : []),
      ...pull.commits.map(commitFacts).flatMap(namedIn),
    ],
    approvers: await approversOf(pull, octokit, context),
  };
}

function namedIn({ author, committer, coAuthors }: CommitFacts): Identity[] {
  return [author, committer, ...coAuthors].flatMap((person) => person ?? []);
}

/** People who may write and whose newest decisive review approves. */
async function approversOf(
  pull: PullRequest,
  octokit: Octokit,
  { permissions }: ReviewContext,
): Promise<Identity[]> {
  const newest = new Map<string, PullRequest["reviews"][number]>();
  for (const review of pull.reviews)
    if (review.author && review.state !== "commented")
      newest.set(review.author.login, review);
  const approvers: Identity[] = [];
  for (const { author, state } of newest.values()) {
    if (author?.type !== "User" || state !== "approved") continue;
    const role = await permissions.roleOf(octokit, pull, author.login);
    if (canWrite(role)) approvers.push(identityOf(author));
  }
  return approvers;
}
