import type { SqlAct } from "#parse/sql-facts.js";
import type { FoldingTable, SqlPlace } from "./database-state.js";

/** Puts a policy on tables, changes it or takes it away. */
export function foldPolicy(
  tables: readonly FoldingTable[],
  act: Extract<SqlAct, { kind: "policy" | "alter-policy" | "drop-policy" }>,
  place: SqlPlace,
): void {
  for (const { policies } of tables) {
    if (act.kind === "policy")
      policies.set(act.name, {
        ...act,
        roles: act.roles.length > 0 ? act.roles : ["public"],
        place,
      });
    else if (act.kind === "drop-policy") policies.delete(act.name);
    else {
      const known = policies.get(act.name);
      if (known === undefined) continue;
      policies.delete(act.name);
      policies.set(act.rename ?? act.name, {
        ...known,
        name: act.rename ?? act.name,
        roles: act.roles ?? known.roles,
        ...(act.using && { using: act.using }),
        ...(act.check && { check: act.check }),
        place: act.rename === undefined ? place : known.place,
      });
    }
  }
}
