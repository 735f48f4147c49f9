import type { Finding } from "#gate/finding.js";
import { type DatabaseTable, keyOf } from "#model/database-state.js";
import { grantOf } from "#model/sql-access.js";
import type { SqlPolicy } from "#model/sql-policy.js";
import type { SqlCondition, Truth } from "#parse/sql-facts.js";
import { type Exposure, servedTables } from "./exposure.js";
import { sqlFinding } from "./sql-finding.js";
import {
  isBusinessTable,
  isInbox,
  isOwnerColumn,
  isPersonTable,
  isSensitiveColumn,
} from "./words.js";

/** Who a policy lets in without looking at the row. */
export type Everyone = "anyone" | "any signed-in user";

/** Policies that let everyone write, or read what is personal. */
export function widePolicies(exposure: Exposure): Finding[] {
  return servedTables(exposure)
    .filter(({ rowSecurity }) => rowSecurity)
    .flatMap((table) =>
      [...table.policies.values()]
        .filter((policy) => !policy.restrictive && !isNarrowed(table, policy))
        .flatMap((policy) => [
          ...wideWrite(table, policy),
          ...wideRead(table, policy, exposure),
        ]),
    );
}

/** A restrictive policy for the same command decides as well. */
function isNarrowed({ policies }: DatabaseTable, policy: SqlPolicy): boolean {
  return [...policies.values()].some(
    ({ restrictive, command, using, check }) =>
      restrictive &&
      (command === "all" || command === policy.command) &&
      [using, check].some((one) => one && one.signedIn !== "always"),
  );
}

/**
 * Who meets a condition whatever the row holds.
 *
 * @param condition - Absent where the policy states none, which lets every row pass.
 */
export function everyoneWho(
  policy: SqlPolicy,
  condition: SqlCondition | undefined,
): Everyone | undefined {
  const open = (truth: Truth | undefined): boolean =>
    (truth ?? "always") === "always";
  const everybody = policy.roles.includes("public");
  if (
    (everybody || policy.roles.includes("anon")) &&
    open(condition?.anonymous)
  )
    return "anyone";
  return (everybody || policy.roles.includes("authenticated")) &&
    open(condition?.signedIn)
    ? "any signed-in user"
    : undefined;
}

function wideWrite(table: DatabaseTable, policy: SqlPolicy): Finding[] {
  const { command } = policy;
  if (command === "select") return [];
  if (command === "insert") return wideInsert(table, policy);
  const who = everyoneWho(policy, policy.using);
  if (who === undefined) return [];
  // A check that depends on the row keeps others' rows from being written, but not from being deleted.
  if (
    command === "update" &&
    policy.check &&
    everyoneWho(policy, policy.check) === undefined
  )
    return [];
  const owned = [...table.columns.keys()].some(isOwnerColumn);
  const act = {
    all: "read, change and delete",
    update: "change",
    delete: "delete",
  }[command];
  const key = keyOf(table.name);
  return [
    sqlFinding(policy.place, {
      rule: who === "anyone" ? "anyone-may-write" : "any-user-may-write",
      message: `In the end, policy "${policy.name}" lets ${who} ${act} every row of "${key}".`,
      fix: fixFor(policy),
      confidence: who === "anyone" ? "certain" : "likely",
      identity: `${key} ${policy.name}`,
      atMost:
        who === "anyone" || owned || isPersonTable(table.name.name)
          ? undefined
          : "advise",
    }),
  ];
}

function fixFor({ name, roles }: SqlPolicy): string {
  if (/service/i.test(name) && roles.includes("public"))
    return "Say TO service_role in this policy, or drop it: the service role passes all policies anyway.";
  return "Drop this policy, and let each caller reach only rows that are theirs, for example USING (auth.uid() = user_id).";
}

function wideInsert(table: DatabaseTable, policy: SqlPolicy): Finding[] {
  const who = everyoneWho(policy, policy.check);
  if (who === undefined) return [];
  const forged = [...table.columns.keys()].find(isOwnerColumn);
  if (isInbox(table.name.name) || (forged === undefined && who !== "anyone"))
    return [];
  const key = keyOf(table.name);
  return [
    sqlFinding(policy.place, {
      rule: "open-insert",
      message: forged
        ? `Policy "${policy.name}" lets ${who} add rows to "${key}" in another person's name: nothing compares "${forged}" with the caller.`
        : `Policy "${policy.name}" lets ${who} add any row to "${key}".`,
      fix: "State in WITH CHECK what a caller may add, for example WITH CHECK (auth.uid() = user_id).",
      confidence: "possible",
      identity: `${key} ${policy.name}`,
    }),
  ];
}

function wideRead(
  table: DatabaseTable,
  policy: SqlPolicy,
  { database, isSupabase }: Exposure,
): Finding[] {
  if (policy.command !== "select") return [];
  const who = everyoneWho(policy, policy.using);
  const columns = [...table.columns.keys()];
  const role = who === "anyone" ? "anon" : "authenticated";
  // `REVOKE SELECT`, and then `GRANT SELECT (id, display_name)`: the other columns are nobody's to read.
  const right = grantOf(database, table.name, role, "select", isSupabase);
  const personal = columns.filter(
    (column) =>
      isSensitiveColumn(column) && (right === "whole" || right.has(column)),
  );
  const isPersonal =
    isPersonTable(table.name.name) || columns.some(isOwnerColumn);
  if (who === undefined || personal.length === 0 || !isPersonal) return [];
  const key = keyOf(table.name);
  return [
    sqlFinding(policy.place, {
      rule: "personal-data-for-everyone",
      message: `Policy "${policy.name}" lets ${who} read every row of "${key}", with ${personal.slice(0, 3).join(", ")}.`,
      fix: "Let callers read their own rows only, and publish what is public through a view with just those columns.",
      confidence: "likely",
      identity: `${key} ${policy.name}`,
      // A business wants to be found: its address and number are often meant to be seen.
      atMost:
        who === "anyone" && !isBusinessTable(table.name.name)
          ? undefined
          : "advise",
    }),
  ];
}
