import type { OnDelete, SqlAct, SqlColumn, SqlName } from "./sql-facts.js";
import {
  child,
  children,
  isOn,
  optionOf,
  relationOf,
  type SqlNode,
  textOf,
  wordsOf,
} from "./sql-nodes.js";
import type { SqlSource } from "./sql-source.js";
import { viewOf } from "./sql-view.js";

/** A `CREATE TABLE`, and the foreign keys that stand apart from its columns. */
export function createTable(node: SqlNode, source: SqlSource): SqlAct[] {
  const relation = child(node, "relation");
  if (textOf(relation, "relpersistence") === "t") return [];
  const elements = children(node, "tableElts");
  const table = relationOf(relation);
  const columns = elements.flatMap((element) =>
    "ColumnDef" in element
      ? [columnOf(child(element, "ColumnDef"), source)]
      : [],
  );
  const [parent] = children(node, "inhRelations");
  return [
    {
      kind: "create-table",
      table,
      columns,
      ifMissing: node["if_not_exists"] === true,
      ...(parent && { parent: relationOf(child(parent, "RangeVar")) }),
    },
    ...elements.flatMap((element) =>
      foreignKey(child(element, "Constraint"), table),
    ),
  ];
}

function columnOf(definition: SqlNode, source: SqlSource): SqlColumn {
  const type = child(definition, "typeName");
  const words = wordsOf(children(type, "names"));
  const line = source.lineAt(Number(definition["location"] ?? 0));
  const notes = source.notesAt(line);
  const constraints = children(definition, "constraints").map((one) =>
    child(one, "Constraint"),
  );
  const key = constraints.find(
    (one) => textOf(one, "contype") === "CONSTR_FOREIGN",
  );
  const isList = children(type, "arrayBounds").length > 0;
  return {
    name: textOf(definition, "colname"),
    type: (words.at(-1) ?? "").toLowerCase() + (isList ? "[]" : ""),
    line,
    ...(notes.length > 0 && { notes }),
    ...(key && { references: referenceOf(key) }),
  };
}

const actions: Readonly<Record<string, OnDelete>> = {
  c: "cascade",
  n: "set null",
  d: "set default",
  r: "restrict",
};

function referenceOf(key: SqlNode): { table: SqlName; onDelete: OnDelete } {
  return {
    table: relationOf(child(key, "pktable")),
    onDelete: actions[textOf(key, "fk_del_action")] ?? "no action",
  };
}

function foreignKey(constraint: SqlNode, table: SqlName): SqlAct[] {
  if (textOf(constraint, "contype") !== "CONSTR_FOREIGN") return [];
  const columns = wordsOf(children(constraint, "fk_attrs"));
  return [{ kind: "reference", table, columns, to: referenceOf(constraint) }];
}

/** A `CREATE TABLE … AS` or `CREATE MATERIALIZED VIEW`. */
export function createFrom(node: SqlNode): SqlAct[] {
  const relation = child(child(node, "into"), "rel");
  if (textOf(relation, "relpersistence") === "t") return [];
  if (textOf(node, "objtype") === "OBJECT_MATVIEW")
    return [viewOf(relation, child(node, "query"), true, false)];
  return [
    {
      kind: "create-table",
      table: relationOf(relation),
      columns: [],
      ifMissing: node["if_not_exists"] === true,
    },
  ];
}

/** An `ALTER TABLE`: one act for each of its commands that changes columns or access. */
export function alterTable(node: SqlNode, source: SqlSource): SqlAct[] {
  const table = relationOf(child(node, "relation"));
  return children(node, "cmds").flatMap((wrapped) =>
    alteration(child(wrapped, "AlterTableCmd"), table, source),
  );
}

function alteration(
  command: SqlNode,
  table: SqlName,
  source: SqlSource,
): SqlAct[] {
  switch (textOf(command, "subtype")) {
    case "AT_EnableRowSecurity":
      return [{ kind: "row-security", table, enabled: true }];
    case "AT_DisableRowSecurity":
      return [{ kind: "row-security", table, enabled: false }];
    case "AT_AddColumn": {
      const definition = child(child(command, "def"), "ColumnDef");
      return [
        { kind: "add-column", table, column: columnOf(definition, source) },
      ];
    }
    case "AT_AddConstraint":
      return foreignKey(child(child(command, "def"), "Constraint"), table);
    case "AT_DropColumn":
      return [{ kind: "drop-column", table, name: textOf(command, "name") }];
    case "AT_SetRelOptions": {
      const options = children(child(child(command, "def"), "List"), "items");
      const option = optionOf(options, "security_invoker");
      if (option === undefined) return [];
      return [{ kind: "view-caller", view: table, asCaller: isOn(option) }];
    }
    default:
      return [];
  }
}
