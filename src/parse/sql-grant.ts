import type { SqlAct, SqlName } from "./sql-facts.js";
import {
  child,
  children,
  nameOf,
  relationOf,
  type SqlNode,
  textOf,
  wordsOf,
} from "./sql-nodes.js";
import { rolesOf } from "./sql-roles.js";

const kinds: Readonly<Record<string, "table" | "function" | "schema">> = {
  OBJECT_TABLE: "table",
  OBJECT_FUNCTION: "function",
  OBJECT_ROUTINE: "function",
  OBJECT_SCHEMA: "schema",
};

/**
 * A `GRANT` or `REVOKE`.
 *
 * @param defaultSchemas - Given for default privileges: the schemas whose later objects are meant.
 */
export function grantAct(
  node: SqlNode,
  defaultSchemas?: readonly string[],
): SqlAct[] {
  const on = kinds[textOf(node, "objtype")];
  if (on === undefined) return [];
  const privileges = children(node, "privileges").map((privilege) =>
    child(privilege, "AccessPriv"),
  );
  const named = privileges.map((one) => textOf(one, "priv_name").toLowerCase());
  return [
    {
      kind: "grant",
      revokes: node["is_grant"] !== true,
      on,
      objects:
        defaultSchemas?.map((schema) => ({ schema, name: "*" })) ??
        objectsOf(node, on),
      privileges: named.length > 0 ? named : ["all"],
      columns: privileges.flatMap((one) => wordsOf(children(one, "cols"))),
      roles: rolesOf(children(node, "grantees")),
      byDefault: defaultSchemas !== undefined,
    },
  ];
}

function objectsOf(node: SqlNode, on: string): SqlName[] {
  const inSchema = textOf(node, "targtype") === "ACL_TARGET_ALL_IN_SCHEMA";
  return children(node, "objects").map((object) => {
    if ("RangeVar" in object) return relationOf(child(object, "RangeVar"));
    if ("ObjectWithArgs" in object)
      return nameOf(
        wordsOf(children(child(object, "ObjectWithArgs"), "objname")),
      );
    const [word = ""] = wordsOf([object]);
    return inSchema || on === "schema"
      ? { schema: word, name: "*" }
      : nameOf([word]);
  });
}
