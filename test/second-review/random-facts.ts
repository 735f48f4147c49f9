import { defaultReviewPolicy, type Permission } from "#gate/review-policy.js";
import type {
  CommitFacts,
  PushFacts,
  ReviewedFacts,
  ReviewFacts,
} from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";
import { minute } from "./some-facts.js";

/** Numbers below a bound, the same for the same seed. */
export type Random = (below: number) => number;

/** A generator of such numbers. */
export function randomFrom(seed: number): Random {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const people: readonly Identity[] = Array.from({ length: 6 }, (_, index) => ({
  id: index + 1,
  login: `p${String(index)}`,
  type: "User" as const,
}));
const bot: Identity = { id: 90, login: "agent[bot]", type: "Bot" };
const ranks: readonly Permission[] = ["read", "write", "admin"];
const diffs = ["diff-1", "diff-2"];

/** One of a list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)] as T;
}

/** A request with random people, pushes, reviews and rules, told in the order of time. */
export function randomFacts(random: Random): ReviewFacts {
  const anyone = () => pick(random, random(8) === 0 ? [bot] : people);
  const pushes = Array.from({ length: 1 + random(3) }, (_, index) =>
    randomPush(random, index, anyone),
  );
  const fingerprint = pushes.at(-1)?.fingerprint ?? "diff-1";
  const reviews = Array.from({ length: random(6) }, (_, index) =>
    randomReview(random, index + 1, anyone),
  );
  return {
    at: minute(59),
    config: {
      state: "valid",
      policy: {
        ...defaultReviewPolicy,
        phase: "commitment",
        requiredApprovals: 1 + random(2),
        samePerson: random(5) === 0 ? [["p0", "p1"]] : [],
      },
    },
    pullRequest: {
      ...{ number: 1, base: "main", head: pushes.at(-1)?.head ?? "" },
      author: anyone(),
    },
    ...{ fingerprint, sensitiveFingerprint: fingerprint },
    files: [{ path: "a.ts", categories: ["auth"] }],
    commits: pushes.flatMap(({ added }) => added),
    ...{ pushes, reviews },
    records: reviews.map(({ id }) => {
      const seen = pick(random, diffs);
      return {
        ...{ reviewId: id, head: "h", base: "main" },
        ...{ fingerprint: seen, sensitiveFingerprint: seen },
      };
    }),
    accounts: people.map((account) => ({
      account,
      permission: pick(random, ranks),
    })),
    ...{ requesters: [], twins: [], comments: [], queue: [], missing: [] },
  };
}

function randomPush(
  random: Random,
  index: number,
  anyone: () => Identity,
): PushFacts {
  const commit: CommitFacts = {
    sha: `c${String(index)}`,
    author: anyone(),
    committer: anyone(),
    coAuthors: random(3) === 0 ? [anyone()] : [],
    isMerge: random(5) === 0,
    isFromWeb: false,
  };
  return {
    by: anyone(),
    head: commit.sha,
    ...(index > 0 && { fingerprintBefore: pick(random, diffs) }),
    fingerprint: pick(random, diffs),
    added: [commit],
    dropped: [],
  };
}

function randomReview(
  random: Random,
  id: number,
  anyone: () => Identity,
): ReviewedFacts {
  const dismissal = { by: anyone(), at: minute(id + 20) };
  return {
    ...{ id, by: anyone(), submittedAt: minute(id) },
    state: pick(random, [
      "approved",
      "approved",
      "changes-requested",
      "commented",
    ] as const),
    ...(random(5) === 0 && { dismissal }),
  };
}
