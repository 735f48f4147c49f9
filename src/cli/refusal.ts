import { forTerminal } from "#report/escape.js";
import { GitError } from "#worktree/git.js";
import { ReadingError } from "#worktree/reading-error.js";
import { ConfigError } from "./config-error.js";

/**
 * What to say of a failure that the person who typed the command can do something about.
 *
 * @returns undefined for a mistake of ours.
 */
export function refusalOf(error: unknown): string | undefined {
  if (error instanceof ReadingError || error instanceof ConfigError)
    return error.message.split("\n").map(forTerminal).join("\n");
  if (error instanceof GitError)
    return `Git could not read this repository: ${forTerminal(error.complaint)}`;
  return undefined;
}
