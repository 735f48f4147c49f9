import { expect, test } from "@jest/globals";
import {
  auditReviews,
  type AuditFacts,
  type MergedChange,
  type ReviewAttestation,
} from "#second-review/audit.js";
import { ada, ben, cleo } from "./some-facts.js";

const path = "src/auth/session.ts";

test.each([
  ["an independent approval", [change(1, { approvers: [ben] })], "reviewed"],
  ["no approval", [change(1)], "unreviewed"],
  [
    "the builder's own approval",
    [change(1, { approvers: [ada] })],
    "unreviewed",
  ],
  [
    "a change without review after a reviewed one",
    [change(1, { approvers: [ben] }), change(2)],
    "unreviewed",
  ],
  [
    "a reviewed change after one without",
    [change(2, { approvers: [ben] }), change(1)],
    "reviewed",
  ],
  [
    "changes of other files only",
    [change(1, { paths: ["other.ts"] })],
    "unknown",
  ],
  ["nothing known", [], "unknown"],
] as const)("%s", (_, changes, status) => {
  expect(statusOf({ changes })).toBe(status);
});

test.each([
  ["after the change", attestation(), "attested"],
  ["before the change", attestation({ at: "2026-01-01" }), "unreviewed"],
  [
    "of the very commit",
    attestation({ at: "2026-01-01", commit: "c2" }),
    "attested",
  ],
  ["that ran out", attestation({ until: "2026-05-31" }), "unreviewed"],
  ["on its last day", attestation({ until: "2026-06-01" }), "attested"],
  ["of the future", attestation({ at: "2026-07-01" }), "unreviewed"],
  ["by a builder", attestation({ reviewer: ada }), "unreviewed"],
  ["of other files", attestation({ paths: ["src/pay/**"] }), "unreviewed"],
])("a statement %s", (_, statement, status) => {
  expect(statusOf({ changes: [change(2)], attestations: [statement] })).toBe(
    status,
  );
});

test("two accounts of one person do not review each other", () => {
  const alias = { id: 77, login: "ada-2", type: "User" as const };
  const changes = [change(1, { approvers: [alias] })];

  expect(statusOf({ changes, samePerson: [["ada", "ada-2"]] })).toBe(
    "unreviewed",
  );
});

test("the answer says who, when and where", () => {
  const [file] = auditReviews(
    facts({ changes: [change(3, { approvers: [ada, cleo], pullRequest: 9 })] }),
  );

  expect(file).toEqual({
    ...{ path, status: "reviewed", by: cleo, commit: "c3" },
    ...{ at: "2026-03-03", pullRequest: 9 },
  });
});

function statusOf(given: Partial<AuditFacts>) {
  return auditReviews(facts(given))[0]?.status;
}

function facts(given: Partial<AuditFacts>): AuditFacts {
  return {
    ...{ at: "2026-06-01T12:00:00Z", paths: [path], changes: [] },
    ...{ attestations: [], samePerson: [] },
    ...given,
  };
}

function change(day: number, more: Partial<MergedChange> = {}): MergedChange {
  return {
    ...{ at: `2026-03-0${String(day)}`, commit: `c${String(day)}` },
    ...{ paths: [path], builders: [ada], approvers: [] },
    ...more,
  };
}

function attestation(more: Partial<ReviewAttestation> = {}): ReviewAttestation {
  return {
    ...{ paths: ["src/auth/**"], reviewer: ben, commit: "x" },
    ...{ at: "2026-05-01", until: "2026-12-31" },
    ...more,
  };
}
