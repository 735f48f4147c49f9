import type { Rule } from "#gate/check.js";

/** The ways to break the item, with what each weighs. */
export const rules: Readonly<Record<string, Rule>> = {
  "table-without-rls": {
    title: "The API serves a table without row level security",
    level: "block",
  },
  "reopened-table": {
    title: "Later SQL switches row level security off again",
    level: "block",
  },
  "anyone-may-write": {
    title: "A policy lets strangers write every row",
    level: "block",
  },
  "any-user-may-write": {
    title: "A policy lets any signed-in user write every row",
    level: "block",
  },
  "open-insert": {
    title: "A policy lets callers add rows without a condition",
    level: "advise",
  },
  "personal-data-for-everyone": {
    title: "A policy shows everyone's personal data",
    level: "block",
  },
  "owner-writes-standing": {
    title: "People can change their own role, plan, quota or verification",
    level: "block",
  },
  "open-rules": {
    title: "Security rules let strangers in",
    level: "block",
  },
  "test-mode-rules": {
    title: "Security rules are those of the test mode",
    level: "block",
  },
  "rules-open-to-users": {
    title: "Security rules let any signed-in user at the data of others",
    level: "block",
  },
  "database-without-authentication": {
    title: "A database lets in whoever reaches it",
    level: "block",
  },
  "database-exposed": {
    title: "The whole internet reaches a database",
    level: "block",
  },
  "function-without-caller": {
    title: "A public database function never asks who calls",
    level: "block",
  },
  "definer-trusts-argument": {
    title: "A privileged function trusts the user id that it is given",
    level: "block",
  },
  "definer-shows-rows": {
    title: "A privileged function hands private rows to every caller",
    level: "advise",
  },
  "view-around-policies": {
    title: "A view shows rows that the policies hide",
    level: "block",
  },
  "bucket-open-to-strangers": {
    title: "Strangers may touch stored files",
    level: "block",
  },
  "bucket-open-to-users": {
    title: "Any signed-in user may touch the files of others",
    level: "advise",
  },
};
