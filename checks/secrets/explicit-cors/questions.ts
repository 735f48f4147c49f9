import { dottedName, unwrap } from "#parse/names.js";
import { assignmentsTo, declarationOf } from "#parse/scopes.js";
import { ts, visitNodes } from "#parse/syntax.js";
import { type Answer, type Asking, both, either, said } from "./answers.js";
import { askedByCall } from "./call-questions.js";
import { conditionsOf, type Condition } from "./path-conditions.js";
import { isRequestOrigin } from "./request-origin.js";

/** The ways in which all conditions can hold. Empty when they cannot. */
export function answersTo(
  conditions: readonly Condition[],
  asking: Asking,
): readonly Answer[] {
  return conditions.reduce<readonly Answer[]>(
    (answers, { question, answer, isComparison }) =>
      both(
        answers,
        isComparison && isRequestOrigin(question, asking.origins)
          ? [said.checked]
          : answersOf(question, answer, asking),
      ),
    [said.nothing],
  );
}

/** The ways in which a question gets the given answer. */
export function answersOf(
  question: ts.Expression,
  answer: boolean,
  asking: Asking,
): readonly Answer[] {
  if (asking.depth <= 0) return [said.nothing];
  const deeper = { ...asking, depth: asking.depth - 1 };
  const node = unwrap(question);
  if (ts.isPrefixUnaryExpression(node))
    return answersOf(
      node.operand,
      node.operator === ts.SyntaxKind.ExclamationToken ? !answer : answer,
      deeper,
    );
  if (node.kind === ts.SyntaxKind.TrueKeyword)
    return answer ? [said.nothing] : [];
  if (node.kind === ts.SyntaxKind.FalseKeyword)
    return answer ? [] : [said.nothing];
  if (isRequestOrigin(node, asking.origins))
    return [answer ? said.nothing : said.absent];
  if (ts.isBinaryExpression(node)) return askedByBinary(node, answer, deeper);
  if (ts.isConditionalExpression(node)) {
    const ask = (part: ts.Expression, wanted: boolean) =>
      answersOf(part, wanted, deeper);
    return either(
      both(ask(node.condition, true), ask(node.whenTrue, answer)),
      both(ask(node.condition, false), ask(node.whenFalse, answer)),
    );
  }
  if (ts.isCallExpression(node))
    return askedByCall(node, answer, { ...deeper, answersOf, yesOf });
  return askedByName(node, answer, deeper);
}

function askedByBinary(
  node: ts.BinaryExpression,
  answer: boolean,
  asking: Asking,
): readonly Answer[] {
  const left = (wanted: boolean) => answersOf(node.left, wanted, asking);
  const right = (wanted: boolean) => answersOf(node.right, wanted, asking);
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return answer
        ? both(left(true), right(true))
        : either(left(false), right(false));
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return answer
        ? either(left(true), right(true))
        : both(left(false), right(false));
    case ts.SyntaxKind.InKeyword:
      return [
        answer && isRequestOrigin(node.left, asking.origins)
          ? said.checked
          : said.nothing,
      ];
    default:
      return compared(node, answer, asking);
  }
}

function compared(
  node: ts.BinaryExpression,
  answer: boolean,
  asking: Asking,
): readonly Answer[] {
  const operator = ts.tokenToString(node.operatorToken.kind) ?? "";
  if (!/^(?:[!=]==?|[<>]=?)$/.test(operator)) return [said.nothing];
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  const isEqual = operator.startsWith("=") === answer;
  const count = countAsked(left, operator, right);
  if (count) return answersOf(count.of, count.isSome === answer, asking);
  const isOfOrigin =
    isRequestOrigin(left, asking.origins) ||
    isRequestOrigin(right, asking.origins);
  if (isOfOrigin) {
    if (isNothing(left) || isNothing(right))
      return [isEqual ? said.absent : said.nothing];
    return [isEqual ? said.checked : said.nothing];
  }
  return [comparedSetting(left, right, isEqual)];
}

/** `list.indexOf(origin) !== -1`, `list.length === 0`: whether something is there. */
function countAsked(
  left: ts.Expression,
  operator: string,
  right: ts.Expression,
): { of: ts.Expression; isSome: boolean } | undefined {
  const limit = right.getText();
  const isIndex =
    ts.isCallExpression(left) &&
    /\.(?:indexOf|search|findIndex)$/.test(left.expression.getText());
  const isLength = /\.(?:length|size)$/.test(left.getText());
  if (isIndex && (limit === "-1" || limit === "0"))
    return { of: left, isSome: /^(?:!==?|>|>=)$/.test(operator) };
  if (isLength && (limit === "0" || limit === "1"))
    return { of: left, isSome: /^(?:!==?|>|>=)$/.test(operator) };
  return undefined;
}

