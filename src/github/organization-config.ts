import { type ConfigFile, readConfigAt } from "./base-config.js";
import { readBrokenConfig } from "./config-history.js";
import { GitHubGone, NotPermitted } from "./failures.js";
import type { Octokit } from "./octokit.js";

/** Repository in which an organization keeps its defaults. */
export const organizationRepository = ".github";

/** What an organization says. */
export interface OrganizationFiles {
  /** Absent where it says nothing, or the app may not see it. */
  readonly file?: ConfigFile;
  /** The newest version that could be read, where the present one cannot. */
  readonly lastValid?: ConfigFile;
}

/**
 * The organization's configuration: the file at the root of its `.github` repository, or in a folder `.github` there,
 * where people put it, too.
 */
export async function readOrganizationConfig(
  octokit: Octokit,
  owner: string,
  isValid: (file: ConfigFile) => boolean,
): Promise<OrganizationFiles> {
  try {
    const place = { owner, repo: organizationRepository };
    const [file] = await readConfigAt(octokit, place, "HEAD");
    if (!file) return {};
    if (isValid(file)) return { file: inOrganization(file) };
    const at = { path: file.path, tip: "HEAD" };
    const { lastValid } = await readBrokenConfig(octokit, place, at, isValid);
    return {
      file: inOrganization(file),
      ...(lastValid && { lastValid: inOrganization(lastValid) }),
    };
  } catch (error) {
    if (error instanceof GitHubGone || error instanceof NotPermitted) return {};
    throw error;
  }
}

function inOrganization(file: ConfigFile): ConfigFile {
  return { ...file, path: `${organizationRepository}/${file.path}` };
}
