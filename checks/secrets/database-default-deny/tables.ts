import type { Finding } from "#gate/finding.js";
import { type DatabaseTable, keyOf } from "#model/database-state.js";
import { isMigration } from "#model/sql-order.js";
import { accessOf } from "#model/sql-access.js";
import { type Exposure, servedTables } from "./exposure.js";
import { isOwnerColumn, isPersonTable, isSensitiveColumn } from "./words.js";
import { sqlFinding } from "./sql-finding.js";

/** Served tables on which row level security is off in the end. */
export function openTables(exposure: Exposure): Finding[] {
  return servedTables(exposure)
    .filter((table) => !table.rowSecurity && !isTooling(table))
    .map((table) => openTable(table, exposure));
}

/** The records that migration tools keep of themselves. */
function isTooling({ name }: DatabaseTable): boolean {
  return /^(?:_prisma_migrations|schema_migrations|knex_migrations(?:_lock)?|__drizzle_migrations|spatial_ref_sys|_sqlx_migrations|flyway_schema_history|pgmigrations|typeorm_metadata)$/.test(
    name.name,
  );
}

const verbs = [
  ["select", "read"],
  ["insert", "add"],
  ["update", "change"],
  ["delete", "delete"],
] as const;

/**
 * Whether nothing but the database itself seems to use the table: the app asks for others and never for this one, and it
 * holds nothing of a person.
 */
function isInternal(
  { name, columns }: DatabaseTable,
  { asked }: Exposure,
): boolean {
  return (
    asked.size > 0 &&
    !asked.has(name.name) &&
    !isPersonTable(name.name) &&
    ![...columns.keys()].some(
      (column) => isOwnerColumn(column) || isSensitiveColumn(column),
    )
  );
}

/** Made by code that is no migration: whether it ever ran on the database that is served is not known. */
function isByHand({ place: { path } }: DatabaseTable): boolean {
  return !/\.(?:sql|pgsql)$/i.test(path) && !isMigration(path);
}

/** Who may do what to the table in the end. */
function callersOf(
  table: DatabaseTable,
  { database, isSupabase }: Exposure,
): string {
  const acts = (role: "anon" | "authenticated"): string[] =>
    verbs.flatMap(([command, verb]) =>
      accessOf(database, table, role, command, isSupabase) === "every row"
        ? [verb]
        : [],
    );
  const strangers = acts("anon");
  return strangers.length > 0
    ? `whoever has the public key can ${listed(strangers)} every row`
    : `any signed-in user can ${listed(acts("authenticated"))} every row`;
}

function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

function openTable(table: DatabaseTable, exposure: Exposure): Finding {
  const key = keyOf(table.name);
  const parent =
    table.parent && exposure.database.tables.get(keyOf(table.parent));
  const who = callersOf(table, exposure);
  const reopened = table.rowSecurityPlace !== undefined;
  const rules =
    table.policies.size > 0
      ? ` Its ${String(table.policies.size)} policies have no effect.`
      : "";
  return sqlFinding(table.rowSecurityPlace ?? table.place, {
    rule: reopened ? "reopened-table" : "table-without-rls",
    message: reopened
      ? `Row level security of "${key}" is off again after all files have run: ${who}.${rules}`
      : `No file enables row level security on "${key}", which the API serves: ${who}.${rules}`,
    fix: `Run ALTER TABLE ${key} ENABLE ROW LEVEL SECURITY in a new migration and add policies for those who need rows.`,
    confidence: "certain",
    identity: key,
    ...((parent?.rowSecurity === true ||
      (!reopened && (isInternal(table, exposure) || isByHand(table)))) && {
      atMost: "advise" as const,
    }),
    ...(reopened && {
      evidence: [{ ...table.place, note: "The table is created here." }],
    }),
  });
}
