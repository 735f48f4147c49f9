import type { Verdict } from "#gate/verdict.js";

/** How the command ends: part of its contract, see the README. */
export const exitCodes = {
  nothingBlocks: 0,
  blocked: 1,
  usage: 2,
  incomplete: 3,
} as const;

/** What the verdict means to a script. Only the commitment phase blocks. */
export function exitCodeOf({ conclusion, phase, isComplete }: Verdict): number {
  if (conclusion === "blocked" && phase === "commitment")
    return exitCodes.blocked;
  return isComplete ? exitCodes.nothingBlocks : exitCodes.incomplete;
}
