import type { Finding } from "#gate/finding.js";
import type { Project } from "#model/project.js";
import { type Table, tablesOf } from "#model/schema-tables.js";
import type { Exposure } from "./exposure.js";

/** Tables that are named in a message. */
const maxNames = 5;

/**
 * Tables that a schema in code puts into the schema which Supabase serves, and for which nothing enables row level
 * security: neither the schema nor any SQL. One finding for each file, since whoever closes one table closes all.
 */
export function undefendedModels(
  project: Project,
  exposure: Exposure,
): Finding[] {
  if (!exposure.isSupabase || !isSupabasePostgres(project)) return [];
  const byFile = new Map<string, Table[]>();
  for (const table of tablesOf(project)) {
    if (!isUndefended(table, exposure) || !isPostgres(table, project)) continue;
    byFile.set(table.file, [...(byFile.get(table.file) ?? []), table]);
  }
  return [...byFile.values()].flatMap(findingFor);
}

/** The app's own connection leads to the same database that the API serves. */
function isSupabasePostgres({ snapshot }: Project): boolean {
  return snapshot.files.some(({ text }) =>
    /\b(?:pooler\.supabase\.com|db\.[\w-]{1,63}\.supabase\.co)\b/.test(text),
  );
}

function isUndefended(
  { source, schema = "public", name, rowSecurity }: Table,
  { schemas, database }: Exposure,
): boolean {
  return (
    (source === "prisma" || source === "drizzle") &&
    rowSecurity !== true &&
    schemas.has(schema) &&
    // What SQL makes is judged by its SQL.
    !database.tables.has(`${schema}.${name}`)
  );
}

function isPostgres({ source, file }: Table, project: Project): boolean {
  if (source === "drizzle")
    return (project.files.get(file)?.module?.imports ?? []).some(
      ({ from }) => from === "drizzle-orm/pg-core",
    );
  return project.snapshot.files.some(
    ({ path, text }) =>
      path.endsWith(".prisma") &&
      /\bprovider\s{0,20}=\s{0,20}"postgres(?:ql)?"/.test(text),
  );
}

function findingFor(tables: readonly Table[]): Finding[] {
  const [first] = tables;
  if (first === undefined) return [];
  const names = tables.slice(0, maxNames).map(({ name }) => `"${name}"`);
  const more = tables.length - names.length;
  return [
    {
      rule: "table-without-rls",
      path: first.file,
      lines: { start: first.line, end: first.line },
      message: `Nothing enables row level security on ${names.join(", ")}${more > 0 ? ` and ${String(more)} more tables` : ""}, which are made in the schema that Supabase serves: whoever has the public key reads and writes them.`,
      fix: "Enable row level security on every table in a migration (Drizzle: .enableRLS()), or keep them in a schema that the API does not serve.",
      confidence: "likely",
      identity: `models ${first.file}`,
      atMost: "advise",
    },
  ];
}
