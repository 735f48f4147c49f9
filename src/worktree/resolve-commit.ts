import type { Repository } from "./find-repository.js";
import { git, GitError, gitText } from "./git.js";
import type { ObjectStore } from "./object-store.js";
import { ReadingError } from "./reading-error.js";

/**
 * The commit that a name stands for: a branch, a tag, a commit id, or any revision that git understands.
 *
 * @throws ReadingError when there is no such commit, or when the name could be taken for an option.
 */
export async function resolveCommit(
  { gitDir }: Repository,
  name: string,
): Promise<string> {
  if (name === "" || name.startsWith("-") || /[\0-\x20\x7f]/.test(name))
    throw new ReadingError(`${JSON.stringify(name)} is no name of a commit.`);
  const found = await tryResolve(gitDir, name);
  if (found !== undefined) return found;
  throw new ReadingError(
    `There is no commit ${JSON.stringify(name)} in this repository. If it is a branch on the remote, fetch it first, or say origin/${name}.`,
  );
}

/** @returns undefined in a repository without commits. */
export function headCommit({
  gitDir,
}: Repository): Promise<string | undefined> {
  return tryResolve(gitDir, "HEAD");
}

async function tryResolve(
  gitDir: string,
  name: string,
): Promise<string | undefined> {
  try {
    return await gitText({ gitDir }, [
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${name}^{commit}`,
    ]);
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

/**
 * The commit that a change is measured from.
 *
 * @returns undefined when the two have no common ancestor at all: then everything is new.
 * @throws ReadingError when the clone is too shallow to tell.
 */
export async function mergeBase(
  store: ObjectStore,
  base: string,
  head: string,
): Promise<string | undefined> {
  if (base === head) return base;
  try {
    const found = await git(store.place, ["merge-base", base, head]);
    return found.toString("latin1").trim();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (!store.isShallow && error.exitCode === 1) return undefined;
    if (!store.isShallow) throw error;
    throw new ReadingError(
      "This clone is too shallow to see where the change began; run `git fetch --unshallow`.",
      { cause: error },
    );
  }
}
