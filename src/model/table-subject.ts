import { singular, wordsOf } from "./name-words.js";
import { idleTableEndings, personWords, thingWords } from "./subject-words.js";

/** What a table's rows are about, by its name: people, things, or neither by name. */
export type TableSubject = "person" | "thing" | "open";

/** What is asked of a table: its names, and those of its columns. */
export interface NamedTable {
  readonly name: string;
  readonly symbol: string;
  readonly columns: readonly { readonly name: string }[];
}

/** Columns of registered programs and linked logins, which share the names `clients` and `accounts` with people. */
const programColumns =
  /^(?:client_?secret|redirect_?uris?|grant_?types|provider_?account_?id|access_?token|api_?key_?hash)$/i;

/** What the rows of a table are about. */
export function subjectOf({ name, symbol, columns }: NamedTable): TableSubject {
  if (columns.some((column) => programColumns.test(column.name)))
    return "thing";
  const named = subjectOfName(name);
  return named === "open" ? subjectOfName(symbol) : named;
}

function subjectOfName(name: string): TableSubject {
  const words = wordsOf(name).map(singular);
  let end = words.length;
  while (end > 1 && idleTableEndings.has(words[end - 1] ?? "")) end--;
  const head = words[end - 1] ?? "";
  if (personWords.has(head) || personWords.has(words.slice(0, end).join("")))
    return "person";
  if (thingWords.has(head)) return "thing";
  // `user_addresses`, `customer_contacts`: what belongs to a person, a part of which is one.
  const isPartOfPerson =
    /^(?:address|phone|email|identity|identification|biography|demographic|metric|vital|measurement|health|medical)$/;
  const isOwned = words.slice(0, end - 1).some((word) => personWords.has(word));
  return isPartOfPerson.test(head) && (isOwned || end === 1)
    ? "person"
    : "open";
}

const ownerColumn =
  /^(?:created_?by|owner)?_?(?:user|customer|client|patient|member|profile|employee|student|person|usuario|cliente|paciente|aluno|alumno|kunde|benutzer|utilisateur|kullanici|musteri|hasta|utente|owner|author|guest|contact|lead|patient)_?(?:id|uuid|ref|uid)?$|^(?:uid|clerk_?(?:user_?)?id|auth_?id|id_(?:usuario|cliente|paciente|user|utilisateur|utente|aluno))$/i;

/** Whether a column says whose row it is: `user_id`, `patientId`, `usuario_id`. */
export function isOwnerColumn(name: string): boolean {
  return ownerColumn.test(name);
}
