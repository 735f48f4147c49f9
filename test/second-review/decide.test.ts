import { expect, test } from "@jest/globals";
import { decide } from "#second-review/decide.js";
import {
  aCommit,
  ada,
  aPush,
  aRecord,
  aReview,
  ben,
  cleo,
  devin,
  minute,
  reader,
  robot,
  someFacts,
} from "./some-facts.js";

test("nothing sensitive needs no reviewer", () => {
  const facts = someFacts({
    files: [{ path: "src/hero.tsx", categories: [] }],
  });

  expect(decide(facts)).toMatchObject({
    decision: "not-required",
    reason: "not-sensitive",
    needed: { approvals: 0 },
  });
});

test("an independent approval of the present diff satisfies", () => {
  const decision = decide(someFacts({ reviews: [aReview(1, ben)] }));

  expect(decision).toMatchObject({
    decision: "satisfied",
    reason: "approved",
    enforcement: "blocking",
    approvedHead: "a1",
    perReview: [{ reviewId: 1, counts: true, reason: "approved" }],
    builders: [{ person: { login: "ada" } }],
  });
});

test.each([
  [
    "the author's alias",
    [aReview(1, { ...ada, login: "ADA" })],
    "approver-is-builder",
  ],
  ["a reader", [aReview(1, reader)], "approver-lacks-permission"],
  ["a machine's account", [aReview(1, robot)], "approver-is-bot"],
  ["an agent", [aReview(1, devin)], "approver-is-bot"],
  [
    "a dismissed one",
    [aReview(1, ben, "approved", { dismissal: { by: ada, at: minute(2) } })],
    "approval-dismissed",
  ],
  ["a remark", [aReview(1, ben, "commented")], "comment-is-not-approval"],
  ["an objection", [aReview(1, ben, "changes-requested")], "changes-requested"],
  ["nobody's", [], "no-approval"],
] as const)("%s approval leaves it pending", (_, reviews, reason) => {
  const decision = decide(someFacts({ reviews }));

  expect(decision).toMatchObject({ decision: "pending", reason });
});

test("an approval without a record counts only when the head was seen before and the review names it", () => {
  const review = aReview(5, ben, "approved", { reportedCommit: "a1" });
  const cold = someFacts({ reviews: [review], records: [] });

  expect(decide(cold).reason).toBe("approval-stale");
  expect(decide({ ...cold, headSeenAt: minute(9) }).reason).toBe(
    "approval-stale",
  );
  expect(decide({ ...cold, headSeenAt: minute(4) }).reason).toBe("approved");
});

test("a record of another diff is stale although the review names the head", () => {
  const facts = someFacts({
    reviews: [aReview(1, ben, "approved", { reportedCommit: "a1" })],
    records: [aRecord(1, { fingerprint: "diff-0" })],
    headSeenAt: minute(0),
  });

  expect(decide(facts)).toMatchObject({
    decision: "pending",
    reason: "approval-stale",
  });
});

test("who was squashed away without changing the diff stays a builder", () => {
  const helped = aCommit("b1", ben);
  const squashed = aCommit("a2", ada);
  const facts = someFacts({
    pullRequest: { number: 7, author: ada, base: "main", head: "a2" },
    commits: [squashed],
    pushes: [
      aPush(ada, [aCommit("a1", ada), helped]),
      aPush(ada, [squashed], {
        fingerprintBefore: "diff-1",
        dropped: [aCommit("a1", ada), helped],
      }),
    ],
    reviews: [aReview(1, ben)],
  });

  expect(decide(facts).reason).toBe("approver-is-builder");
});

test("an agent that nobody can be tied to costs one more approval", () => {
  const commit = aCommit("a1", devin);
  const facts = someFacts({
    pullRequest: { number: 7, author: devin, base: "main", head: "a1" },
    commits: [commit],
    pushes: [aPush(devin, [commit])],
  });
  const one = { ...facts, reviews: [aReview(1, ada)], records: [aRecord(1)] };
  const two = {
    ...facts,
    reviews: [aReview(1, ada), aReview(2, ben)],
    records: [aRecord(1), aRecord(2)],
  };

  expect(decide(one).reason).toBe("unidentified-builder");
  expect(decide(two).reason).toBe("approved");
});

