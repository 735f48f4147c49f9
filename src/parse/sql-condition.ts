import type { SqlCondition, Truth } from "./sql-facts.js";
import {
  child,
  children,
  type SqlNode,
  textOf,
  visitSql,
  wordsOf,
} from "./sql-nodes.js";

/** Who asks. */
type Caller = "anonymous" | "signedIn";

/** What is compared: a constant, the caller's id or role, a column, or something else. */
type Operand =
  | { readonly kind: "constant"; readonly value: string | number | boolean }
  | { readonly kind: "null" }
  | { readonly kind: "caller-id" }
  | { readonly kind: "caller-role" }
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "other" };

/** Nesting that no written policy reaches. */
const maxDepth = 200;

/** Reads a condition of the grammar's tree: constants folded, for a caller with and without a session. */
export function conditionOf(expression: SqlNode): SqlCondition {
  const found = {
    owner: new Set<string>(),
    calls: new Set<string>(),
    columns: new Set<string>(),
    asks: new Set<string>(),
    strings: new Set<string>(),
  };
  visitSql(expression, (kind, node) => {
    if (kind === "FuncCall")
      found.calls.add(
        wordsOf(children(node, "funcname")).join(".").toLowerCase(),
      );
    if (kind === "ColumnRef") found.columns.add(columnOf(node));
    if (kind === "RangeVar") found.asks.add(textOf(node, "relname"));
    if (kind === "sval") found.strings.add(textOf(node, "sval"));
    if (kind === "A_Expr")
      for (const own of ownerOf(node)) found.owner.add(own);
  });
  return {
    anonymous: truthOf(expression, "anonymous"),
    signedIn: truthOf(expression, "signedIn"),
    owner: [...found.owner],
    calls: [...found.calls],
    columns: [...found.columns],
    asks: [...found.asks],
    strings: [...found.strings],
  };
}

function columnOf(node: SqlNode): string {
  return wordsOf(children(node, "fields")).at(-1) ?? "";
}

function ownerOf(node: SqlNode): string[] {
  if (operatorOf(node) !== "=") return [];
  const sides = [child(node, "lexpr"), child(node, "rexpr")].map(operandOf);
  if (!sides.some(({ kind }) => kind === "caller-id")) return [];
  return sides.flatMap((side) => (side.kind === "column" ? [side.name] : []));
}

function operatorOf(node: SqlNode): string {
  const kind = textOf(node, "kind");
  return kind === "AEXPR_OP" ? wordsOf(children(node, "name")).join("") : kind;
}

function truthOf(node: SqlNode, caller: Caller, depth = 0): Truth {
  if (depth > maxDepth) return "depends";
  const inner = unwrap(node);
  if ("BoolExpr" in inner)
    return logic(child(inner, "BoolExpr"), caller, depth);
  if ("NullTest" in inner) return nullTest(child(inner, "NullTest"), caller);
  if ("A_Expr" in inner) return comparison(child(inner, "A_Expr"), caller);
  const operand = operandOf(inner);
  if (operand.kind === "constant") return decided(operand.value === true);
  return operand.kind === "null" ? "never" : "depends";
}

function decided(holds: boolean): Truth {
  return holds ? "always" : "never";
}

function logic(node: SqlNode, caller: Caller, depth: number): Truth {
  const parts = children(node, "args").map((part) =>
    truthOf(part, caller, depth + 1),
  );
  const operator = textOf(node, "boolop");
  if (operator === "NOT_EXPR") {
    const [part = "depends"] = parts;
    if (part === "depends") return part;
    return decided(part === "never");
  }
  const [strong, weak]: readonly [Truth, Truth] =
    operator === "OR_EXPR" ? ["always", "never"] : ["never", "always"];
  if (parts.includes(strong)) return strong;
  return parts.every((part) => part === weak) ? weak : "depends";
}

function nullTest(node: SqlNode, caller: Caller): Truth {
  const operand = operandOf(child(node, "arg"));
  const wantsNull = textOf(node, "nulltesttype") === "IS_NULL";
  if (operand.kind === "caller-id")
    return decided((caller === "anonymous") === wantsNull);
  if (operand.kind === "constant" || operand.kind === "caller-role")
    return decided(!wantsNull);
  return operand.kind === "null" ? decided(wantsNull) : "depends";
}

