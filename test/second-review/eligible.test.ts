import { expect, test } from "@jest/globals";
import { defaultReviewPolicy } from "#gate/review-policy.js";
import { parseCodeOwners } from "#parse/code-owners.js";
import {
  chooseReviewers,
  type Candidate,
  type ChoiceOptions,
} from "#second-review/eligible.js";
import type { Identity } from "#second-review/identity.js";
import {
  ada,
  ben,
  cleo,
  devin,
  reader,
  robot,
  someFacts,
} from "./some-facts.js";

test("only people whose approval would count are asked, and one by default", () => {
  const { ask } = choose({
    candidates: [ada, reader, robot, devin, ben].map(candidate),
  });

  expect(ask).toEqual([ben]);
});

test("a builder is not asked although the configuration names him", () => {
  const { ask, because } = choose({ candidates: [candidate(ada)] }, ["ada"]);

  expect(ask).toEqual([]);
  expect(because).toBe("Nobody who is known here may approve this change.");
});

test("owners of the sensitive files come before those who know them, and both before others", () => {
  const known = { ...candidate(ben), recentCommits: 9 };
  const owner = candidate(cleo);
  const codeOwners = parseCodeOwners("src/lib/auth/ @cleo\n");

  expect(
    choose({ candidates: [known, owner], codeOwners, count: 2 }).ask,
  ).toEqual([cleo, ben]);
  expect(choose({ candidates: [candidate(cleo), known] }).ask).toEqual([ben]);
});

test("a team that owns the files speaks for its members", () => {
  const member = { ...candidate(cleo), teams: ["security"] };
  const codeOwners = parseCodeOwners("* @acme/Security\n");

  expect(
    choose({ candidates: [candidate(ben), member], codeOwners }).ask,
  ).toEqual([cleo]);
});

test("among equals whoever has fewer open requests", () => {
  const busy = { ...candidate(ben), openRequests: 3 };

  expect(choose({ candidates: [busy, candidate(cleo)] }).ask).toEqual([cleo]);
});

test.each([
  ["a draft", { isDraft: true }],
  ["somebody eligible is asked already", { requested: [cleo] }],
])("nobody is asked: %s", (_, options) => {
  expect(choose({ candidates: [candidate(ben)], ...options }).ask).toEqual([]);
});

test("a request to somebody who cannot approve does not stand in for one who can", () => {
  const { ask } = choose({
    candidates: [candidate(ben)],
    requested: [reader, ada],
  });

  expect(ask).toEqual([ben]);
});

function candidate(account: Identity): Candidate {
  return { account, teams: [], recentCommits: 0, openRequests: 0 };
}

function choose(
  options: Partial<ChoiceOptions>,
  reviewers: readonly string[] = [],
) {
  const policy = {
    ...defaultReviewPolicy,
    machineUsers: ["deploy"],
    reviewers,
  };
  const facts = someFacts({ config: { state: "valid", policy } });
  return chooseReviewers(facts, {
    ...{ candidates: [], isDraft: false, requested: [] },
    ...options,
  });
}
