import type { ConfigEntry } from "#parse/config-entry.js";
import { yamlEntries } from "#parse/yaml-entries.js";
import type { HoleMark } from "./marks.js";
import { isInbox, isPersonTable, isSensitiveColumn } from "./words.js";

/** Longer files are generated. */
const maxCharacters = 256 * 1024;

/** Whether a file may hold permissions of Hasura's metadata. */
export function isHasura(path: string, text: string): boolean {
  return (
    /\.ya?ml$/i.test(path) &&
    text.length <= maxCharacters &&
    /^\s*-?\s*(?:select|insert|update|delete)_permissions:/m.test(text)
  );
}

type Command = "select" | "insert" | "update" | "delete";

/** What callers without a session may do, whatever the row holds. */
export function hasuraMarks(text: string): HoleMark[] {
  const entries = yamlEntries(text);
  return entries.flatMap((role) => {
    const { keys, value } = role;
    const at = keys.length - 3;
    const command = /^(select|insert|update|delete)_permissions$/.exec(
      keys[at] ?? "",
    )?.[1];
    if (
      command === undefined ||
      keys.at(-1) !== "role" ||
      !/^(?:anonymous|anon|public|guest)$/i.test(value)
    )
      return [];
    const own = entries.filter((one) =>
      keys.slice(0, -1).every((key, index) => one.keys[index] === key),
    );
    if (
      own.some(
        (one) =>
          /^(?:filter|check)$/.test(one.keys[at + 3] ?? "") &&
          one.value !== "{}",
      )
    )
      return [];
    const table = tableOf(entries, keys.slice(0, at));
    const found = holeFor(command as Command, table, own, role);
    return found ? [found] : [];
  });
}

function tableOf(
  entries: readonly ConfigEntry[],
  above: readonly string[],
): string {
  return (
    entries.find(
      ({ keys }) =>
        keys.length === above.length + 2 &&
        keys.at(-2) === "table" &&
        keys.at(-1) === "name" &&
        above.every((key, index) => keys[index] === key),
    )?.value ?? "table"
  );
}

function holeFor(
  command: Command,
  table: string,
  own: readonly ConfigEntry[],
  { line, keys }: ConfigEntry,
): HoleMark | undefined {
  const at = keys.length - 3;
  const shared = {
    line,
    kind: "hole" as const,
    about: `hasura ${table} ${command}`,
  };
  if (command === "select") {
    const shown = own
      .filter(({ keys }) => keys[at + 3] === "columns")
      .map(({ value }) => value);
    const isPersonal =
      isPersonTable(table) &&
      shown.some((column) => column === "*" || isSensitiveColumn(column));
    if (!isPersonal) return undefined;
    return {
      ...shared,
      rule: "personal-data-for-everyone",
      message: `Callers without a session may read every row of "${table}".`,
      fix: "Give the anonymous role a filter and only the columns that are public.",
      confidence: "likely",
    };
  }
  if (command === "insert" && isInbox(table)) return undefined;
  return {
    ...shared,
    rule: command === "insert" ? "open-insert" : "anyone-may-write",
    message: `Callers without a session may ${command} ${command === "insert" ? "any row into" : "every row of"} "${table}": their permission has no ${command === "insert" ? "check" : "filter"}.`,
    fix: "Take this permission from the anonymous role, or compare the row with the session's user.",
    confidence: command === "insert" ? "possible" : "certain",
  };
}
