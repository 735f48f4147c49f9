import type { Repository } from "./find-repository.js";
import { GitError, gitText } from "./git.js";
import { ReadingError } from "./reading-error.js";

/**
 * The commit that a name stands for: a branch, a tag, a commit id, or any revision that git understands.
 *
 * @throws ReadingError when there is no such commit, or when the name could be taken for an option.
 */
export async function resolveCommit(
  repository: Repository,
  name: string,
): Promise<string> {
  if (name === "" || name.startsWith("-") || /[\0-\x20\x7f]/.test(name))
    throw new ReadingError(`${JSON.stringify(name)} is no name of a commit.`);
  const found = await tryResolve(repository, name);
  if (found !== undefined) return found;
  throw new ReadingError(
    `There is no commit ${JSON.stringify(name)} in this repository. If it is a branch on the remote, fetch it first, or say origin/${name}.`,
  );
}

/** @returns undefined in a repository without commits. */
export function headCommit(
  repository: Repository,
): Promise<string | undefined> {
  return tryResolve(repository, "HEAD");
}

/** Within one judgement a name stands for one commit, also when somebody moves the branch meanwhile. */
const resolved = new WeakMap<
  Repository,
  Map<string, Promise<string | undefined>>
>();

function tryResolve(
  repository: Repository,
  name: string,
): Promise<string | undefined> {
  let known = resolved.get(repository);
  if (!known) resolved.set(repository, (known = new Map()));
  let commit = known.get(name);
  if (!commit) known.set(name, (commit = askGit(repository, name)));
  return commit;
}

async function askGit(
  { gitDir }: Repository,
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
