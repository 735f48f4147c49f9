import { conditionOf } from "./sql-condition.js";
import type { PolicyCommand, SqlAct } from "./sql-facts.js";
import { functionAct, functionRights } from "./sql-function.js";
import { grantAct } from "./sql-grant.js";
import {
  child,
  children,
  nameOf,
  optionOf,
  relationOf,
  type SqlNode,
  textOf,
  wordsOf,
} from "./sql-nodes.js";
import { rolesOf } from "./sql-roles.js";
import type { SqlSource } from "./sql-source.js";
import { storageActs } from "./sql-storage.js";
import { alterTable, createFrom, createTable } from "./sql-table.js";
import { viewAct } from "./sql-view.js";

const readers: Readonly<
  Record<string, (node: SqlNode, source: SqlSource) => SqlAct[]>
> = {
  CreateStmt: createTable,
  CreateTableAsStmt: createFrom,
  AlterTableStmt: alterTable,
  RenameStmt: rename,
  AlterObjectSchemaStmt: moveSchema,
  DropStmt: drop,
  CreatePolicyStmt: policy,
  AlterPolicyStmt: alterPolicy,
  GrantStmt: (node) => grantAct(node),
  AlterDefaultPrivilegesStmt: (node) => defaults(node),
  ViewStmt: viewAct,
  CreateFunctionStmt: (node, source) => functionAct(node, source.line),
  AlterFunctionStmt: (node) => functionRights(node),
  CreateTrigStmt: trigger,
  CommentStmt: comment,
  InsertStmt: storageActs,
  UpdateStmt: storageActs,
  SelectStmt: storageActs,
};

/** What one parsed statement does; empty for statements that change neither tables nor access. */
export function actsOf(statement: SqlNode, source: SqlSource): SqlAct[] {
  return Object.entries(statement).flatMap(([kind, node]) =>
    Object.hasOwn(readers, kind)
      ? (readers[kind]?.(node as SqlNode, source) ?? [])
      : [],
  );
}

function rename(node: SqlNode): SqlAct[] {
  const table = relationOf(child(node, "relation"));
  const [name, to] = [textOf(node, "subname"), textOf(node, "newname")];
  switch (textOf(node, "renameType")) {
    case "OBJECT_TABLE":
    case "OBJECT_VIEW":
    case "OBJECT_MATVIEW":
      return [{ kind: "move", from: table, to: { ...table, name: to } }];
    case "OBJECT_COLUMN":
      return [{ kind: "rename-column", table, name, to }];
    case "OBJECT_POLICY":
      return [{ kind: "alter-policy", table, name, rename: to }];
    default:
      return [];
  }
}

function moveSchema(node: SqlNode): SqlAct[] {
  if (!("relation" in node)) return [];
  const from = relationOf(child(node, "relation"));
  return [
    { kind: "move", from, to: { ...from, schema: textOf(node, "newschema") } },
  ];
}

const dropped: Readonly<
  Record<string, "table" | "view" | "function" | "schema">
> = {
  OBJECT_TABLE: "table",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "view",
  OBJECT_FUNCTION: "function",
  OBJECT_SCHEMA: "schema",
};

function drop(node: SqlNode): SqlAct[] {
  const type = textOf(node, "removeType");
  return children(node, "objects").flatMap((object): SqlAct[] => {
    const words = droppedWords(object);
    if (type === "OBJECT_POLICY" || type === "OBJECT_TRIGGER")
      return [
        {
          kind: type === "OBJECT_POLICY" ? "drop-policy" : "drop-trigger",
          name: words.at(-1) ?? "",
          table: nameOf(words.slice(0, -1)),
        },
      ];
    const what = dropped[type];
    return what ? [{ kind: "drop", what, name: nameOf(words) }] : [];
  });
}

function droppedWords(object: SqlNode): string[] {
  if ("List" in object)
    return wordsOf(children(child(object, "List"), "items"));
  if ("ObjectWithArgs" in object)
    return wordsOf(children(child(object, "ObjectWithArgs"), "objname"));
  return wordsOf([object]);
}

function policy(node: SqlNode): SqlAct[] {
  return [
    {
      kind: "policy",
      name: textOf(node, "policy_name"),
      table: relationOf(child(node, "table")),
      command: (textOf(node, "cmd_name") || "all") as PolicyCommand,
      restrictive: node["permissive"] !== true,
      roles: rolesOf(children(node, "roles")),
      ...conditions(node),
    },
  ];
}

function alterPolicy(node: SqlNode): SqlAct[] {
  const roles = rolesOf(children(node, "roles"));
  return [
    {
      kind: "alter-policy",
      name: textOf(node, "policy_name"),
      table: relationOf(child(node, "table")),
      ...(roles.length > 0 && { roles }),
      ...conditions(node),
    },
  ];
}

function conditions(
  node: SqlNode,
): Partial<Record<"using" | "check", ReturnType<typeof conditionOf>>> {
  return {
    ...("qual" in node && { using: conditionOf(child(node, "qual")) }),
    ...("with_check" in node && {
      check: conditionOf(child(node, "with_check")),
    }),
  };
}

function defaults(node: SqlNode): SqlAct[] {
  const schemas = optionOf(children(node, "options"), "schemas");
  const words = wordsOf(
    children(child(child(schemas ?? {}, "arg"), "List"), "items"),
  );
  return grantAct(child(node, "action"), words.length > 0 ? words : ["public"]);
}

/** Bits of `pg_trigger.tgtype`: before is 2, update is 16. */
function trigger(node: SqlNode): SqlAct[] {
  return [
    {
      kind: "trigger",
      name: textOf(node, "trigname"),
      table: relationOf(child(node, "relation")),
      before: (Number(node["timing"] ?? 0) & 2) !== 0,
      onUpdate: (Number(node["events"] ?? 0) & 16) !== 0,
      runs: nameOf(wordsOf(children(node, "funcname"))),
    },
  ];
}

function comment(node: SqlNode): SqlAct[] {
  const words = wordsOf(
    children(child(child(node, "object"), "List"), "items"),
  );
  const text = textOf(node, "comment");
  if (textOf(node, "objtype") === "OBJECT_TABLE")
    return [{ kind: "comment", table: nameOf(words), text }];
  if (textOf(node, "objtype") !== "OBJECT_COLUMN") return [];
  const table = nameOf(words.slice(0, -1));
  return [{ kind: "comment", table, column: words.at(-1) ?? "", text }];
}
