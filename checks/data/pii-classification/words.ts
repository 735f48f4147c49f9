import type { DataColumn } from "#model/personal-tables.js";
import type { Table } from "#model/schema-tables.js";

/** Names that one sentence holds; more are counted. */
const maxNamed = 4;

/** `a, b, c and 3 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, maxNamed);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${String(rest)} more`;
  const last = shown.pop() ?? "";
  return shown.length > 0 ? `${shown.join(", ")} and ${last}` : last;
}

/** `email (contact)`. */
export function namedColumns(columns: readonly DataColumn[]): string[] {
  return columns.map(
    ({ column, guessed }) => `${column.name}${guessed ? ` (${guessed})` : ""}`,
  );
}

/** How to give the first column its class, in the words of its schema. */
export function fixFor(table: Table, { column, guessed }: DataColumn): string {
  const kind = guessed ?? "personal";
  const own: Readonly<Record<Table["source"], string>> = {
    sql: `COMMENT ON COLUMN ${table.name}.${column.name} IS 'pii: ${kind}', or -- pii: ${kind} beside it`,
    prisma: `/// @pii ${kind} above ${column.property}`,
    drizzle: `a comment pii: ${kind} beside ${column.property}`,
    typeorm: `comment: "pii: ${kind}" in the options of ${column.property}`,
    mongoose: `a comment pii: ${kind} beside ${column.property}`,
    sequelize: `comment: "pii: ${kind}" in the options of ${column.property}`,
    convex: `a comment pii: ${kind} beside ${column.property}`,
  };
  return `Say what kind each column is: ${own[table.source]}, or ${table.name}.${column.name}: ${kind} under data in .vibegate.yml; none where a name misleads. vibegate data-map lists them.`;
}
