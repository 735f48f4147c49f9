import type { Finding } from "#gate/finding.js";
import {
  type Database,
  type DatabaseFunction,
  type DatabaseTable,
  type DatabaseView,
  keyOf,
} from "#model/database-state.js";
import { mayExecute } from "#model/sql-access.js";
import { rightsKey } from "#model/sql-rights.js";
import type { SqlName } from "#parse/sql-facts.js";
import { isMark, isWord, sqlTokens } from "#parse/sql-tokens.js";
import { testsCaller } from "./caller-test.js";
import { type Exposure, isServed } from "./exposure.js";
import { sqlFinding } from "./sql-finding.js";
import { isOwnerColumn, isPersonTable, isSensitiveColumn } from "./words.js";

/** Functions that act with their owner's rights for whichever user the caller names. */
export function trustingFunctions(exposure: Exposure): Finding[] {
  if (!exposure.isSupabase) return [];
  return [...exposure.database.functions.values()].flatMap((one) => {
    const parameter = trustedParameter(one, exposure);
    return parameter === undefined ? [] : [trusting(one, parameter, exposure)];
  });
}

const userParameter =
  /^(?:[pv]?_)?(?:target_?|input_?|for_?|current_?)?(?:user_?(?:uu)?id|uid|user_uuid|owner_id|profile_id|usuario_id)(?:_(?:param|input|arg|in))?$/i;
const writes =
  /\b(?:insert\s+into|update\s+(?:only\s+)?[\w".]+(?:\s+(?:as\s+)?\w+)?\s+set|delete\s+from)\b/i;

function trustedParameter(
  { act, definer }: DatabaseFunction,
  exposure: Exposure,
): string | undefined {
  const { function: name, returns, body } = act;
  if (!definer || !exposure.schemas.has(name.schema)) return undefined;
  if (returns === "trigger" || returns === "event_trigger") return undefined;
  if (!isCallable(name, exposure)) return undefined;
  const shows = act.returnsRows || /^(?:jsonb?|record)$/.test(returns);
  if (!writes.test(body) && !shows) return undefined;
  const parameter = act.parameters.find(
    ({ name: one, type }) =>
      userParameter.test(one) && /^(?:uuid|text|varchar)$/.test(type),
  )?.name;
  return parameter === undefined || isTested(body, exposure.database, 3)
    ? undefined
    : parameter;
}

/** Whether people who sign in, or nobody in particular, may call a function. */
export function isCallable(
  name: SqlName,
  { database, isSupabase }: Exposure,
): boolean {
  return ["anon", "authenticated"].some((role) =>
    mayExecute(database, name, role, isSupabase),
  );
}

/** Whether the body makes what it does depend on the caller, also by functions that it calls. */
export function isTested(
  body: string,
  database: Database,
  depth: number,
): boolean {
  return testsCaller(body, (name) => {
    const helper = database.functions.get(`public.${name}`)?.act;
    if (helper === undefined) return undefined;
    return depth > 0 && isTested(helper.body, database, depth - 1);
  });
}

/** Why a function can be called although a statement took the right from PUBLIC; else empty. */
export function stillCallable(name: SqlName, { database }: Exposure): string {
  const rights = database.rights.get(rightsKey("function", name));
  return rights?.get("public execute")?.whole === false
    ? " The REVOKE from PUBLIC leaves the grants of anon and authenticated, which Supabase gives by itself."
    : "";
}

function trusting(
  { act, place }: DatabaseFunction,
  parameter: string,
  exposure: Exposure,
): Finding {
  const key = keyOf(act.function);
  const what = writes.test(act.body) ? "writes" : "returns";
  return sqlFinding(place, {
    rule: "definer-trusts-argument",
    message: `"${key}" runs with its owner's rights and ${what} rows of whichever user "${parameter}" names; any caller of the API can name another.${stillCallable(act.function, exposure)}`,
    fix: `Compare ${parameter} with auth.uid() in the function, or run REVOKE EXECUTE ON FUNCTION ${key} FROM public, anon, authenticated.`,
    confidence: "likely",
    identity: key,
    atMost:
      what === "writes" && !writesRecordsOnly(act.body) ? undefined : "advise",
  });
}

const record =
  /(?:^|_)(?:logs?|audit|events?|activity|activities|history|usage|metrics?|invocations?|views?|analytics|tracking)$/i;

/** Whether all that it writes are entries of logs: to forge one does harm, but gives nothing away. */
function writesRecordsOnly(body: string): boolean {
  const tokens = sqlTokens(body);
  const isWriting = (index: number): boolean =>
    isWord(tokens[index], "update", "delete");
  let found = false;
  for (const [index, token] of tokens.entries()) {
    if (
      isWriting(index) &&
      !isWord(tokens[index - 1], "for", "do", "before", "on")
    )
      return false;
    if (!isWord(token, "insert") || !isWord(tokens[index + 1], "into"))
      continue;
    const at = isMark(tokens[index + 3], ".") ? index + 4 : index + 2;
    if (!record.test(tokens[at]?.text ?? "")) return false;
    found = true;
  }
  return found;
}

/** Views that show rows which the policies of their tables keep from the caller. */
export function bypassingViews(exposure: Exposure): Finding[] {
  return [...exposure.database.views.values()].flatMap((view) => {
    const hidden = hiddenTable(view, exposure);
    return hidden === undefined ? [] : [bypassing(view, hidden)];
  });
}

function hiddenTable(
  { act, asCaller }: DatabaseView,
  exposure: Exposure,
): DatabaseTable | undefined {
  if (!exposure.isSupabase || asCaller || !isServed(exposure, act.view))
    return undefined;
  if (act.condition.calls.some((call) => /^auth\.|^(?:is|has)_/.test(call)))
    return undefined;
  return act.reads
    .map((name) => exposure.database.tables.get(keyOf(name)))
    .find(
      (table) =>
        table !== undefined &&
        table.rowSecurity &&
        isPrivate(table) &&
        showsPersonal(act, table),
    );
}

/** Personal rows, of which a stranger sees none. */
export function isPrivate(table: DatabaseTable): boolean {
  const columns = [...table.columns.keys()];
  if (!isPersonTable(table.name.name) && !columns.some(isOwnerColumn))
    return false;
  return ![...table.policies.values()].some(
    ({ command, using, restrictive, roles }) =>
      !restrictive &&
      (command === "select" || command === "all") &&
      roles.some((role) => role === "public" || role === "anon") &&
      (using?.anonymous ?? "always") !== "never",
  );
}

function showsPersonal(
  { condition, reads }: DatabaseView["act"],
  table: DatabaseTable,
): boolean {
  const shown = condition.columns;
  if (shown.includes("") && reads.length > 0) return true;
  return shown.some(
    (column) =>
      (isOwnerColumn(column) || isSensitiveColumn(column)) &&
      table.columns.has(column),
  );
}

function bypassing(
  { act, place }: DatabaseView,
  table: DatabaseTable,
): Finding {
  const key = keyOf(act.view);
  return sqlFinding(place, {
    rule: "view-around-policies",
    message: act.materialized
      ? `Materialized view "${key}" copies rows of "${keyOf(table.name)}" to where no policy applies, and the API serves it.`
      : `View "${key}" reads "${keyOf(table.name)}" with its owner's rights: the policies of that table do not apply to those who ask the view.`,
    fix: act.materialized
      ? `Run REVOKE ALL ON ${key} FROM anon, authenticated, or move it to a schema that the API does not serve.`
      : `Run ALTER VIEW ${key} SET (security_invoker = true).`,
    confidence: "likely",
    identity: key,
  });
}
