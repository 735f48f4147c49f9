import { conditionOf } from "./sql-condition.js";
import type { SqlAct } from "./sql-facts.js";
import {
  child,
  children,
  isOn,
  optionOf,
  relationOf,
  type SqlNode,
  textOf,
  visitSql,
} from "./sql-nodes.js";

/** A `CREATE VIEW`. */
export function viewAct(node: SqlNode): SqlAct[] {
  const relation = child(node, "view");
  if (textOf(relation, "relpersistence") === "t") return [];
  const asCaller = isOn(
    optionOf(children(node, "options"), "security_invoker"),
  );
  return [viewOf(relation, child(node, "query"), false, asCaller)];
}

/** A view or materialized view, with the tables that its query reads. */
export function viewOf(
  relation: SqlNode,
  query: SqlNode,
  materialized: boolean,
  asCaller: boolean,
): SqlAct {
  const reads = new Map<string, ReturnType<typeof relationOf>>();
  visitSql(query, (kind, node) => {
    if (kind !== "RangeVar") return;
    const table = relationOf(node);
    reads.set(`${table.schema}.${table.name}`, table);
  });
  return {
    kind: "view",
    view: relationOf(relation),
    materialized,
    asCaller,
    reads: [...reads.values()],
    condition: conditionOf(query),
  };
}
