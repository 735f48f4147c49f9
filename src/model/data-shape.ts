import type { ObjectEntry, Value } from "#parse/module-facts.js";

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
export interface Link {
  readonly method: string;
  readonly given: readonly Value[];
}

/** A chain of calls on a name. */
export interface Chain {
  readonly root: string;
  readonly links: readonly Link[];
}

/** What the verbs of query builders do. */
export const supabaseVerbs: Readonly<Record<string, DataShape["kind"]>> = {
  insert: "create",
  upsert: "update",
  update: "update",
  delete: "delete",
  select: "read",
};
/** The columns that a written value names; a spread or a whole value goes by `...`. */
export function writtenBy(value: Value | undefined): readonly ObjectEntry[] {
  if (value === undefined) return [];
  if (value.kind === "object") return value.entries;
  if (value.kind === "list") return value.items.flatMap(writtenBy);
  return [{ key: "...", value }];
}
