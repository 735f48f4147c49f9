import type { ObjectEntry, Value } from "#parse/module-facts.js";
import {
  type CallValue,
  hasPart,
  lastName,
  stringOf,
  valuesWithin,
} from "./value-walk.js";

/** What a call does to stored data, as it is written. */
export interface DataShape {
  readonly kind: "read" | "create" | "update" | "delete";
  /** Table, model, collection or bucket; empty where it is computed. */
  readonly table: string;
  /** Dotted name of the client that it goes through; empty where that is no name. */
  readonly client: string;
  readonly library:
    "supabase" | "storage" | "accounts" | "firestore" | "orm" | "sql";
  /** What picks the rows, by column where it has a name. */
  readonly predicates: readonly ObjectEntry[];
  /** What is written, by column where it has a name; `...` for a whole value. */
  readonly values: readonly ObjectEntry[];
}

/** One call of a chain: `from("notes")`, `eq("id", id)`. */
interface Link {
  readonly method: string;
  readonly given: readonly Value[];
}

interface Chain {
  readonly root: string;
  readonly links: readonly Link[];
}

/** What the outermost call of a chain does to stored data. */
export function dataShape(call: CallValue): DataShape | undefined {
  const chain = chainOf(call);
  return (
    supabaseShape(chain) ??
    firestoreShape(chain) ??
    drizzleShape(chain) ??
    modelShape(chain) ??
    sqlShape(chain)
  );
}

function chainOf(call: CallValue): Chain {
  const links: Link[] = [];
  let at: Value | undefined = call;
  let root = "";
  for (let step = 0; at !== undefined && step < 60; step++) {
    if (at.kind === "member") {
      if (at.name !== "") links.unshift({ method: at.name, given: [] });
      at = at.of;
      continue;
    }
    if (at.kind !== "call") break;
    const method = lastName(at.callee);
    links.unshift({ method, given: at.arguments });
    if (at.on === undefined) {
      root = at.callee.slice(
        0,
        Math.max(0, at.callee.length - method.length - 1),
      );
      break;
    }
    at = at.on;
  }
  return { root, links };
}

const supabaseVerbs: Readonly<Record<string, DataShape["kind"]>> = {
  insert: "create",
  upsert: "update",
  update: "update",
  delete: "delete",
  select: "read",
};
const storageVerbs: Readonly<Record<string, DataShape["kind"]>> = {
  remove: "delete",
  move: "update",
  copy: "create",
  upload: "create",
  download: "read",
  createSignedUrl: "read",
};
const accountVerbs: Readonly<Record<string, DataShape["kind"]>> = {
  deleteUser: "delete",
  createUser: "create",
  inviteUserByEmail: "create",
  updateUserById: "update",
  generateLink: "create",
};

function supabaseShape({ root, links }: Chain): DataShape | undefined {
  const last = links.at(-1);
  if (
    /(?:^|\.)auth\.admin$/.test(root) &&
    last &&
    Object.hasOwn(accountVerbs, last.method)
  )
    return {
      kind: accountVerbs[last.method] ?? "update",
      table: "accounts",
      client: root.replace(/\.auth\.admin$/, ""),
      library: "accounts",
      predicates: last.given.slice(0, 1).map((value) => ({ key: "id", value })),
      values: last.given.flatMap((one) =>
        one.kind === "object" ? one.entries : [],
      ),
    };
  const from = links.findIndex(
    ({ method, given }) => method === "from" && given.length === 1,
  );
  const table = stringOf(links[from]?.given[0]);
  if (from < 0) return undefined;
  const client = root.replace(/\.(?:storage|schema)$/, "");
  const after = links.slice(from + 1);
  if (/(?:^|\.)storage$/.test(root)) {
    const verb = after.find(({ method }) =>
      Object.hasOwn(storageVerbs, method),
    );
    if (verb === undefined) return undefined;
    const predicates = verb.given
      .slice(0, 1)
      .map((value) => ({ key: "path", value }));
    return {
      kind: storageVerbs[verb.method] ?? "read",
      table: table ?? "",
      client,
      library: "storage",
      predicates,
      values: [],
    };
  }
  const verb = after.find(({ method }) => Object.hasOwn(supabaseVerbs, method));
  if (verb === undefined || from !== 0) return undefined;
  return {
    kind: supabaseVerbs[verb.method] ?? "read",
    table: table ?? "",
    client,
    library: "supabase",
    predicates: after.flatMap(filterOf),
    values: verb.method === "select" ? [] : writtenBy(verb.given[0]),
  };
}

function filterOf({ method, given }: Link): ObjectEntry[] {
  const [column, value] = given;
  if (method === "match" && column?.kind === "object")
    return [...column.entries];
  if (
    !/^(?:eq|in|is|ilike|like|contains|or|filter|neq|gt|gte|lt|lte)$/.test(
      method,
    )
  )
    return [];
  if (method === "or" && column) return [{ key: "or", value: column }];
  return value ? [{ key: stringOf(column) ?? "", value }] : [];
}

/** The columns that a written value names; a spread or a whole value goes by `...`. */
function writtenBy(value: Value | undefined): readonly ObjectEntry[] {
  if (value === undefined) return [];
  if (value.kind === "object") return value.entries;
  if (value.kind === "list") return value.items.flatMap(writtenBy);
  return [{ key: "...", value }];
}

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
function modelShape({ root, links }: Chain): DataShape | undefined {
  const [first, ...others] = links;
  if (first === undefined) return undefined;
  const kind = modelVerbs.find(([verb]) => verb.test(first.method))?.[1];
  const parts = root.split(".");
  const table = parts.at(-1) ?? "";
  if (kind === undefined) return undefined;
  const isDriver =
    /^(?:insertOne|insertMany|updateOne|updateMany|deleteOne|deleteMany|replaceOne|findOneAndUpdate|findOneAndDelete|findByIdAndUpdate|findByIdAndDelete|findByPk)$/.test(
      first.method,
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
  if (!isDriver && !isPrisma && !isModel && !isRepository) return undefined;
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

function drizzleShape({ root, links }: Chain): DataShape | undefined {
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

const firestoreVerbs: Readonly<Record<string, DataShape["kind"]>> = {
  set: "update",
  update: "update",
  delete: "delete",
  add: "create",
  get: "read",
};

function firestoreShape({ root, links }: Chain): DataShape | undefined {
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

function sqlShape({ root, links }: Chain): DataShape | undefined {
  const call = links.find(({ method }) =>
    /^(?:query|execute|raw|\$queryRaw|\$executeRaw|\$queryRawUnsafe|\$executeRawUnsafe|sql|unsafe|run|all|get|prepare|exec|one|none|any|oneOrNone)$/.test(
      method,
    ),
  );
  const [text] = call?.given ?? [];
  if (call === undefined || text === undefined) return undefined;
  const head =
    text.kind === "template"
      ? text.parts.map((one) => stringOf(one) ?? "?").join("")
      : (stringOf(text) ?? "");
  const [, insert, update, remove, , table = ""] =
    statement.exec(head.slice(0, 4000)) ?? [];
  if (table === "") return undefined;
  const kind = insert
    ? "create"
    : update
      ? "update"
      : remove
        ? "delete"
        : "read";
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

/** Whether a value stands anywhere in what a call is given. */
export function isGiven(
  call: CallValue,
  isWanted: (part: Value) => boolean,
): boolean {
  return call.arguments.some((one) => hasPart(one, isWanted));
}
