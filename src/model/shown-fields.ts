import type { Value } from "#parse/module-facts.js";
import type { Operation } from "./operation.js";
import { type CallValue, lastName, stringOf } from "./value-walk.js";

/** Tables of people who have a public face: a byline, a profile, a place in a list of scores. */
const facedTable =
  /^(?:auth_?)?(?:users?|accounts?|profiles?|user_?profiles?|members?|usuarios?|perfiles|perfis|authors?|creators?|hosts?)$/i;

/** What such a face shows of somebody. */
const shown =
  /^(?:id|_id|uuid|user_?id|user_?name|handle|slug|nick_?name|display_?name|screen_?name|(?:user_?|profile_?)?(?:avatar|image|photo|picture|pic)(?:_?(?:url|path))?|bio|about|headline|tagline|welcome_?message|company_?(?:name|logo)|brand_?\w+|theme|(?:default_?)?(?:time_?zone|locale|language)|website|rank|score|points|level|xp|streak|badges?|is_?verified|verified|(?:followers?|following|posts?|likes?|views?)(?:_?count)?|created_?at|joined_?at)$/i;

/** The name that people go by in life: shown for one who wrote something, not for everybody at once. */
const realName =
  /^(?:name|full_?name|first_?name|last_?name|given_?name|family_?name|nombre|nome|apellidos?|sobrenome)$/i;

/** What is measured of rows, of nobody in particular: `{ side: orders.side, quantity: orders.quantity }`. */
const measured =
  /^(?:side|quantity|qty|amount|price|total|count|sum|avg|average|min|max|status|type|kind|date|day|week|month|year|rating|stars|score|created_?at|updated_?at|(?:start|end|check_?in|check_?out|slot|booking|event|appointment|reservation)s?_?(?:time|date|at)|duration)$|^(?!.*(?:user|owner|customer|client|patient|member|employee|buyer|seller|author|profile|account|person|contact|lead|student)).+_?[iI]d$/i;

/** Which columns of the rows that an operation reads everybody may see. */
export function shownFields({
  table,
  predicates,
}: Pick<Operation, "table" | "predicates">): (column: string) => boolean {
  // A time that is taken, a price, a state: without whose it is, they tell of nobody.
  if (!facedTable.test(table)) return (column) => measured.test(column);
  const isOfOne = predicates.length > 0;
  return (column) => shown.test(column) || (isOfOne && realName.test(column));
}

/** Whether a read asks for nothing but what everybody may see, or for figures that belong to nobody in particular. */
export function picksOnly(
  call: CallValue,
  isShown: (column: string) => boolean,
): boolean {
  const picked = pickedColumns(call);
  if (picked === undefined || picked.length === 0) return false;
  return (
    picked.every(isShown) ||
    picked.every((one) => measured.test(one) || one === aggregate)
  );
}

/** Columns that hold how somebody can be reached, or who they are before the law, whatever the table is called. */
const reaching =
  /^(?:buyer|customer|user|client|patient|guest|member|student|attendee|participant|owner|recipient|sender|applicant|donor|payer|billing|shipping|parent|employee|subscriber|comprador|cliente)_?(?:e_?mail|phone|mobile|telefone|whatsapp|address|cpf|ssn)$/i;

/** Whether a read asks by name for how people can be reached: `.select("id, buyer_email")`. */
export function asksForPeople(call: CallValue): boolean {
  return (pickedColumns(call) ?? []).some((one) => reaching.test(one));
}

/** The columns that a read names; undefined where it takes whole rows, or says so in no way that can be read. */
function pickedColumns(call: CallValue): readonly string[] | undefined {
  for (let at: Value | undefined = call; at !== undefined;) {
    if (at.kind !== "call") return undefined;
    const own = columnsOf(at);
    if (own) return own;
    at = at.on;
  }
  return undefined;
}

function columnsOf({
  callee,
  arguments: given,
}: CallValue): readonly string[] | undefined {
  const [first] = given;
  if (lastName(callee) === "select") {
    // `.select("id, username")`, `.select({ name: users.name })`.
    if (first?.kind === "object") return namedBy(first);
    const text = stringOf(first);
    return text !== undefined && /^[\w\s,]+$/.test(text)
      ? text.split(/[\s,]+/).filter((name) => name !== "")
      : undefined;
  }
  if (first?.kind !== "object") return undefined;
  const chosen = first.entries.find(({ key }) => key === "select")?.value;
  return chosen?.kind === "object" ? namedBy(chosen) : undefined;
}

/** Columns by name, each taken or read as it is: one that is made of others is not known. */
function namedBy({
  entries,
}: Extract<Value, { kind: "object" }>): readonly string[] {
  return entries.map(({ key, value }) => {
    if (value.kind === "name") return lastName(value.name);
    if (value.kind === "literal") return key;
    return isAggregate(value) ? aggregate : "...";
  });
}

/** What stands for a column that many rows were made into. */
const aggregate = "#";

/** `count()`, `sum(orders.quantity)`, and the same in SQL. */
function isAggregate(value: Value): boolean {
  if (value.kind !== "call") return false;
  if (/^(?:count|sum|avg|min|max|countDistinct)$/.test(value.callee))
    return true;
  const [text] = value.arguments;
  return (
    /^sql(?:$|\.)/.test(value.callee) &&
    text?.kind === "template" &&
    /^[\s(]*(?:count|sum|avg|min|max)\s*\(/i.test(text.head)
  );
}
