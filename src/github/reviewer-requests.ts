import { restAccount, type RestAccount } from "./commit-people.js";
import { GitHubGone, NotPermitted } from "./failures.js";
import { ask, type Octokit, type RepositoryName } from "./octokit.js";
import type { Account } from "./pull-request-facts.js";

const route =
  "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers" as const;

interface Place extends RepositoryName {
  readonly number: number;
}

/** Who is asked for a review already. */
export interface RequestedReviewers {
  readonly users: readonly Account[];
  /** Slugs. */
  readonly teams: readonly string[];
}

/** Reads who is asked for a review. */
export async function readRequested(
  octokit: Octokit,
  { owner, repo, number }: Place,
): Promise<RequestedReviewers> {
  const { users, teams } = await ask<{
    readonly users: readonly RestAccount[];
    readonly teams: readonly { readonly slug: string }[];
  }>(octokit, `GET ${route}`, { owner, repo, pull_number: number });
  return {
    users: users.flatMap((user) => restAccount(user) ?? []),
    teams: teams.map(({ slug }) => slug),
  };
}

/**
 * Asks people for a review.
 *
 * @returns `refused` when GitHub does not let these people be asked, `not-permitted` when this installation may not ask.
 */
export async function requestReviewers(
  octokit: Octokit,
  { owner, repo, number }: Place,
  logins: readonly string[],
): Promise<"asked" | "refused" | "not-permitted"> {
  try {
    await ask(octokit, `POST ${route}`, {
      ...{ owner, repo, pull_number: number, reviewers: [...logins] },
    });
    return "asked";
  } catch (error) {
    if (error instanceof NotPermitted) return "not-permitted";
    // 422: somebody among them is no collaborator of this repository.
    if (statusOf(error) === 422) return "refused";
    throw error;
  }
}

/** The active members of a team; none where this installation may not see it. */
export async function teamMembers(
  octokit: Octokit,
  { org, slug }: { readonly org: string; readonly slug: string },
): Promise<readonly Account[]> {
  try {
    const members = await ask<readonly RestAccount[]>(
      octokit,
      "GET /orgs/{org}/teams/{team_slug}/members",
      { org, team_slug: slug, per_page: 100 },
    );
    return members.flatMap((member) => restAccount(member) ?? []);
  } catch (error) {
    if (error instanceof NotPermitted || error instanceof GitHubGone) return [];
    throw error;
  }
}

/** Who wrote the newest commits to a path, the newest first; each as often as there are commits. */
export async function recentAuthors(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  { path, branch, since }: { path: string; branch: string; since: string },
): Promise<readonly Account[]> {
  const commits = await ask<readonly { readonly author: RestAccount | null }[]>(
    octokit,
    "GET /repos/{owner}/{repo}/commits",
    { owner, repo, path, sha: branch, since, per_page: 30 },
  );
  return commits.flatMap(({ author }) => restAccount(author) ?? []);
}

/** A person by the login; undefined when there is none. */
export async function readUser(
  octokit: Octokit,
  username: string,
): Promise<Account | undefined> {
  try {
    return restAccount(
      await ask<RestAccount>(octokit, "GET /users/{username}", { username }),
    );
  } catch (error) {
    if (error instanceof GitHubGone) return undefined;
    throw error;
  }
}

function statusOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "status" in error
    ? error.status
    : undefined;
}
