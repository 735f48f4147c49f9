import { memberName, unwrap } from "./names.js";
import { ts } from "./syntax.js";

/** One call of a chain such as `varchar("email").notNull().unique()`. */
export interface ChainedCall {
  /** Name of the function or method. */
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
  /** What the first function is taken from: `auth` in `auth.table("users")`. */
  readonly on?: ts.Expression;
  readonly node: ts.CallExpression;
}

/** Longer chains are not written by people. */
const maxCalls = 60;

/** The calls of a chain in the order in which they run; empty where the expression is no call of a name. */
export function calleeChain(expression: ts.Expression): ChainedCall[] {
  const calls: ChainedCall[] = [];
  let node = unwrap(expression);
  while (ts.isCallExpression(node) && calls.length < maxCalls) {
    const callee = unwrap(node.expression);
    if (ts.isIdentifier(callee))
      return [
        { name: callee.text, arguments: node.arguments, node },
        ...calls.reverse(),
      ];
    if (!ts.isPropertyAccessExpression(callee)) return calls.reverse();
    const on = unwrap(callee.expression);
    calls.push({
      name: callee.name.text,
      arguments: node.arguments,
      on,
      node,
    });
    node = on;
  }
  return calls.reverse();
}

/** The text of a literal; undefined where it is computed. */
export function textOf(expression: ts.Expression): string | undefined {
  const bare = unwrap(expression);
  return ts.isStringLiteralLike(bare) ? bare.text : undefined;
}

/** A property of an object literal. */
export function optionIn(
  options: ts.Expression,
  name: string,
): ts.Expression | undefined {
  const bare = unwrap(options);
  if (!ts.isObjectLiteralExpression(bare)) return undefined;
  for (const property of bare.properties) {
    if (ts.isPropertyAssignment(property) && memberName(property.name) === name)
      return property.initializer;
    if (
      ts.isShorthandPropertyAssignment(property) &&
      property.name.text === name
    )
      return property.name;
  }
  return undefined;
}

/** The text of an object's property; undefined where it is missing or computed. */
export function optionText(
  options: ts.Expression,
  name: string,
): string | undefined {
  const value = optionIn(options, name);
  return value && textOf(value);
}
