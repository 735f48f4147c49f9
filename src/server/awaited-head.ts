import type { PullRequest } from "#github/pull-request-facts.js";
import { PutOff } from "./put-off.js";
import type { PullRequestWork } from "./work.js";

/** How long after the event to look again; later the sweep finds what is there. */
const looksAfterMs = [3_000, 10_000, 30_000];

type Seen = Pick<PullRequest, "state" | "head" | "commits" | "forcePushes">;

/**
 * Has a pull request looked at once more where GitHub does not know yet the head that its event spoke of. What it did show
 * was answered all the same.
 *
 * @throws PutOff until the next look.
 */
export function awaitHead(
  { awaited }: PullRequestWork,
  seen: Seen,
  now: number,
): void {
  if (!awaited || seen.state !== "open" || isKnown(awaited.sha, seen)) return;
  const next = looksAfterMs
    .map((after) => awaited.since + after)
    .find((time) => time > now);
  if (next !== undefined)
    throw new PutOff(
      new Date(next),
      "GitHub does not show yet the head that it told of.",
    );
}

/** It is the head, or was one before. */
function isKnown(sha: string, { head, commits, forcePushes }: Seen): boolean {
  return (
    head.sha === sha ||
    commits.some((commit) => commit.sha === sha) ||
    forcePushes.some(({ before, after }) => before === sha || after === sha)
  );
}
