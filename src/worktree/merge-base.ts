import { git, GitError } from "./git.js";
import type { ObjectStore } from "./object-store.js";
import { ReadingError } from "./reading-error.js";

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
