import type { Value } from "#parse/module-facts.js";
import { type Chain, type DataShape, writtenBy } from "./data-shape.js";
import { lastName, stringOf } from "./value-walk.js";

const firestoreVerbs: Readonly<Record<string, DataShape["kind"]>> = {
  set: "update",
  update: "update",
  delete: "delete",
  add: "create",
  get: "read",
};

/** Documents of Firestore. */
export function firestoreShape({ root, links }: Chain): DataShape | undefined {
  const collection = links.find(
    ({ method, given }) =>
      (method === "collection" || method === "doc") && given.length > 0,
  );
  const last = links.at(-1);
  if (
    collection === undefined ||
    last === undefined ||
    !Object.hasOwn(firestoreVerbs, last.method)
  )
    return undefined;
  const ids = links
    .filter(({ method }) => method === "doc")
    .flatMap(({ given }) => given.map((value) => ({ key: "id", value })));
  const wheres = links
    .filter(({ method }) => method === "where")
    .flatMap(({ given }) =>
      given[2] ? [{ key: stringOf(given[0]) ?? "", value: given[2] }] : [],
    );
  return {
    kind: firestoreVerbs[last.method] ?? "read",
    table: stringOf(collection.given[0])?.split("/")[0] ?? "",
    client: root,
    library: "firestore",
    predicates: [...ids, ...wheres],
    values:
      last.method === "get" || last.method === "delete"
        ? []
        : writtenBy(last.given[0]),
  };
}

const statement =
  /^\s*(?:(insert)\s+into|(update)|(delete)\s+from|(select)\b[\s\S]{0,2000}?\bfrom)\s+["`]?(?:\w+\.)?["`]?(\w+)/i;

const statementCalls =
  /^(?:query|execute|raw|\$queryRaw|\$executeRaw|\$queryRawUnsafe|\$executeRawUnsafe|sql|unsafe|run|all|get|prepare|exec|one|none|any|oneOrNone)$/;

/** Whether something of this name may be given a statement of SQL. */
export function isStatementCall(callee: string): boolean {
  return statementCalls.test(lastName(callee));
}

/** Statements of SQL that begin with what they do. */
export function sqlShape({ root, links }: Chain): DataShape | undefined {
  const call = links.find(({ method }) => isStatementCall(method));
  const [text] = call?.given ?? [];
  if (call === undefined || text === undefined) return undefined;
  const head = statementText(text);
  const [, insert, update, remove, , table = ""] =
    statement.exec(head.slice(0, 4000)) ?? [];
  if (table === "") return undefined;
  const kind = verbOf(insert, update, remove);
  const given = [
    ...call.given.slice(1),
    ...links.filter((one) => one !== call).flatMap((one) => one.given),
  ];
  const holes =
    text.kind === "template"
      ? text.parts.filter((one) => one.kind !== "literal")
      : [];
  const key =
    /where[\s\S]{0,200}\b(?:\w+\.)?(\w*id)\s*=/i.exec(head)?.[1] ?? "";
  const predicates = [...given, ...holes]
    .flatMap((one) => (one.kind === "list" ? one.items : [one]))
    .map((value) => ({ key, value }));
  return { kind, table, client: root, library: "sql", predicates, values: [] };
}

function statementText(text: Value): string {
  if (text.kind !== "template") return stringOf(text) ?? "";
  return text.parts.map((one) => stringOf(one) ?? "?").join("");
}

function verbOf(
  insert: string | undefined,
  update: string | undefined,
  remove: string | undefined,
): DataShape["kind"] {
  if (insert) return "create";
  if (update) return "update";
  return remove ? "delete" : "read";
}
