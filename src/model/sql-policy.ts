import type { SqlAct } from "#parse/sql-facts.js";

/** A policy in the end, with the place of the statement that made it what it is. */
export type SqlPolicy = Omit<Extract<SqlAct, { kind: "policy" }>, "kind"> & {
  readonly place: { readonly path: string; readonly line: number };
};
