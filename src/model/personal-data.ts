import { singular, wordsOf } from "./name-words.js";
import type { PersonalClass } from "./personal-class.js";
import { idleEndings, type PersonalTerm, termsOf } from "./personal-words.js";
import { personWords, thingWords } from "./subject-words.js";
import {
  isOwnerColumn,
  type NamedTable,
  subjectOf,
  type TableSubject,
} from "./table-subject.js";

/** What is asked of a column. */
export interface NamedColumn {
  readonly name: string;
  /** Lower case, as written: `text`, `varchar(255)`, `string[]`. */
  readonly type: string;
  readonly references?: unknown;
}

/** A column that holds personal data by its name and type. */
export interface PersonalColumn<Column> {
  readonly column: Column;
  readonly class: PersonalClass;
}

/** A table with columns of a certain kind. */
export interface TableOf<Column extends NamedColumn> extends NamedTable {
  readonly columns: readonly Column[];
}

/** The columns of a table that hold personal data, in their order. */
export function personalColumnsOf<Column extends NamedColumn>(
  table: TableOf<Column>,
): readonly PersonalColumn<Column>[] {
  const subject = subjectOf(table);
  const first = classified(table.columns, { subject, isLinked: false });
  const isLinked =
    subject !== "thing" &&
    (subject === "person" ||
      table.columns.some(({ name }) => isOwnerColumn(name)));
  const isRecord =
    subject === "open" &&
    first.some((one) => /^(?:name|contact|birth)$/.test(one.class));
  return classified(table.columns, {
    subject: isRecord ? "person" : subject,
    isLinked: isLinked || isRecord,
  });
}

/**
 * The class of a name where nothing is known of the rows, for fields in code: `user.email`, `patient.name`, `ssn`.
 *
 * @param of - The words before it, such as `user` for `user.email`.
 */
export function personalField(
  name: string,
  of: string,
): PersonalClass | undefined {
  const owner = wordsOf(of).map(singular);
  const head = owner.at(-1) ?? "";
  const subject = personWords.has(head)
    ? "person"
    : thingWords.has(head)
      ? "thing"
      : "open";
  return classOf(name, "", { subject, isLinked: subject === "person" });
}

interface Context {
  readonly subject: TableSubject;
  /** Whether the rows belong to a person. */
  readonly isLinked: boolean;
}

function classified<Column extends NamedColumn>(
  columns: readonly Column[],
  context: Context,
): PersonalColumn<Column>[] {
  const isDrawn = columns.some(({ name }) => /(?:^|_)width$|Width$/.test(name));
  return columns.flatMap((column) => {
    if (column.references !== undefined) return [];
    // What has a width too is a box on a screen or a parcel.
    if (isDrawn && /(?:^|_)height$|Height$/.test(column.name)) return [];
    const found = classOf(column.name, column.type, context);
    return found ? [{ column, class: found }] : [];
  });
}

function classOf(
  name: string,
  type: string,
  context: Context,
): PersonalClass | undefined {
  const words = wordsOf(name);
  if (words.length === 0 || asksOrCounts.test(words[0] ?? "")) return undefined;
  let end = words.length;
  for (;;) {
    const found = termAt(words.slice(0, end), context);
    if (found) return fitsType(found, type) ? found : undefined;
    const last = words[end - 1] ?? "";
    if (end < 2 || !(idleEndings.has(last) || /^\d{1,2}$/.test(last)))
      return undefined;
    end--;
  }
}

/** First words of columns that say something about a datum, not what it is. */
const asksOrCounts =
  /^(?:is|has|can|should|allow|allows|allowed|enable|enabled|show|hide|require|requires|required|needs|notify|notifications?|send|receive|wants|accept|accepts|opt|opted|num|count|total|max|min|verified|use|uses|with|no|last4|disable|disabled|share|public|collect|via)$/;

/** The longest run of last words that is a term, and whose words before it do not speak against it. */
function termAt(
  words: readonly string[],
  context: Context,
): PersonalClass | undefined {
  for (let from = Math.max(0, words.length - 4); from < words.length; from++) {
    const joined = words.slice(from).join("");
    for (const one of [...termsOf(joined), ...termsOf(pluralLess(joined))])
      if (holds(one, words.slice(0, from), context)) return one.class;
  }
  return undefined;
}

function pluralLess(joined: string): string {
  const one = singular(joined);
  return one === joined ? "" : one;
}

/** Words that tell one of a person's own data from another. */
const ownKinds =
  /^(?:home|work|personal|private|billing|shipping|delivery|primary|secondary|alternate|alternative|mailing|residential|permanent|current|emergency|first|last|new|old|pending|invited|to|street|real|legal|preferred|their|my|pickup|dropoff|entrega|faturamento|cobranca)$/;

/** Words before an address to which something is sent: somebody is there. */
const goesTo =
  /^(?:home|shipping|billing|delivery|residential|mailing|entrega|faturamento|cobranca|liefer|envio|livraison|facturation|spedizione|teslimat)$/;

function holds(
  { class: kind, strength }: PersonalTerm,
  before: readonly string[],
  { subject, isLinked }: Context,
): boolean {
  if (strength === "own") return true;
  const plain = before.map(singular);
  const isOfPerson = plain.some((word) => personWords.has(word));
  const last = plain.at(-1) ?? "";
  if (plain.some((word) => thingWords.has(word)) && !personWords.has(last))
    return false;
  if (strength === "open") return subject !== "thing" || isOfPerson;
  const isPlain = plain.every(
    (word) => ownKinds.test(word) || personWords.has(word),
  );
  if (!isPlain) return false;
  if (strength === "linked") return isOfPerson || isLinked;
  if (isOfPerson && kind !== "location") return true;
  if (kind === "address" && plain.some((word) => goesTo.test(word)))
    return subject !== "thing";
  return subject === "person";
}

const texts =
  /^(?:|n?(?:var)?char(?:acter)?|n?text|(?:tiny|medium|long)text|string|citext|bpchar|json|jsonb|object|mixed|any|unknown|schema\.types\.mixed|name|clob|v\.\w+|encrypted\w*|bytea|blob|bytes|buffer|binary|varbinary|character varying|mixed|record|nvarchar|array)$/;
const numbers =
  /^(?:u?int(?:eger)?\d?|(?:small|big|tiny|medium)int|bigserial|serial|numeric|decimal|decimal128|float\d?|double|double precision|real|number|money|bigint)$/;
const dates =
  /^(?:date|datetime|timestamp|timestamptz|timestampz|time|timestamp with time zone)$/;
const addresses = /^(?:inet|cidr|macaddr8?)$/;
const shapes = /^(?:point|geometry|geography|vector|halfvec)$/;

/** Whether a column of that type can hold a datum of that class; types that nobody knows are enums and relations. */
function fitsType(kind: PersonalClass, written: string): boolean {
  const type = written
    .toLowerCase()
    .replace(/\(.*$|\[\]$|[?!]$/g, "")
    .replace(/\[\]$/, "")
    .trim();
  if (texts.test(type)) return true;
  if (numbers.test(type)) return !/^(?:name|special-category)$/.test(kind);
  if (dates.test(type)) return kind === "birth";
  if (addresses.test(type)) return kind === "device";
  if (shapes.test(type)) return /^(?:location|biometric|address)$/.test(kind);
  // An enum of answers, such as `Gender`; no relation, which has a column of its own.
  return /^(?:demographic|special-category)$/.test(kind) || /^blood/.test(type);
}
