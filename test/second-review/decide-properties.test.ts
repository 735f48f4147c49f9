import { expect, test } from "@jest/globals";
import { decide } from "#second-review/decide.js";
import type { ReviewFacts } from "#second-review/facts.js";
import { pick, randomFacts, randomFrom, type Random } from "./random-facts.js";
import { aRecord, minute } from "./some-facts.js";

const rounds = 1_500;

/** Runs a property over many requests; the seed of a failure is its round. */
function forAll(property: (facts: ReviewFacts, random: Random) => void): void {
  for (let round = 0; round < rounds; round += 1) {
    const random = randomFrom(round);
    property(randomFacts(random), random);
  }
}

function isSatisfied(facts: ReviewFacts): boolean {
  return decide(facts).decision === "satisfied";
}

/** The facts with an approval of the present diff, submitted last. */
function withApproval(facts: ReviewFacts, by: ReviewFacts["requesters"][0]) {
  const review = {
    id: 500,
    by,
    state: "approved" as const,
    submittedAt: minute(50),
  };
  const { fingerprint, sensitiveFingerprint } = facts;
  return {
    ...facts,
    reviews: [...facts.reviews, review],
    records: [
      ...facts.records,
      aRecord(500, { fingerprint, sensitiveFingerprint }),
    ],
  };
}

test("the requests are of both kinds", () => {
  let satisfied = 0;
  forAll((facts) => (satisfied += isSatisfied(facts) ? 1 : 0));

  expect(satisfied).toBeGreaterThan(rounds / 50);
  expect(satisfied).toBeLessThan(rounds / 2);
});

test("adding a builder's approval never helps, unless it takes the own objection back", () => {
  forAll((facts, random) => {
    const { builders, needed } = decide(facts);
    if (isSatisfied(facts) || builders.length === 0) return;
    const by = pick(random, builders).person;
    if (needed.objectors.length > 0) return;

    expect(isSatisfied(withApproval(facts, by))).toBe(false);
  });
});

test("a builder's approval is never one of those that count", () => {
  forAll((facts) => {
    const { builders, perReview } = decide(facts);
    const ids = new Set(builders.map(({ person }) => person.id));

    for (const { counts, by } of perReview)
      if (counts) expect(ids.has(by?.id)).toBe(false);
  });
});

test("removing an approval never satisfies", () => {
  forAll((facts, random) => {
    if (isSatisfied(facts)) return;
    const standing = facts.reviews.filter(
      ({ state, dismissal }) => state === "approved" && !dismissal,
    );
    if (standing.length === 0) return;
    const gone = pick(random, standing);

    const reviews = facts.reviews.filter((review) => review !== gone);

    expect(isSatisfied({ ...facts, reviews })).toBe(false);
  });
});

test("dismissing an approval never satisfies", () => {
  forAll((facts, random) => {
    if (isSatisfied(facts) || facts.reviews.length === 0) return;
    const chosen = pick(random, facts.reviews);
    if (chosen.state !== "approved" || chosen.dismissal) return;
    const dismissal = { by: facts.reviews[0]?.by ?? chosen.by, at: minute(55) };

    const reviews = facts.reviews.map((review) =>
      review === chosen
        ? {
            ...review,
            dismissal: {
              at: dismissal.at,
              ...(dismissal.by && { by: dismissal.by }),
            },
          }
        : review,
    );

    expect(isSatisfied({ ...facts, reviews })).toBe(false);
  });
});

test("a change of the diff never keeps an approval", () => {
  forAll((facts) => {
    const changed = {
      ...facts,
      fingerprint: "diff-9",
      sensitiveFingerprint: "diff-9",
    };

    expect(decide(changed)).toMatchObject({
      decision: "pending",
      needed: { counted: 0 },
    });
  });
});

test("the order and the duplication of what is known never matter", () => {
  forAll((facts, random) => {
    const told = {
      ...facts,
      reviews: mixed(random, facts.reviews),
      records: mixed(random, facts.records),
      pushes: mixed(random, facts.pushes),
      commits: mixed(random, facts.commits),
      accounts: mixed(random, facts.accounts),
    };

    const [one, other] = [decide(facts), decide(told)];

    expect(other).toMatchObject({
      decision: one.decision,
      reason: one.reason,
      alsoReasons: one.alsoReasons,
      perReview: one.perReview,
    });
    expect(loginsOf(other)).toEqual(loginsOf(one));
  });
});

test("one more builder never satisfies", () => {
  forAll((facts, random) => {
    if (isSatisfied(facts)) return;
    const [first] = facts.commits;
    if (!first) return;
    const helper = pick(random, facts.accounts).account;
    const named = { ...first, coAuthors: [...first.coAuthors, helper] };
    // A name ties a commit to somebody; only where all are tied already does it add nothing but a builder.
    if (decide(facts).unidentifiedBuilder !== undefined) return;

    const commits = [named, ...facts.commits.slice(1)];

    expect(isSatisfied({ ...facts, commits })).toBe(false);
  });
});

test("what could not be seen never satisfies", () => {
  forAll((facts, random) => {
    const what = pick(random, [
      "files",
      "head",
      "config",
      "commits",
      "reviews",
    ] as const);
    const blind = { ...facts, missing: [{ what, because: "no answer" }] };

    expect(decide(blind)).toMatchObject({
      decision: "pending",
      reason: "cannot-verify",
    });
    expect(isSatisfied({ ...facts, accounts: [] })).toBe(false);
  });
});

function loginsOf({ builders }: ReturnType<typeof decide>) {
  return builders.map(({ person }) => person.login).sort();
}

/** The list in another order, some of it twice. */
function mixed<T>(random: Random, list: readonly T[]): T[] {
  const copy = [...list, ...list.filter(() => random(3) === 0)];
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = random(at + 1);
    [copy[at], copy[other]] = [copy[other] as T, copy[at] as T];
  }
  return copy;
}
