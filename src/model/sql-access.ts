import type { PolicyCommand, SqlName, Truth } from "#parse/sql-facts.js";
import type { Database, DatabaseTable } from "./database-state.js";
import { birthSchema, type Right, rightOf, rightsKey } from "./sql-rights.js";
import type { SqlPolicy } from "./sql-policy.js";

/** Roles in which the API of a database asks it. */
export type ApiRole = "anon" | "authenticated" | "service_role";

/** Which rows a role reaches with a command. */
export type Access = "every row" | "own rows" | "some rows" | "no row";

/** What Supabase grants by itself on what is made in `public`, to each role of its API. */
const platformSchema = "public";

/**
 * The columns that a role may touch with a command, by grants alone.
 *
 * @param onPlatform - Whether the database is one of Supabase, which grants by default.
 */
export function grantOf(
  database: Database,
  table: SqlName,
  role: string,
  command: Exclude<PolicyCommand, "all">,
  onPlatform: boolean,
): "whole" | ReadonlySet<string> {
  const schema = rightOf(
    rightsOn(database, "schema", table),
    role,
    "usage",
    !onPlatform || table.schema === platformSchema,
  );
  if (schema !== "whole") return new Set();
  const rights = rightsOn(database, "table", table);
  const made = birthSchema(rights) ?? table.schema;
  return rightOf(rights, role, command, onPlatform && made === platformSchema);
}

/** Whether a role may run a function; Postgres lets everybody unless it is revoked. */
export function mayExecute(
  database: Database,
  routine: SqlName,
  role: string,
  onPlatform: boolean,
): boolean {
  const rights = rightsOn(database, "function", routine);
  const byDefault = onPlatform && routine.schema === platformSchema;
  const everybody = rights?.get("public execute")?.whole ?? true;
  return everybody || rightOf(rights, role, "execute", byDefault) === "whole";
}

function rightsOn(
  { rights }: Database,
  on: "table" | "function" | "schema",
  name: SqlName,
): ReadonlyMap<string, Right> | undefined {
  return rights.get(rightsKey(on, name));
}

/**
 * Which rows of a table a role reaches in the end, by grants and policies.
 *
 * @param onPlatform - Whether the database is one of Supabase, which grants by default.
 */
export function accessOf(
  database: Database,
  table: DatabaseTable,
  role: ApiRole,
  command: Exclude<PolicyCommand, "all">,
  onPlatform: boolean,
): Access {
  const granted = grantOf(database, table.name, role, command, onPlatform);
  if (granted !== "whole" && granted.size === 0) return "no row";
  // The service role passes all policies.
  if (!table.rowSecurity || role === "service_role") return "every row";
  const policies = [...table.policies.values()].filter(
    (policy) =>
      (policy.command === "all" || policy.command === command) &&
      (policy.roles.includes("public") || policy.roles.includes(role)),
  );
  const open = widest(
    policies
      .filter(({ restrictive }) => !restrictive)
      .map((policy) => byPolicy(policy, role, command)),
  );
  return policies
    .filter(({ restrictive }) => restrictive)
    .map((policy) => byPolicy(policy, role, command))
    .reduce(narrower, open);
}

const width: readonly Access[] = [
  "no row",
  "own rows",
  "some rows",
  "every row",
];

function widest(all: readonly Access[]): Access {
  return (
    width[Math.max(0, ...all.map((one) => width.indexOf(one)))] ?? "no row"
  );
}

function narrower(one: Access, other: Access): Access {
  if (one === "no row" || other === "no row") return "no row";
  if (one === "every row") return other;
  return other === "every row" || one === other ? one : "some rows";
}

function byPolicy(
  policy: SqlPolicy,
  role: ApiRole,
  command: PolicyCommand,
): Access {
  const { using, check } = policy;
  // A new row must pass the check, and where none is written what rows are looked up by.
  const condition = command === "insert" ? (check ?? using) : using;
  const truth: Truth =
    (role === "anon" ? condition?.anonymous : condition?.signedIn) ?? "always";
  if (truth === "always") return "every row";
  if (truth === "never" || condition === undefined) return "no row";
  const isOwn =
    role === "authenticated" &&
    condition.owner.length > 0 &&
    condition.asks.length === 0 &&
    condition.calls.every((call) => call.startsWith("auth."));
  return isOwn ? "own rows" : "some rows";
}
