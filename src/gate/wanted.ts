import type { Needs } from "./check.js";
import { globMatcher } from "./glob.js";

/** Which files some check wants read: the union over all of them. */
export interface Wanted {
  /** Whether a path is wanted where the change touched it, or where everything is judged. */
  readonly inChange: (path: string) => boolean;
  /** Whether a path is wanted even where the change left it alone. */
  readonly anywhere: (path: string) => boolean;
  /** Whether a path is wanted as each commit left it; absent when no check looks at commits. */
  readonly inCommits?: (path: string) => boolean;
}

/**
 * The union of what checks need.
 *
 * @throws RangeError when a pattern is too long.
 */
export function wantedBy(needs: readonly Needs[]): Wanted {
  const matcher = (some: readonly Needs[]) =>
    globMatcher([...new Set(some.flatMap(({ files }) => files))]);
  const withCommits = needs.filter(({ commits }) => commits === true);
  return {
    inChange: matcher(needs),
    anywhere: matcher(needs.filter(({ scope }) => scope === "repository")),
    ...(withCommits.length > 0 && { inCommits: matcher(withCommits) }),
  };
}