test("a builder's dismissal of an objection waits for an approval after it", () => {
  const objection = aReview(2, cleo, "changes-requested", {
    dismissal: { by: ada, at: minute(3) },
  });
  const before = someFacts({ reviews: [aReview(1, ben), objection] });
  const after = someFacts({
    reviews: [aReview(1, ben), objection, aReview(4, ben)],
  });

  expect(decide(before).reason).toBe("changes-requested");
  expect(decide(after).reason).toBe("approved");
});

test("an objection from below write is shown and holds nothing up", () => {
  const facts = someFacts({
    reviews: [aReview(1, ben), aReview(2, reader, "changes-requested")],
  });

  expect(decide(facts)).toMatchObject({
    decision: "satisfied",
    perReview: [{ counts: true }, { reason: "objection-of-no-weight" }],
  });
});

test.each(["files", "head", "config", "commits", "reviews"] as const)(
  "without the %s nothing is verified",
  (what) => {
    const facts = someFacts({
      reviews: [aReview(1, ben)],
      missing: [{ what, because: "GitHub did not answer" }],
    });

    expect(decide(facts)).toMatchObject({
      decision: "pending",
      reason: "cannot-verify",
      needed: { unverified: ["GitHub did not answer"] },
    });
  },
);

test("a head that is not among the commits cannot be verified", () => {
  const facts = someFacts({
    reviews: [aReview(1, ben)],
    pullRequest: { number: 7, author: ada, base: "main", head: "a9" },
  });

  expect(decide(facts).reason).toBe("cannot-verify");
});

test("an unread permission cannot be verified, of an approver or of an objector", () => {
  const facts = someFacts({ reviews: [aReview(1, ben)], accounts: [] });
  const objection = someFacts({
    reviews: [aReview(1, ben), aReview(2, cleo, "changes-requested")],
  });
  const partly = objection.accounts.filter(
    ({ account }) => account.login !== "cleo",
  );

  expect(decide(facts).reason).toBe("cannot-verify");
  expect(decide({ ...objection, accounts: partly }).reason).toBe(
    "cannot-verify",
  );
});

test("an administrator's bypass with a reason holds for its hours and its diff", () => {
  const comment = {
    id: 1,
    by: cleo,
    body: "/vibegate bypass login is down, INC-9\nmore text",
    at: minute(0),
    isEdited: false,
    fingerprint: "diff-1",
  };
  const facts = someFacts({ comments: [comment] });

  expect(decide(facts)).toMatchObject({
    reason: "approved-by-bypass",
    bypass: {
      reason: "login is down, INC-9",
      until: "2026-06-02T10:00:00.000Z",
    },
  });
  expect(decide({ ...facts, at: "2026-06-02T10:00:00Z" }).reason).toBe(
    "bypass-expired",
  );
  expect(decide({ ...facts, fingerprint: "diff-2" }).reason).toBe(
    "bypass-expired",
  );
  for (const change of [
    { by: ada },
    { by: ben },
    { isEdited: true },
    { body: "/vibegate bypass" },
  ])
    expect(
      decide({ ...facts, comments: [{ ...comment, ...change }] }).reason,
    ).toBe("bypass-refused");
});

test("the queue lands a group only when each member is fit", () => {
  const facts = someFacts({ reviews: [aReview(1, ben)] });

  expect(
    decide({ ...facts, queue: [{ number: 8, decision: "not-required" }] })
      .decision,
  ).toBe("satisfied");
  expect(
    decide({ ...facts, queue: [{ number: 8, decision: "pending" }] }).reason,
  ).toBe("queue-member-unsatisfied");
  expect(decide({ ...facts, queue: [{ number: 8 }] }).reason).toBe(
    "queue-member-unsatisfied",
  );
});
