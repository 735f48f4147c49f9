import type { Finding } from "#gate/finding.js";
import { type DatabaseTable, keyOf } from "#model/database-state.js";
import type { SqlPolicy } from "#model/sql-policy.js";
import { grantOf } from "#model/sql-access.js";
import { type Exposure, isCaller, servedTables } from "./exposure.js";
import { sqlFinding } from "./sql-finding.js";
import { isPersonTable, isStandingColumn, isStandingTable } from "./words.js";

/** Policies by which a person writes the own role, plan, quota or verification. */
export function selfGrants(exposure: Exposure): Finding[] {
  return servedTables(exposure)
    .filter(({ rowSecurity }) => rowSecurity)
    .flatMap((table) => {
      const columns = standingColumns(table);
      return columns.length === 0 && !isStandingTable(table.name.name)
        ? []
        : grantsOn(table, columns, exposure);
    });
}

function standingColumns({ name, columns }: DatabaseTable): string[] {
  if (!isPersonTable(name.name) && !isStandingTable(name.name)) return [];
  return [...columns.keys()].filter(
    (column) =>
      isStandingColumn(column) ||
      (isStandingTable(name.name) && /^(?:status|plan|tier)$/.test(column)),
  );
}

function grantsOn(
  table: DatabaseTable,
  columns: readonly string[],
  exposure: Exposure,
): Finding[] {
  return [...table.policies.values()]
    .filter((policy) => isOwnerWrite(policy, table))
    .map((policy) => ({
      policy,
      free: columns.filter(
        (column) => !isHeld(column, policy, table, exposure),
      ),
    }))
    .filter(({ free }) => free.length > 0)
    .map(({ policy, free }) => findingFor(table, policy, free));
}

/** The caller's own row, and nothing else, is what lets the write through. */
function isOwnerWrite(policy: SqlPolicy, { name }: DatabaseTable): boolean {
  const { command, using, check, restrictive, roles } = policy;
  if (restrictive || !roles.some(isCaller)) return false;
  if (command === "insert")
    return isStandingTable(name.name) && isOwnersOwn(check);
  return (command === "update" || command === "all") && isOwnersOwn(using);
}

function isOwnersOwn(condition: SqlPolicy["using"]): boolean {
  return (
    condition !== undefined &&
    condition.signedIn === "depends" &&
    condition.asks.length === 0 &&
    condition.owner.some((column) =>
      /^(?:id|uid|user_?id|auth_?(?:user_?)?id|profile_?id|account_?id|supabase_?id|email|auth_?uid|owner_?id|member_?id|usuario_?id)$/i.test(
        column,
      ),
    ) &&
    condition.calls.every((call) => /^auth\./.test(call))
  );
}

/** Whether something else keeps the owner from writing a column. */
function isHeld(
  column: string,
  policy: SqlPolicy,
  table: DatabaseTable,
  exposure: Exposure,
): boolean {
  const { database } = exposure;
  const { check } = policy;
  if (
    check &&
    (check.columns.includes(column) ||
      check.calls.some((call) => !/^auth\./.test(call)))
  )
    return true;
  const word = new RegExp(`\\b${column.replace(/\W/g, "")}\\b`, "i");
  const guarded = database.triggers.some(({ act }) => {
    if (!act.before || !act.onUpdate || keyOf(act.table) !== keyOf(table.name))
      return false;
    const body = database.functions.get(keyOf(act.runs))?.act.body;
    return body === undefined || word.test(body);
  });
  return guarded || isRightTaken(column, table, exposure);
}

/** A right on the whole table is not lost by revoking it on one column. */
function isRightTaken(
  column: string,
  { name }: DatabaseTable,
  { database, isSupabase }: Exposure,
): boolean {
  const right = grantOf(database, name, "authenticated", "update", isSupabase);
  return right !== "whole" && !right.has(column);
}

function findingFor(
  table: DatabaseTable,
  policy: SqlPolicy,
  free: readonly string[],
): Finding {
  const key = keyOf(table.name);
  const named = free
    .slice(0, 4)
    .map((column) => `"${column}"`)
    .join(", ");
  return sqlFinding(policy.place, {
    rule: "owner-writes-standing",
    message: `Policy "${policy.name}" lets people ${policy.command === "insert" ? "add" : "change"} every column of their own row in "${key}", ${named} included: they give themselves what these columns grant.`,
    fix: "Revoke the right to update the table and grant it for the harmless columns only, or hold these columns by a trigger or in a table that only the server writes.",
    confidence: "likely",
    identity: `${key} ${policy.name}`,
    evidence: free.slice(0, 4).flatMap((column) => {
      const place = table.columns.get(column);
      return place
        ? [
            {
              path: place.path,
              line: place.line,
              note: `"${column}" is declared here.`,
            },
          ]
        : [];
    }),
  });
}
