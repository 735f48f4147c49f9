import { dottedName, unwrap } from "#parse/names.js";
import { declarationOf } from "#parse/scopes.js";
import { ts, visitNodes } from "#parse/syntax.js";
import { loosePattern, looseTextTest } from "./loose-match.js";
import { type Answer, type Asking, said } from "./answers.js";
import { isRequestOrigin } from "./request-origin.js";

/** How the questions within a call are answered; handed over, because they are answered where calls are asked. */
export interface CallAsking extends Asking {
  readonly answersOf: (
    question: ts.Expression,
    answer: boolean,
    asking: Asking,
  ) => readonly Answer[];
  readonly yesOf: (
    fn: ts.SignatureDeclaration,
    asking: Asking,
  ) => readonly Answer[];
}

/** What the answer of a call says of the origin: list look-ups, text and pattern tests, functions that are asked. */
export function askedByCall(
  call: ts.CallExpression,
  answer: boolean,
  asking: CallAsking,
): readonly Answer[] {
  const callee = unwrap(call.expression);
  const [first] = call.arguments;
  if (ts.isIdentifier(callee) && callee.text === "Boolean" && first)
    return asking.answersOf(first, answer, asking);
  if (!answer) return [said.nothing];
  if (ts.isPropertyAccessExpression(callee))
    return askedByMethod(call, callee, asking);
  return first && mentionsOrigin(call, asking)
    ? askedByFunction(call, callee, asking)
    : [said.nothing];
}

function askedByMethod(
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression,
  asking: CallAsking,
): readonly Answer[] {
  const method = callee.name.text;
  const on = unwrap(callee.expression);
  const [first] = call.arguments;
  if (isRequestOrigin(on, asking.origins))
    return [textTested(method, first && unwrap(first))];
  if (method === "test" || method === "exec")
    return first && isRequestOrigin(first, asking.origins)
      ? [patternTested(on)]
      : [said.nothing];
  if (first && ts.isStringLiteralLike(first) && first.text === "*")
    return [said.configured];
  if (/^(?:some|find|every|findIndex|filter)$/.test(method) && first)
    return askedOfEach(first, asking);
  return [mentionsOrigin(call, asking) ? said.checked : said.nothing];
}

function textTested(method: string, sought: ts.Expression | undefined): Answer {
  if (method === "match" || method === "search")
    return sought ? patternTested(sought) : said.nothing;
  if (!/^(?:includes|indexOf|startsWith|endsWith)$/.test(method))
    return said.nothing;
  const text =
    sought && ts.isStringLiteralLike(sought) ? sought.text : undefined;
  return looseTextTest(method, text) === undefined ? said.checked : said.loose;
}

function patternTested(pattern: ts.Expression): Answer {
  const source = patternSource(pattern);
  return source !== undefined && loosePattern(source) !== undefined
    ? said.loose
    : said.checked;
}

/**
 * The pattern that an expression is, itself or through a variable of the file.
 *
 * @returns undefined when it is computed.
 */
export function patternSource(expression: ts.Expression): string | undefined {
  const node = unwrap(expression);
  if (ts.isRegularExpressionLiteral(node))
    return node.text.slice(1, node.text.lastIndexOf("/"));
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const [first] = node.arguments ?? [];
    return dottedName(node.expression) === "RegExp" &&
      first &&
      ts.isStringLiteralLike(first)
      ? first.text
      : undefined;
  }
  if (!ts.isIdentifier(node)) return undefined;
  const declared = declarationOf(node);
  const value =
    declared?.kind === "variable" && declared.isConstant
      ? declared.initializer
      : undefined;
  return value && ts.isRegularExpressionLiteral(unwrap(value))
    ? patternSource(value)
    : undefined;
}

/** `allowed.some((one) => …)`: what the inner question says. */
function askedOfEach(
  tester: ts.Expression,
  asking: CallAsking,
): readonly Answer[] {
  const node = unwrap(tester);
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node))
    return [said.nothing];
  const answers = asking.yesOf(node, asking);
  // Without the origin inside, it asks about something else; then the name of the list says nothing either.
  return answers.length === 0 ? [said.nothing] : answers;
}

/** A function that is given the origin: read where it stands in this file, trusted where it does not. */
function askedByFunction(
  call: ts.CallExpression,
  callee: ts.Expression,
  asking: CallAsking,
): readonly Answer[] {
  const fn = ts.isIdentifier(callee) ? functionNamed(callee) : undefined;
  if (fn === undefined) return [said.checked];
  const carried = fn.parameters.filter((_, index) => {
    const argument = call.arguments[index];
    return argument && isRequestOrigin(argument, asking.origins);
  });
  const origins = new Set([...asking.origins, ...carried]);
  const answers = asking.yesOf(fn, { origins, depth: asking.depth - 1 });
  return answers.length === 0 ? [said.checked] : answers;
}

/** The function that a name stands for in this file. */
export function functionNamed(
  name: ts.Identifier,
): ts.FunctionLikeDeclaration | undefined {
  const declared = declarationOf(name);
  if (declared?.kind === "function") return declared.node;
  if (declared?.kind !== "variable" || !declared.initializer) return undefined;
  const value = unwrap(declared.initializer);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value)
    ? value
    : undefined;
}

/** Whether an argument carries the origin, itself or within an expression. */
function mentionsOrigin(call: ts.CallExpression, asking: Asking): boolean {
  return call.arguments.some((argument) => {
    if (isRequestOrigin(argument, asking.origins)) return true;
    let isMentioned = false;
    visitNodes(argument, (node) => {
      if (ts.isIdentifier(node) && isRequestOrigin(node, asking.origins))
        isMentioned = true;
    });
    return isMentioned;
  });
}
