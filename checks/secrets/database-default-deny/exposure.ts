import { type Database, type DatabaseTable } from "#model/database-state.js";
import { databaseOf } from "#model/database.js";
import { grantOf } from "#model/sql-access.js";
import { marksOf, type Project } from "#model/project.js";
import type { SqlName } from "#parse/sql-facts.js";
import { checkName, type Mark } from "./marks.js";

/** Which tables strangers can ask for by an API over the database. */
export interface Exposure {
  readonly database: Database;
  /** Whether the project is one of Supabase: its API serves the exposed schemas to the roles `anon` and `authenticated`. */
  readonly isSupabase: boolean;
  readonly schemas: ReadonlySet<string>;
  /** Tables that the app's code asks for through the API. */
  readonly asked: ReadonlySet<string>;
}

/** Roles that callers of the API have. */
const callerRoles = new Set(["anon", "authenticated", "public", "web_anon"]);

/** Whether a role is one that callers of the API have. */
export function isCaller(role: string): boolean {
  return callerRoles.has(role);
}

/** What of the database is served, told by the project's own files. */
export function exposureOf(project: Project): Exposure {
  const database = databaseOf(project);
  const marks = [...project.files.values()].flatMap((facts) =>
    marksOf<Mark>(facts, checkName),
  );
  const listed = marks.flatMap((mark) =>
    mark.kind === "schemas" ? mark.names : [],
  );
  return {
    database,
    isSupabase: isSupabase(project, database, marks),
    asked: new Set(
      marks.flatMap((mark) => (mark.kind === "tables" ? mark.names : [])),
    ),
    schemas: new Set(listed.length > 0 ? listed : ["public", "graphql_public"]),
  };
}

function isSupabase(
  project: Project,
  database: Database,
  marks: readonly Mark[],
): boolean {
  if (marks.some(({ kind }) => kind === "schemas")) return true;
  if (
    project.snapshot.paths.some((path) =>
      /(^|\/)supabase\/(config\.toml|migrations\/)/.test(path),
    )
  )
    return true;
  for (const { module } of project.files.values())
    if (
      module?.imports.some(({ from }) =>
        /^(?:npm:|https:\/\/esm\.sh\/)?@supabase\/(?:supabase-js|ssr|auth-helpers)/.test(
          from,
        ),
      )
    )
      return true;
  return [...database.tables.values()].some((table) =>
    [...table.policies.values()].some(({ using, check }) =>
      [...(using?.calls ?? []), ...(check?.calls ?? [])].some((call) =>
        /^auth\.(?:uid|role|jwt)$/.test(call),
      ),
    ),
  );
}

/** Commands that the API turns requests into. */
const commands = ["select", "insert", "update", "delete"] as const;

/**
 * Whether the API serves a table to callers: its schema is exposed, and they have rights on it. Elsewhere than on
 * Supabase, rights of an anonymous role of the API are what shows that there is one.
 */
export function isServed(exposure: Exposure, name: SqlName): boolean {
  const { database, isSupabase, schemas } = exposure;
  if (isSupabase && !schemas.has(name.schema)) return false;
  const roles = isSupabase ? ["anon", "authenticated"] : ["anon", "web_anon"];
  return roles.some((role) =>
    commands.some((command) => {
      const right = grantOf(database, name, role, command, isSupabase);
      return right === "whole" || right.size > 0;
    }),
  );
}

/** The tables that are served, with their policies. */
export function servedTables(exposure: Exposure): DatabaseTable[] {
  return [...exposure.database.tables.values()].filter(
    (table) => table.created && isServed(exposure, table.name),
  );
}