function isNothing(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(node) && node.text === "undefined") ||
    (ts.isStringLiteralLike(node) && node.text === "")
  );
}

function comparedSetting(
  left: ts.Expression,
  right: ts.Expression,
  isEqual: boolean,
): Answer {
  const [value, other] = ts.isStringLiteralLike(left)
    ? [left.text, right]
    : [ts.isStringLiteralLike(right) ? right.text : undefined, left];
  if (value === undefined) return said.nothing;
  if (isSwitch(other.getText()) && /^(?:true|1|yes|on)$/i.test(value))
    return isEqual ? said.configured : said.nothing;
  if (value === "*") return isEqual ? said.configured : said.nothing;
  if (ts.isTypeOfExpression(other) && value === "string")
    return isEqual ? said.nothing : said.absent;
  return /env|stage|mode/i.test(other.getText())
    ? comparedMode(value, isEqual)
    : said.nothing;
}

function comparedMode(mode: string, isEqual: boolean): Answer {
  if (/^prod/i.test(mode)) return isEqual ? said.nothing : said.development;
  return isEqual && /^(?:dev|local|test|debug)/i.test(mode)
    ? said.development
    : said.nothing;
}

/** A setting by which an operator opens up on purpose. */
function isSwitch(name: string): boolean {
  return (
    /allow_?all|any_?origin|open_?cors|permissive/i.test(name) &&
    /env|config|settings/i.test(name)
  );
}

function askedByName(
  node: ts.Expression,
  answer: boolean,
  asking: Asking,
): readonly Answer[] {
  if (
    ts.isElementAccessExpression(node) &&
    isRequestOrigin(node.argumentExpression, asking.origins)
  )
    return [answer ? said.checked : said.nothing];
  const name = dottedName(node) ?? "";
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (isModeName(last)) return [modeAnswer(last, answer)];
  const known = ts.isIdentifier(node) && variableAnswers(node, answer, asking);
  if (known) return known;
  if (answer && isSwitch(`env.${name}`) && !ts.isCallExpression(node))
    return [said.configured];
  const isSetting =
    /^(?:length|size)$/.test(last) ||
    /^(?:process\.env|import\.meta\.env|Bun\.env)\./.test(name) ||
    /origin|cors|allow|white_?list|domain/i.test(name);
  return [!answer && isSetting ? said.unset : said.nothing];
}

function isModeName(name: string): boolean {
  return /^(?:is|in)?_?(?:dev|development|local|localhost|prod|production)(?:_?(?:mode|env|environment))?$|^__DEV__$/i.test(
    name,
  );
}

function modeAnswer(name: string, answer: boolean): Answer {
  return /prod/i.test(name) === answer ? said.nothing : said.development;
}

/** A question that was put into a variable before. */
function variableAnswers(
  node: ts.Identifier,
  answer: boolean,
  asking: Asking,
): readonly Answer[] | undefined {
  const declared = declarationOf(node);
  if (declared?.kind !== "variable" || !declared.initializer) return undefined;
  const first = unwrap(declared.initializer);
  if (!isQuestion(first)) return undefined;
  const start = answersOf(first, answer, asking);
  if (declared.isConstant) return start;
  return assignmentsTo(declared.node).reduce(
    (answers, assignment) =>
      either(
        answers,
        both(
          answersTo(conditionsOf(assignment), asking),
          answersOf(assignment.right, answer, asking),
        ),
      ),
    start,
  );
}

function isQuestion(node: ts.Expression): boolean {
  return (
    ts.isCallExpression(node) ||
    ts.isBinaryExpression(node) ||
    ts.isPrefixUnaryExpression(node) ||
    ts.isConditionalExpression(node) ||
    ts.isElementAccessExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** The ways in which a function of the origin answers yes. */
function yesOf(fn: ts.SignatureDeclaration, asking: Asking): readonly Answer[] {
  const body = (fn as ts.FunctionLikeDeclaration).body;
  if (body === undefined) return [said.nothing];
  if (!ts.isBlock(body)) return answersOf(body as ts.Expression, true, asking);
  let answers: readonly Answer[] = [];
  visitNodes(body, (node) => {
    if (!ts.isReturnStatement(node) || !node.expression) return;
    if (ts.findAncestor(node, ts.isFunctionLike) !== fn) return;
    answers = either(
      answers,
      both(
        answersTo(conditionsOf(node, body), asking),
        answersOf(node.expression, true, asking),
      ),
    );
  });
  return answers;
}
