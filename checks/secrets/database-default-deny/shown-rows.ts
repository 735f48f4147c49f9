import type { Finding } from "#gate/finding.js";
import {
  type DatabaseFunction,
  type DatabaseTable,
  keyOf,
} from "#model/database-state.js";
import { isMark, isWord, sqlTokens } from "#parse/sql-tokens.js";
import type { Exposure } from "./exposure.js";
import { isCallable, isPrivate, isTested, stillCallable } from "./routines.js";
import { sqlFinding } from "./sql-finding.js";
import { isSensitiveColumn } from "./words.js";

/**
 * Functions that ask nothing, run with their owner's rights, and hand out what the policies keep from strangers: the
 * list that a scheduled job reads, for example. One that takes an argument may be a link that only its receiver has.
 */
export function showingFunctions(exposure: Exposure): Finding[] {
  if (!exposure.isSupabase) return [];
  return [...exposure.database.functions.values()].flatMap((one) => {
    const shown = shownColumn(one, exposure);
    return shown ? [showing(one, shown, exposure)] : [];
  });
}

interface Shown {
  readonly table: DatabaseTable;
  readonly column: string;
}

function shownColumn(
  { act, definer }: DatabaseFunction,
  exposure: Exposure,
): Shown | undefined {
  const { function: name, body } = act;
  if (!definer || !act.returnsRows || act.parameters.length > 0)
    return undefined;
  if (!exposure.schemas.has(name.schema) || !isCallable(name, exposure))
    return undefined;
  const words = sqlTokens(body);
  for (const table of tablesIn(words, exposure)) {
    const column = words.find(
      ({ text }) => isSensitiveColumn(text) && table.columns.has(text),
    )?.text;
    if (column !== undefined && isPrivate(table))
      return isTested(body, exposure.database, 3)
        ? undefined
        : { table, column };
  }
  return undefined;
}

/** The closed tables that a body names after `from` and `join`. */
function tablesIn(
  words: ReturnType<typeof sqlTokens>,
  { database }: Exposure,
): DatabaseTable[] {
  return words.flatMap((word, index) => {
    if (!isWord(word, "from", "join")) return [];
    const hasSchema = isMark(words[index + 2], ".");
    const schema = hasSchema ? (words[index + 1]?.text ?? "") : "public";
    const name = words[index + (hasSchema ? 3 : 1)]?.text ?? "";
    const table = database.tables.get(`${schema}.${name}`);
    return table?.rowSecurity ? [table] : [];
  });
}

function showing(
  { act, place }: DatabaseFunction,
  { table, column }: Shown,
  exposure: Exposure,
): Finding {
  const key = keyOf(act.function);
  return sqlFinding(place, {
    rule: "definer-shows-rows",
    message: `"${key}" runs with its owner's rights, asks for nothing, and hands out "${column}" of "${keyOf(table.name)}" to any caller of the API.${stillCallable(act.function, exposure)}`,
    fix: `Run REVOKE EXECUTE ON FUNCTION ${key} FROM public, anon, authenticated, and let only the service role call it, or return the caller's own rows alone.`,
    confidence: "likely",
    identity: key,
  });
}
