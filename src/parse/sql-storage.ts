import type { SqlAct } from "./sql-facts.js";
import {
  child,
  children,
  relationOf,
  type SqlNode,
  textOf,
  wordsOf,
} from "./sql-nodes.js";

/** Buckets that an `INSERT` or `UPDATE` of `storage.buckets`, or a call of `storage.create_bucket`, makes or changes. */
export function storageActs(node: SqlNode): SqlAct[] {
  if (!("relation" in node)) return [];
  const table = relationOf(child(node, "relation"));
  if (table.schema !== "storage" || table.name !== "buckets") return [];
  return "whereClause" in node || "targetList" in node
    ? updated(node)
    : inserted(node);
}

function inserted(node: SqlNode): SqlAct[] {
  const columns = children(node, "cols").map((column) =>
    textOf(child(column, "ResTarget"), "name"),
  );
  const query = child(child(node, "selectStmt"), "SelectStmt");
  const rows = children(query, "valuesLists").map((row) =>
    children(child(row, "List"), "items"),
  );
  const selected = children(query, "targetList").map((target) =>
    child(child(target, "ResTarget"), "val"),
  );
  return (selected.length > 0 ? [selected] : rows).flatMap((row): SqlAct[] => {
    const id = stringOf(row[columns.indexOf("id")]);
    const flag = row[columns.indexOf("public")];
    return id === ""
      ? []
      : [{ kind: "bucket", id, isPublic: flag !== undefined && isTrue(flag) }];
  });
}

function updated(node: SqlNode): SqlAct[] {
  const target = children(node, "targetList")
    .map((one) => child(one, "ResTarget"))
    .find((one) => textOf(one, "name") === "public");
  const test = child(child(node, "whereClause"), "A_Expr");
  const [column] = wordsOf(
    children(child(child(test, "lexpr"), "ColumnRef"), "fields"),
  );
  if (target === undefined || (column !== "id" && column !== "name")) return [];
  const compared = child(test, "rexpr");
  const listed = children(child(compared, "List"), "items");
  const isPublic = isTrue(child(target, "val"));
  return (listed.length > 0 ? listed : [compared])
    .map(stringOf)
    .filter((id) => id !== "")
    .map((id): SqlAct => ({ kind: "bucket", id, isPublic }));
}

function stringOf(node: SqlNode | undefined): string {
  const bare =
    node && "TypeCast" in node ? child(child(node, "TypeCast"), "arg") : node;
  return textOf(child(child(bare ?? {}, "A_Const"), "sval"), "sval");
}

function isTrue(node: SqlNode): boolean {
  return child(child(node, "A_Const"), "boolval")["boolval"] === true;
}
