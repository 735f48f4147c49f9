import { type ConfigFile, readConfigAt } from "./base-config.js";
import { GitHubGone, NotPermitted } from "./failures.js";
import type { Octokit } from "./octokit.js";

/** Repository in which an organization keeps its defaults. */
export const organizationRepository = ".github";

/**
 * The organization's configuration: the file at the root of its `.github` repository, or in a folder `.github` there,
 * where people put it, too.
 *
 * @returns undefined when there is none, or the app may not see that repository.
 */
export async function readOrganizationConfig(
  octokit: Octokit,
  owner: string,
): Promise<ConfigFile | undefined> {
  try {
    const place = { owner, repo: organizationRepository };
    const [file] = await readConfigAt(octokit, place, "HEAD");
    return file && { ...file, path: `${organizationRepository}/${file.path}` };
  } catch (error) {
    if (error instanceof GitHubGone || error instanceof NotPermitted)
      return undefined;
    throw error;
  }
}
