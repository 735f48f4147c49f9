import { ts } from "./syntax.js";

/** The expression without parentheses, casts, `!`, `await`, and `Object.freeze`. */
export function unwrap(expression: ts.Expression): ts.Expression {
  let node = expression;
  for (;;) {
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isTypeAssertionExpression(node) ||
      ts.isAwaitExpression(node)
    )
      node = node.expression;
    else if (isFreeze(node)) node = node.arguments[0] as ts.Expression;
    else return node;
  }
}

function isFreeze(node: ts.Expression): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    node.arguments.length === 1 &&
    dottedName(node.expression) === "Object.freeze"
  );
}

/**
 * The dotted path of a name: `a.b.c`, also for `a["b"]?.c` and `this.b`.
 *
 * @returns undefined when a part is computed or the root is no name.
 */
export function dottedName(expression: ts.Expression): string | undefined {
  const parts: string[] = [];
  let node = expression;
  while (parts.length < 12) {
    if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node))
      node = node.expression;
    else if (ts.isPropertyAccessExpression(node)) {
      parts.unshift(node.name.text);
      node = node.expression;
    } else if (
      ts.isElementAccessExpression(node) &&
      ts.isStringLiteralLike(node.argumentExpression)
    ) {
      parts.unshift(node.argumentExpression.text);
      node = node.expression;
    } else return rootedAt(node, parts);
  }
  return undefined;
}

function rootedAt(
  root: ts.Expression,
  parts: readonly string[],
): string | undefined {
  if (ts.isIdentifier(root)) return [root.text, ...parts].join(".");
  if (root.kind === ts.SyntaxKind.ThisKeyword)
    return ["this", ...parts].join(".");
  if (ts.isMetaProperty(root)) return ["import.meta", ...parts].join(".");
  return undefined;
}

/** The name of a property or member; empty where it is computed. */
export function memberName(name: ts.PropertyName | undefined): string {
  if (name === undefined) return "";
  if (ts.isComputedPropertyName(name))
    return ts.isStringLiteralLike(name.expression) ? name.expression.text : "";
  return name.text;
}
