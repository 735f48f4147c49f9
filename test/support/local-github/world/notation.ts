/** What git and GitHub write for "no commit". */
export const zeroOid = "0".repeat(40);

/** GitHub's way to write a time: 2026-01-31T08:00:00Z, in whole seconds. */
export function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
