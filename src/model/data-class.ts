import type { Settings } from "#gate/settings.js";
import { wordsOf } from "./name-words.js";
import type { Column, Table } from "./schema-tables.js";

/** Who said which class a column has, and what they said. */
export interface DeclaredClass {
  /** A word such as `contact`; `personal` where only that it is personal is said; `none` where it is not. */
  readonly class: string;
  readonly by: "comment" | "config";
}

/**
 * The class that somebody gave a column: in a comment or annotation on it or on its table, or in the `data` map of the
 * configuration, which wins. A comment on the table speaks for all of its columns.
 */
export function declaredClass(
  settings: Settings,
  table: Table,
  column: Column,
): DeclaredClass | undefined {
  const configured = configuredClass(settings, table, column);
  if (configured !== undefined) return { class: configured, by: "config" };
  for (const notes of [column.notes, table.notes])
    for (const note of notes) {
      const written = classInNote(note);
      if (written !== undefined) return { class: written, by: "comment" };
    }
  return undefined;
}

/** A comment may be long; its class stands at the beginning of a line or behind its mark. */
const maxCharacters = 600;

const unsettled =
  /\b(?:todo|fixme|tbd|unclassified|not (?:yet )?classified|to be classified|classify)\b/i;
const marked =
  /(?:^|[\s@\[{(*#|;,"'`.])(?:pii|personal[-_ ]?data|data[-_ ]?class(?:ification)?|data[-_ ]?category|classification|sensitivity|gdpr|dsgvo|lgpd|kvkk|ccpa|hipaa|phi|pci|personenbezogene?n?|dados[-_ ]pessoais|datos[-_ ]personales|donn[eé]es[-_ ]personnelles|ki[sş]isel[-_ ]veri|dati[-_ ]personali|@sensitive|@confidential|@restricted|@personal)(?![a-z0-9_])(?:[ \t]{0,8}[:=([][ \t]{0,8}["'`]?([a-z][a-z0-9_-]{0,39})|[ \t]{1,8}([a-z][a-z0-9_-]{0,39})[ \t]*$)?/im;
const denied =
  /\b(?:no|not|non|without|never)[ -](?:a |any )?(?:pii|personal|phi)\b/i;

/** The class that a comment gives: `pii: contact`, `@pii`, `@pii(health)`, `Classification: confidential`, `no PII`. */
export function classInNote(note: string): string | undefined {
  const text = note.slice(0, maxCharacters);
  if (unsettled.test(text)) return undefined;
  if (denied.test(text)) return "none";
  const found = marked.exec(text);
  if (found === null) return undefined;
  const word = (found[1] ?? found[2] ?? "").toLowerCase();
  if (word === "false" || word === "no") return "none";
  return word === "" || word === "true" || word === "yes" ? "personal" : word;
}

function configuredClass(
  { dataClasses }: Settings,
  { name, symbol }: Table,
  column: Column,
): string | undefined {
  const columns = new Set([column.name, column.property].map(plain));
  const tables = new Set([name, symbol].map(plain));
  const entries = Object.entries(dataClasses).map(
    ([key, value]) => [key.split(".").map(plain), value] as const,
  );
  const exact = entries.find(
    ([[first = "", second], _]) =>
      second !== undefined && tables.has(first) && columns.has(second),
  );
  const general = entries.find(
    ([[first = "", second]]) => second === undefined && columns.has(first),
  );
  return (exact ?? general)?.[1];
}

/** `firstName` and `first_name` are one column. */
function plain(name: string): string {
  return wordsOf(name).join("_");
}
