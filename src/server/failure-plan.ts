import {
  GitHubGone,
  GitHubLimited,
  GitHubUnavailable,
  NotPermitted,
  understood,
} from "#github/failures.js";
import type { Claim } from "#queue/queue.js";
import { PutOff } from "./put-off.js";

/** What to do with a job that failed. Times are milliseconds since 1970. */
export type FailurePlan =
  /** What it was about is not there any more. */
  | { readonly act: "finish" }
  /** GitHub asks this installation to wait; no other job of it needs to find out by itself. */
  | { readonly act: "pause"; readonly until: number }
  | {
      readonly act: "retry";
      readonly at: number;
      readonly countsAsTry: boolean;
    }
  | { readonly act: "give-up" };

/** Tries after which a job is parked. */
export const maxTries = 5;

const firstBackoffMs = 10_000;
const longestBackoffMs = 15 * 60_000;
const firstLimitMs = 60_000;

/**
 * Whose fault a failure is, and what follows.
 *
 * @param random - From 0 up to 1; spreads the retries, so that jobs that failed together do not come back together.
 */
export function planFor(
  error: unknown,
  claim: Pick<Claim, "tries" | "deferrals">,
  now: number,
  random: number,
): FailurePlan {
  if (error instanceof PutOff)
    return { act: "retry", at: error.until.getTime(), countsAsTry: false };
  const known = understood(error, new Date(now));
  if (known instanceof GitHubGone) return { act: "finish" };
  if (known instanceof GitHubLimited)
    return { act: "pause", until: limitEnd(known, claim.deferrals, now) };
  if (known instanceof GitHubUnavailable)
    return {
      act: "retry",
      // A refused token is replaced by the next try, which need not wait.
      at:
        known.status === 401 && claim.deferrals === 0
          ? now
          : now + backoffMs(claim.deferrals, random),
      countsAsTry: false,
    };
  // Waiting does not help until an administrator grants what lacks; his grant wakes the work up.
  if (known instanceof NotPermitted) return { act: "give-up" };
  if (claim.tries + 1 >= maxTries) return { act: "give-up" };
  return {
    act: "retry",
    at: now + backoffMs(claim.tries, random),
    countsAsTry: true,
  };
}

/** As GitHub says; and longer each time when what it says did not help. */
function limitEnd(
  { until }: GitHubLimited,
  deferrals: number,
  now: number,
): number {
  if (deferrals === 0) return until.getTime();
  const own = Math.min(longestBackoffMs, firstLimitMs * 2 ** deferrals);
  return Math.max(until.getTime(), now + own);
}

/** Full jitter under a bound that doubles. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
function backoffMs(before: number, random: number): number {
  const bound = Math.min(longestBackoffMs, firstBackoffMs * 2 ** before);
  return Math.max(1_000, Math.round(bound * random));
}
