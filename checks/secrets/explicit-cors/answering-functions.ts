import { declarationOf } from "#parse/scopes.js";
import { ts, visitNodes } from "#parse/syntax.js";

/**
 * The parameter that carries the origin of a function that is asked about one: the first, unless its name says that it
 * is the whole request.
 */
export function askedParameter(
  fn: ts.FunctionLikeDeclaration,
): ts.ParameterDeclaration | undefined {
  const [first] = fn.parameters;
  return first &&
    ts.isIdentifier(first.name) &&
    !/^(?:_+|req\w*|request|ctx|context|c|event|e|res\w*|app|server)$/i.test(
      first.name.text,
    )
    ? first
    : undefined;
}

/** The expressions that a function answers with: what it returns, and what it hands to a callback after the error. */
export function answersGivenBy(
  fn: ts.FunctionLikeDeclaration,
): readonly ts.Expression[] {
  if (!fn.body) return [];
  if (!ts.isBlock(fn.body))
    return isRefusal(fn.body, fn) ? [] : [toldBack(fn.body, fn) ?? fn.body];
  const answers: ts.Expression[] = [];
  visitNodes(fn.body, (node) => {
    if (isRefusal(node, fn)) return;
    const answer = ts.isReturnStatement(node)
      ? returnedBy(node, fn)
      : toldBack(node, fn);
    if (answer) answers.push(answer);
  });
  return answers;
}

function returnedBy(
  statement: ts.ReturnStatement,
  fn: ts.FunctionLikeDeclaration,
): ts.Expression | undefined {
  const { expression } = statement;
  if (expression && isRefusal(expression, fn)) return undefined;
  if (!expression || ts.findAncestor(statement, ts.isFunctionLike) !== fn)
    return undefined;
  return toldBack(expression, fn) === undefined ? expression : undefined;
}

/** `callback(null, answer)`, where the callee is a parameter of the function. */
function toldBack(
  node: ts.Node,
  fn: ts.FunctionLikeDeclaration,
): ts.Expression | undefined {
  return isCallback(node, fn) ? node.arguments[1] : undefined;
}

/** `callback(new Error("not allowed"), options)`: whatever comes with an error lets nobody in. */
function isRefusal(node: ts.Node, fn: ts.FunctionLikeDeclaration): boolean {
  const error = isCallback(node, fn) ? node.arguments[0] : undefined;
  return error !== undefined && ts.isNewExpression(error);
}

function isCallback(
  node: ts.Node,
  fn: ts.FunctionLikeDeclaration,
): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression))
    return false;
  const declared = declarationOf(node.expression);
  return (
    declared?.kind === "parameter" && fn.parameters.includes(declared.node)
  );
}
