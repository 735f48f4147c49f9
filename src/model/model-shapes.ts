import type { ObjectEntry, Value } from "#parse/module-facts.js";
import {
  type Chain,
  type DataShape,
  type Link,
  supabaseVerbs,
  writtenBy,
} from "./data-shape.js";
import { lastName, valuesWithin } from "./value-walk.js";

const modelVerbs: readonly (readonly [RegExp, DataShape["kind"]])[] = [
  [
    /^(?:findUnique|findFirst|findMany|findUniqueOrThrow|findFirstOrThrow|findById|findOne|findOneBy|findBy|findAll|findByPk|find|count|aggregate|groupBy|findAndCount|findOneOrFail)$/,
    "read",
  ],
  [
    /^(?:create|createMany|insertOne|insertMany|insert|bulkCreate|createManyAndReturn)$/,
    "create",
  ],
  [
    /^(?:update|updateMany|upsert|findByIdAndUpdate|findOneAndUpdate|updateOne|replaceOne|save|increment|decrement)$/,
    "update",
  ],
  [
    /^(?:delete|deleteMany|findByIdAndDelete|findOneAndDelete|findByIdAndRemove|deleteOne|destroy|remove|softDelete)$/,
    "delete",
  ],
];

const clientPart =
  /^(?:\w*prisma\w*|db|database|tx|trx|orm|em|manager|\w*[rR]epo(?:sitory)?|\w*[mM]odel|client)$/i;

/** Prisma, Mongoose, TypeORM, Sequelize, the drivers of MongoDB. */
export function modelShape({ root, links }: Chain): DataShape | undefined {
  const [first, ...others] = links;
  if (first === undefined) return undefined;
  const kind = modelVerbs.find(([verb]) => verb.test(first.method))?.[1];
  const parts = root.split(".");
  const table = parts.at(-1) ?? "";
  if (kind === undefined) return undefined;
  if (!isModelCall(first.method, parts)) return undefined;
  return {
    kind,
    table: table.replace(/(?:Repo(?:sitory)?|Model|Col|Collection)$/i, ""),
    client: parts.slice(0, -1).join(".") || root,
    library: "orm",
    predicates: kind === "create" ? [] : predicatesOf(first),
    values:
      kind === "read" || kind === "delete"
        ? []
        : [...writesOf(first), ...others.flatMap(writesOf)],
  };
}

function predicatesOf({ given, method }: Link): ObjectEntry[] {
  const [first] = given;
  if (first?.kind !== "object") {
    const key = /ById|ByPk|update|delete|remove|softDelete/.test(method)
      ? "id"
      : "";
    return first ? [{ key, value: first }] : [];
  }
  const where = first.entries.find(({ key }) => key === "where")?.value;
  if (where === undefined) return method === "save" ? [] : flatEntries(first);
  return where.kind === "object"
    ? flatEntries(where)
    : [{ key: "", value: where }];
}

/** Entries with those of nested conditions (`AND`, `userId_id`). */
function flatEntries(value: Value): ObjectEntry[] {
  return valuesWithin(value).flatMap((part) =>
    part.kind === "object"
      ? part.entries.filter((one) => one.value.kind !== "object")
      : [],
  );
}

function writesOf({ given }: Link): readonly ObjectEntry[] {
  const [first, second] = given;
  if (first?.kind === "object") {
    const data = first.entries.find(
      ({ key }) => key === "data" || key === "update",
    )?.value;
    if (data) return writtenBy(data);
  }
  return writtenBy(second ?? first).flatMap((one) =>
    one.key === "$set" ? writtenBy(one.value) : [one],
  );
}

/** Whether a verb is called on something that holds rows. */
function isModelCall(method: string, parts: readonly string[]): boolean {
  const table = parts.at(-1) ?? "";
  const isDriver =
    /^(?:insertOne|insertMany|updateOne|updateMany|deleteOne|deleteMany|replaceOne|findOneAndUpdate|findOneAndDelete|findByIdAndUpdate|findByIdAndDelete|findByPk)$/.test(
      method,
    );
  const isPrisma =
    parts.length >= 2 &&
    parts.slice(0, -1).some((part) => clientPart.test(part));
  const isModel =
    /^[A-Z][A-Za-z]+$/.test(table) &&
    parts.length === 1 &&
    !/^(?:Object|Array|Promise|JSON|Math|Map|Set|Reflect|Stripe|Response|String|Number|URL)$/.test(
      table,
    );
  const isRepository =
    /(?:[rR]epo(?:sitory)?|Model|Col|[cC]ollection)$/.test(table) &&
    parts.length <= 2;
  return isDriver || isPrisma || isModel || isRepository;
}
/** Drizzle. */
export function drizzleShape({ root, links }: Chain): DataShape | undefined {
  const [first] = links;
  if (
    first === undefined ||
    !/(?:^|\.)(?:db|tx|database|trx|drizzle)$/i.test(root)
  )
    return undefined;
  const [given] = first.given;
  const from = links.find(({ method }) => method === "from");
  const of = from?.given[0] ?? given;
  const kind =
    first.method === "select" && from ? "read" : supabaseVerbs[first.method];
  if (kind === undefined || of?.kind !== "name") return undefined;
  const where = links.find(({ method }) => method === "where")?.given[0];
  return {
    kind,
    table: lastName(of.name),
    client: root,
    library: "orm",
    predicates: where ? comparisonsIn(where) : [],
    values: links
      .filter(({ method }) => method === "set" || method === "values")
      .flatMap(({ given: [data] }) => writtenBy(data)),
  };
}

/** `and(eq(notes.id, id), eq(notes.userId, user.id))`. */
function comparisonsIn(where: Value): ObjectEntry[] {
  return valuesWithin(where).flatMap((part) => {
    if (part.kind !== "call") return [];
    const [column, value] = part.arguments;
    return column?.kind === "name" && value
      ? [{ key: lastName(column.name), value }]
      : [];
  });
}
