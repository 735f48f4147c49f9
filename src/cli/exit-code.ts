import type { ConfigNotes } from "#report/config-notes.js";
import type { Verdict } from "#gate/verdict.js";

/** How the command ends: part of its contract, see the README. */
export const exitCodes = {
  nothingBlocks: 0,
  blocked: 1,
  usage: 2,
  incomplete: 3,
} as const;

/**
 * What the verdict means to a script. Only the commitment phase blocks; a change that breaks the configuration is a
 * mistake in any.
 */
export function exitCodeOf(
  { conclusion, phase, isComplete }: Verdict,
  config?: ConfigNotes,
): number {
  if (conclusion === "blocked" && phase === "commitment")
    return exitCodes.blocked;
  if ((config?.change?.problems.length ?? 0) > 0) return exitCodes.usage;
  return isComplete ? exitCodes.nothingBlocks : exitCodes.incomplete;
}
