import { configPaths } from "#config/config-paths.js";
import type { ConfigText } from "#config/governing.js";
import { findPlace } from "./find-repository.js";
import { gitText } from "./git.js";
import { withObjectStore } from "./object-store.js";
import { committedFile } from "./read-config.js";
import { resolveCommit } from "./resolve-commit.js";

/** What the history of a configuration that cannot be read tells. */
export interface BrokenConfig {
  /** Commit since which it has been broken. */
  readonly brokenBy?: string;
  /** The newest version that could be read. */
  readonly lastValid?: ConfigText;
}

/** Versions that are looked at; an older one says little of today. */
const mostVersions = 20;

/**
 * Looks back from a commit for the last version of a configuration file that could be read.
 *
 * @throws ReadingError when the commit cannot be found.
 */
export async function readBrokenConfig(
  { path: folder, base }: { readonly path?: string; readonly base: string },
  file: string,
  isValid: (file: ConfigText) => boolean,
): Promise<BrokenConfig> {
  const { repository } = await findPlace(folder);
  const name = configPaths.find((one) => one === file);
  if (!repository || name === undefined) return {};
  return withObjectStore(repository, async (store) => {
    const tip = await resolveCommit(repository, base);
    for (const prefix of new Set([repository.prefix, ""])) {
      const versions = await gitText(store.place, [
        ...["rev-list", `--max-count=${String(mostVersions)}`, tip],
        ...["--", prefix + file],
      ]);
      if (versions === "") continue;
      let brokenBy: string | undefined;
      for (const sha of versions.split("\n")) {
        const found = await committedFile(store, sha, prefix, name);
        if (found && isValid(found))
          return {
            lastValid: found,
            ...(brokenBy !== undefined && { brokenBy }),
          };
        brokenBy = sha;
      }
      return brokenBy === undefined ? {} : { brokenBy };
    }
    return {};
  });
}