function comparison(node: SqlNode, caller: Caller): Truth {
  const operator = operatorOf(node);
  const left = operandOf(child(node, "lexpr"));
  if (operator === "AEXPR_IN" && left.kind === "caller-role") {
    const options = children(child(child(node, "rexpr"), "List"), "items");
    return decided(
      options.map(operandOf).some((option) => isRole(option, caller)),
    );
  }
  const right = operandOf(child(node, "rexpr"));
  const kinds = [left.kind, right.kind];
  if (operator === "=" && kinds.includes("caller-role"))
    return decided(isRole(left.kind === "caller-role" ? right : left, caller));
  if (kinds.includes("caller-id") && caller === "anonymous")
    return operator === "AEXPR_DISTINCT" ? "depends" : "never";
  if (left.kind !== "constant" || right.kind !== "constant") return "depends";
  if (operator === "=") return decided(left.value === right.value);
  return operator === "<>" ? decided(left.value !== right.value) : "depends";
}

function isRole(operand: Operand, caller: Caller): boolean {
  return (
    operand.kind === "constant" &&
    operand.value === (caller === "anonymous" ? "anon" : "authenticated")
  );
}

/** Without casts, and without the `(select …)` that caches a call. */
function unwrap(node: SqlNode): SqlNode {
  let current = node;
  for (let i = 0; i < maxDepth; i++) {
    if ("TypeCast" in current)
      current = child(child(current, "TypeCast"), "arg");
    else if ("SubLink" in current) {
      const query = scalarQuery(child(current, "SubLink"));
      if (query === undefined) return current;
      current = query;
    } else return current;
  }
  return current;
}

function scalarQuery(link: SqlNode): SqlNode | undefined {
  const query = child(child(link, "subselect"), "SelectStmt");
  const [target] = children(query, "targetList");
  if (textOf(link, "subLinkType") !== "EXPR_SUBLINK") return undefined;
  if (target === undefined || "fromClause" in query || "whereClause" in query)
    return undefined;
  return child(child(target, "ResTarget"), "val");
}

function operandOf(node: SqlNode): Operand {
  const inner = unwrap(node);
  if ("A_Const" in inner) return constantOperand(child(inner, "A_Const"));
  if ("ColumnRef" in inner)
    return { kind: "column", name: columnOf(child(inner, "ColumnRef")) };
  if ("FuncCall" in inner) return callOperand(child(inner, "FuncCall"));
  if ("A_Expr" in inner) return claimOperand(child(inner, "A_Expr"));
  return { kind: "other" };
}

function constantOperand(constant: SqlNode): Operand {
  if (constant["isnull"] === true) return { kind: "null" };
  if ("boolval" in constant) {
    const value = child(constant, "boolval")["boolval"] === true;
    return { kind: "constant", value };
  }
  if ("ival" in constant) {
    const value = Number(child(constant, "ival")["ival"] ?? 0);
    return { kind: "constant", value };
  }
  return {
    kind: "constant",
    value: textOf(child(constant, "sval"), "sval"),
  };
}

function callOperand(call: SqlNode): Operand {
  const name = wordsOf(children(call, "funcname")).join(".").toLowerCase();
  if (name === "auth.uid" || name === "auth.email")
    return { kind: "caller-id" };
  return name === "auth.role" ? { kind: "caller-role" } : { kind: "other" };
}

/** `auth.jwt() ->> 'sub'` and `auth.jwt() ->> 'role'`. */
function claimOperand(node: SqlNode): Operand {
  if (operatorOf(node) !== "->>") return { kind: "other" };
  const call = child(unwrap(child(node, "lexpr")), "FuncCall");
  if (wordsOf(children(call, "funcname")).join(".") !== "auth.jwt")
    return { kind: "other" };
  const claim = operandOf(child(node, "rexpr"));
  if (claim.kind !== "constant") return { kind: "other" };
  if (claim.value === "role") return { kind: "caller-role" };
  return claim.value === "sub" || claim.value === "email"
    ? { kind: "caller-id" }
    : { kind: "other" };
}
