import type { KnownLists } from "./conditional.js";
import type { Octokit } from "./octokit.js";

/** An installation of the app. */
export interface InstallationState {
  readonly id: number;
  readonly isSuspended: boolean;
}

/** A repository that an installation covers. */
export interface CoveredRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

interface InstallationAnswer {
  readonly id: number;
  readonly suspended_at?: string | null;
}

interface RepositoryAnswer {
  readonly id: number;
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly archived?: boolean;
  readonly disabled?: boolean;
}

/** All installations of the app. @param app - A client that acts for the app itself. */
export async function listInstallations(
  app: Octokit,
  lists: KnownLists,
): Promise<readonly InstallationState[]> {
  const found = await lists.pages<
    readonly InstallationAnswer[],
    InstallationAnswer
  >(app, "app", "GET /app/installations", {}, (answer) => answer);
  return found.map(({ id, suspended_at }) => ({
    id,
    isSuspended: suspended_at !== undefined && suspended_at !== null,
  }));
}

/** The repositories of an installation in which pull requests can be merged. */
export async function listCoveredRepositories(
  octokit: Octokit,
  lists: KnownLists,
  owner: string,
): Promise<readonly CoveredRepository[]> {
  const found = await lists.pages<
    { readonly repositories: readonly RepositoryAnswer[] },
    RepositoryAnswer
  >(octokit, owner, "GET /installation/repositories", {}, (answer) => [
    ...answer.repositories,
  ]);
  return found
    .filter(({ archived, disabled }) => archived !== true && disabled !== true)
    .map(({ id, name, owner: { login } }) => ({ id, name, owner: login }));
}
