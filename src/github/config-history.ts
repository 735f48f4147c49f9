import { type ConfigFile, readConfigAt } from "./base-config.js";
import { ask, type Octokit, type RepositoryName } from "./octokit.js";

/** What the history of a broken configuration tells. */
export interface BrokenConfig {
  /** Commit since which it has been broken. */
  readonly brokenBy?: string;
  /** The newest version that could be read. */
  readonly lastValid?: ConfigFile;
}

/** Versions that are looked at; an older one says little of today. */
const mostVersions = 20;

/**
 * Looks back for the last version of a configuration file that could be read.
 *
 * @param tip - Commit whose version cannot be read.
 */
export async function readBrokenConfig(
  octokit: Octokit,
  place: RepositoryName,
  { path, tip }: { readonly path: string; readonly tip: string },
  isValid: (file: ConfigFile) => boolean,
): Promise<BrokenConfig> {
  const versions = await ask<readonly { readonly sha: string }[]>(
    octokit,
    "GET /repos/{owner}/{repo}/commits",
    {
      owner: place.owner,
      repo: place.repo,
      path,
      sha: tip,
      per_page: mostVersions,
    },
  );
  let brokenBy: string | undefined;
  for (const { sha } of versions) {
    const files = await readConfigAt(octokit, place, sha);
    const file = files.find((one) => one.path === path);
    if (file && isValid(file))
      return { lastValid: file, ...(brokenBy !== undefined && { brokenBy }) };
    brokenBy = sha;
  }
  return { ...(brokenBy !== undefined && { brokenBy }) };
}
