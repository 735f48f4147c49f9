import { ancestorsOf } from "#parse/ancestors.js";
import { dottedName, unwrap } from "#parse/names.js";
import { ts } from "#parse/syntax.js";
import { alerts, workThatMatters, workOf } from "./work.js";

/** What was attempted where the error of it is dropped without a word. */
export function swallowedWork(node: ts.Node): string | undefined {
  const work = ts.isTryStatement(node)
    ? emptyCatch(node)
    : ts.isCallExpression(node)
      ? emptyCallback(node)
      : undefined;
  // Within another handler it is the telling of an error that may fail.
  return work !== undefined && isInHandler(node) ? undefined : work;
}

function isInHandler(node: ts.Node): boolean {
  for (const above of ancestorsOf(node)) {
    if (ts.isFunctionLike(above)) return false;
    if (ts.isCatchClause(above)) return true;
  }
  return false;
}

function emptyCatch({
  tryBlock,
  catchClause,
}: ts.TryStatement): string | undefined {
  if (catchClause === undefined || catchClause.block.statements.length > 0)
    return undefined;
  // What tells people of errors has nobody to tell that it could not.
  if (hasComment(catchClause) || alerts.test(tryBlock.getText()))
    return undefined;
  return workThatMatters(tryBlock);
}

/** `work().catch(() => {})`, where nobody looks at what comes out of it. */
function emptyCallback(node: ts.CallExpression): string | undefined {
  const { expression } = node;
  const [callback] = node.arguments;
  if (
    !ts.isPropertyAccessExpression(expression) ||
    expression.name.text !== "catch" ||
    callback === undefined ||
    !doesNothing(callback)
  )
    return undefined;
  const statement = statementAround(node);
  if (statement === undefined || hasComment(statement)) return undefined;
  return workOf(unwrap(expression.expression));
}

function doesNothing(callback: ts.Expression): boolean {
  if (ts.isIdentifier(callback)) return callback.text === "noop";
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback))
    return false;
  const { body } = callback;
  if (ts.isBlock(body)) return body.statements.length === 0;
  const value = unwrap(body);
  return (
    ts.isVoidExpression(value) ||
    value.kind === ts.SyntaxKind.NullKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    dottedName(value) === "undefined"
  );
}

/** The statement that is this expression and nothing else: awaited, voided or left alone. */
function statementAround(node: ts.Expression): ts.Statement | undefined {
  let above: ts.Node = node.parent;
  while (
    ts.isAwaitExpression(above) ||
    ts.isVoidExpression(above) ||
    ts.isParenthesizedExpression(above)
  )
    above = above.parent;
  return ts.isExpressionStatement(above) ? above : undefined;
}

/** Whether words stand in the code, before it, or behind it on its line: somebody said why. */
function hasComment(node: ts.Node): boolean {
  const { text } = node.getSourceFile();
  const lineEnd = text.indexOf("\n", node.end);
  const around = text.slice(node.pos, lineEnd < 0 ? text.length : lineEnd);
  return /(?:^|[^:"'`])\/[/*]\s*\p{L}/u.test(around.slice(0, 20_000));
}
