import type { SqlAct, SqlName } from "#parse/sql-facts.js";

/** What grants and revocations have left of one privilege of one role. */
export interface Right {
  /** On the whole object; absent where no statement spoke of it, so that the platform's own default counts. */
  readonly whole?: boolean;
  /** On single columns. */
  readonly columns: ReadonlySet<string>;
}

/** Rights on one object, by `role privilege`. */
export type Rights = ReadonlyMap<string, Right>;

type Grant = Extract<SqlAct, { kind: "grant" }>;

/** Rights of all objects while SQL is being folded, and those that later objects are born with. */
export interface FoldingRights {
  /** By `table schema.name`, `function schema.name` and `schema name`. */
  readonly objects: Map<string, Map<string, Right>>;
  readonly defaults: Grant[];
}

const every = ["select", "insert", "update", "delete", "execute", "usage"];

/** Key of an object among the rights. */
export function rightsKey(on: Grant["on"], { schema, name }: SqlName): string {
  return on === "schema" ? `schema ${schema}` : `${on} ${schema}.${name}`;
}

/**
 * Grants or revokes as Postgres does: a right on the whole object is not lost by revoking it on a column.
 *
 * @param present - The objects of a schema that exist by now, for `ON ALL TABLES IN SCHEMA`.
 * @see https://www.postgresql.org/docs/current/sql-revoke.html
 */
export function foldGrant(
  rights: FoldingRights,
  act: Grant,
  present: (schema: string) => readonly SqlName[],
): void {
  if (act.byDefault) {
    rights.defaults.push(act);
    return;
  }
  for (const object of act.objects) {
    const meant =
      object.name === "*" && act.on !== "schema"
        ? present(object.schema)
        : [object];
    for (const name of meant) apply(rights, act, rightsKey(act.on, name));
  }
}

const born = "born in";

/** The schema that an object was made in, whose default rights it keeps when it moves; absent where no file makes it. */
export function birthSchema(rights: Rights | undefined): string | undefined {
  const [schema] = rights?.get(born)?.columns ?? [];
  return schema;
}

/** Gives a new object the rights that were set for objects to come. */
export function foldBirth(
  rights: FoldingRights,
  on: "table" | "function",
  name: SqlName,
): void {
  const key = rightsKey(on, name);
  const object = rights.objects.get(key) ?? new Map<string, Right>();
  rights.objects.set(key, object);
  object.set(born, { columns: new Set([name.schema]) });
  for (const act of rights.defaults)
    if (
      act.on === on &&
      act.objects.some(({ schema }) => schema === name.schema)
    )
      apply(rights, act, key);
}

function apply(rights: FoldingRights, act: Grant, key: string): void {
  const object = rights.objects.get(key) ?? new Map<string, Right>();
  rights.objects.set(key, object);
  const privileges = act.privileges.includes("all") ? every : act.privileges;
  for (const role of act.roles)
    for (const privilege of privileges) {
      const known = object.get(`${role} ${privilege}`);
      object.set(`${role} ${privilege}`, changed(known, act));
    }
}

function changed(known: Right | undefined, act: Grant): Right {
  const columns = new Set(known?.columns);
  if (act.columns.length === 0)
    return { whole: !act.revokes, columns: act.revokes ? new Set() : columns };
  for (const column of act.columns)
    if (act.revokes) columns.delete(column);
    else columns.add(column);
  return { ...known, columns };
}

/**
 * Whether a role holds a privilege, itself or as everybody does.
 *
 * @param byDefault - Whether the role has it where no statement speaks of it.
 * @returns the columns where it holds it on some only.
 */
export function rightOf(
  rights: Rights | undefined,
  role: string,
  privilege: string,
  byDefault: boolean,
): "whole" | ReadonlySet<string> {
  const own = rights?.get(`${role} ${privilege}`);
  const everybody = rights?.get(`public ${privilege}`);
  if ((own?.whole ?? byDefault) || everybody?.whole === true) return "whole";
  return new Set([...(own?.columns ?? []), ...(everybody?.columns ?? [])]);
}
