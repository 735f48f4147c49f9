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
  /** Whether a file that describes the database is known to describe one that is served, and not perhaps another one. */
  readonly isSurelyServed: (path: string) => boolean;
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
    ...platformOf(project, database, marks),
    asked: new Set(
      marks.flatMap((mark) => (mark.kind === "tables" ? mark.names : [])),
    ),
    schemas: new Set(listed.length > 0 ? listed : ["public", "graphql_public"]),
  };
}

function platformOf(
  project: Project,
  database: Database,
  marks: readonly Mark[],
): Pick<Exposure, "isSupabase" | "isSurelyServed"> {
  if (usesSupabase(project, marks))
    return { isSupabase: true, isSurelyServed: () => true };
  const speaking = filesThatSpeakOfCallers(database);
  return speaking.size > 0
    ? { isSupabase: true, isSurelyServed: (path) => speaking.has(path) }
    : { isSupabase: false, isSurelyServed: () => true };
}

function usesSupabase(project: Project, marks: readonly Mark[]): boolean {
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
  return false;
}

/** Files with policies that ask Supabase's functions who calls. Other SQL beside them may be for another database. */
function filesThatSpeakOfCallers({ tables }: Database): ReadonlySet<string> {
  const found = new Set<string>();
  for (const table of tables.values())
    for (const { using, check, place } of table.policies.values())
      if (
        [...(using?.calls ?? []), ...(check?.calls ?? [])].some((call) =>
          /^auth\.(?:uid|role|jwt)$/.test(call),
        )
      )
        found.add(place.path);
  return found;
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
