import type { OnDelete } from "./sql-facts.js";

/** What declares a table in code. */
export type SchemaSource =
  "prisma" | "drizzle" | "typeorm" | "mongoose" | "sequelize" | "convex";

/** A table or collection that code declares. Lines count from 1. */
export interface SchemaTable {
  readonly source: SchemaSource;
  /** Name in the database, as far as it is written. */
  readonly name: string;
  /** Schema of the database; absent where none is written. */
  readonly schema?: string;
  /** Name in the code: of the model, the class or the variable. */
  readonly symbol: string;
  readonly line: number;
  readonly columns: readonly SchemaColumn[];
  /** Comments and annotations on it. */
  readonly notes: readonly string[];
  /** Whether the declaration itself enables row level security. */
  readonly rowSecurity?: true;
}

/** A column or field that code declares. */
export interface SchemaColumn {
  /** Name in the database. */
  readonly name: string;
  /** Name in the code. */
  readonly property: string;
  /** As written, in lower case: `string`, `varchar`, `uuid`; `[]` at the end of a list. */
  readonly type: string;
  readonly line: number;
  /** Comments beside and above it, and texts of its comment options. */
  readonly notes: readonly string[];
  readonly references?: SchemaReference;
}

/** A relation, by the names that the code uses. */
export interface SchemaReference {
  /** Symbol or name of the table that is pointed to. */
  readonly table: string;
  readonly onDelete: OnDelete;
}

/** What one file declares. */
export interface SchemaFacts {
  readonly tables: readonly SchemaTable[];
}

/** What a written action of a foreign key means: `Cascade`, `SET NULL`, `SetNull`. */
export function onDeleteOf(written: string | undefined): OnDelete {
  const plain = (written ?? "").toLowerCase().replace(/[^a-z]/g, "");
  if (plain === "cascade" || plain === "restrict") return plain;
  if (plain === "setnull") return "set null";
  return plain === "setdefault" ? "set default" : "no action";
}
