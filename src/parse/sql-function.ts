import type { SqlAct, SqlColumn } from "./sql-facts.js";
import {
  child,
  children,
  isOn,
  nameOf,
  optionOf,
  type SqlNode,
  textOf,
  wordsOf,
} from "./sql-nodes.js";

/** A `CREATE FUNCTION`, with its body as text. */
export function functionAct(node: SqlNode, line: number): SqlAct[] {
  if (node["is_procedure"] === true) return [];
  const options = children(node, "options");
  const parameters = children(node, "parameters").map((one) =>
    child(one, "FunctionParameter"),
  );
  const isRow = (one: SqlNode): boolean =>
    ["FUNC_PARAM_TABLE", "FUNC_PARAM_OUT"].includes(textOf(one, "mode"));
  const result = child(node, "returnType");
  return [
    {
      kind: "function",
      function: nameOf(wordsOf(children(node, "funcname"))),
      definer: isOn(optionOf(options, "security")),
      parameters: parameters
        .filter((one) => !isRow(one))
        .map((one) => parameterOf(one, line)),
      returns: typeOf(result),
      returnsRows: result["setof"] === true || parameters.some(isRow),
      body: bodyOf(node, options),
    },
  ];
}

/** `ALTER FUNCTION … SECURITY INVOKER` or `DEFINER`. */
export function functionRights(node: SqlNode): SqlAct[] {
  const option = optionOf(children(node, "actions"), "security");
  if (option === undefined) return [];
  const words = wordsOf(children(child(node, "func"), "objname"));
  return [
    {
      kind: "function-rights",
      function: nameOf(words),
      definer: isOn(option),
    },
  ];
}

function parameterOf(parameter: SqlNode, line: number): SqlColumn {
  return {
    name: textOf(parameter, "name"),
    type: typeOf(child(parameter, "argType")),
    line,
  };
}

function typeOf(type: SqlNode): string {
  return (wordsOf(children(type, "names")).at(-1) ?? "").toLowerCase();
}

function bodyOf(node: SqlNode, options: readonly SqlNode[]): string {
  if ("sql_body" in node) return JSON.stringify(node["sql_body"]);
  const written = child(optionOf(options, "as") ?? {}, "arg");
  return wordsOf(children(child(written, "List"), "items")).join("\n");
}
