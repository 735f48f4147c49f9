import { dottedName, memberName, unwrap } from "#parse/names.js";
import { declarationOf } from "#parse/scopes.js";
import { ts } from "#parse/syntax.js";
import { answersGivenBy } from "./answering-functions.js";
import { functionNamed } from "./call-questions.js";

/** Whether an expression answers yes or no. */
export function isQuestion(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isBinaryExpression(node))
    return /^(?:[!=]==?|[<>]=?|in)$/.test(
      ts.tokenToString(node.operatorToken.kind) ?? "",
    );
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  if (ts.isPropertyAccessExpression(expression))
    return /^(?:includes|has|some|every|test|startsWith|endsWith|hasOwn|hasOwnProperty)$/.test(
      expression.name.text,
    );
  return (
    ts.isIdentifier(expression) &&
    /^(?:is|has|can|check|validate|verify|allow|matches|should)[A-Z_]|^Boolean$/.test(
      expression.text,
    )
  );
}

/**
 * What a settings reader gives where nothing is set: `config.get("CORS_ORIGIN", "*")`, `env("ORIGIN", "*")`,
 * `z.string().default("*")`.
 */
export function fallbackOf(
  node: ts.CallExpression | ts.NewExpression,
): ts.Expression | undefined {
  const name = calledName(node);
  const [first, second] = node.arguments ?? [];
  if (name === "default" && ts.isCallExpression(node)) return first;
  if (
    !/^(?:get|getOrDefault|\w*env\w*|\w*config\w*|asString|str|url)$/i.test(
      name,
    )
  )
    return undefined;
  if (first && ts.isObjectLiteralExpression(first)) return defaultIn(first);
  return first && ts.isStringLiteralLike(first) ? second : undefined;
}

/** envalid: `str({ default: "*" })`. */
function defaultIn(
  options: ts.ObjectLiteralExpression,
): ts.Expression | undefined {
  for (const property of options.properties)
    if (
      ts.isPropertyAssignment(property) &&
      ts.isIdentifier(property.name) &&
      property.name.text === "default"
    )
      return property.initializer;
  return undefined;
}

const keepers =
  /^(?:split|map|filter|concat|trim|toString|join|flat|flatMap|slice|replace|replaceAll|toLowerCase|sort|optional|nullish|describe|transform|pipe)$/;

/** The values that a call only reshapes: `list.split(",")`, `new Set(list)`, `[…].concat(more)`. */
export function reshapedValue(
  node: ts.CallExpression | ts.NewExpression,
): readonly ts.Expression[] | undefined {
  const { expression } = node;
  const name = calledName(node);
  const passed = node.arguments ?? [];
  if (ts.isPropertyAccessExpression(expression) && keepers.test(name))
    return [expression.expression, ...(name === "concat" ? passed : [])];
  const whole = dottedName(expression);
  if (
    whole === "String" ||
    whole === "Set" ||
    whole === "Array.from" ||
    whole === "JSON.parse"
  )
    return passed.slice(0, 1);
  return undefined;
}

/** The last part of the name that is called. */
export function calledName(node: ts.CallExpression | ts.NewExpression): string {
  const { expression } = node;
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : "";
}

/** Which argument each parameter of a function gets from a call. */
export function argumentsByParameter(
  fn: ts.SignatureDeclaration,
  call: ts.CallExpression | ts.NewExpression,
): ReadonlyMap<ts.ParameterDeclaration, ts.Expression> {
  return new Map(
    fn.parameters.flatMap((parameter, index) => {
      const argument = call.arguments?.[index];
      return argument ? [[parameter, argument] as const] : [];
    }),
  );
}

/** The name that a chain of members starts with. */
export function rootOf(node: ts.Expression): ts.Identifier | undefined {
  let at = node;
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at))
    at = at.expression;
  return ts.isIdentifier(at) ? at : undefined;
}

/** Whether a value is a module that is loaded by a call: `require("./config")`, `await import("./config")`. */
export function isLoaded(initializer: ts.Expression): boolean {
  const call = unwrap(initializer);
  return (
    ts.isCallExpression(call) &&
    (call.expression.kind === ts.SyntaxKind.ImportKeyword ||
      call.expression.getText() === "require")
  );
}

/** The value below an object literal at the given keys. */
export function memberAt(
  object: ts.Expression,
  keys: readonly string[],
): ts.Expression | undefined {
  let at = unwrap(object);
  for (const key of keys) {
    if (!ts.isObjectLiteralExpression(at)) return undefined;
    const property = at.properties.findLast(
      (one) => one.name !== undefined && memberName(one.name) === key,
    );
    if (property && ts.isPropertyAssignment(property))
      at = unwrap(property.initializer);
    else if (property && ts.isShorthandPropertyAssignment(property))
      at = property.name;
    else return undefined;
  }
  return at;
}

/** Whether a value is there in any case: a text, a list with items or an item of it, whatever a function chooses. */
export function isNeverEmpty(
  expression: ts.Expression,
  depth: number,
): boolean {
  if (depth <= 0) return false;
  const node = unwrap(expression);
  const again = (part: ts.Expression) => isNeverEmpty(part, depth - 1);
  if (ts.isStringLiteralLike(node)) return node.text !== "";
  if (ts.isArrayLiteralExpression(node))
    return node.elements.some((item) => !ts.isSpreadElement(item));
  if (ts.isConditionalExpression(node))
    return again(node.whenTrue) && again(node.whenFalse);
  if (ts.isElementAccessExpression(node))
    return node.argumentExpression.getText() === "0" && again(node.expression);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const fn = functionNamed(node.expression);
    const answers = fn ? answersGivenBy(fn) : [];
    return answers.length > 0 && answers.every(again);
  }
  const value = constantValue(node);
  return value !== undefined && again(value);
}

/** What a constant of the file is set to. */
function constantValue(node: ts.Expression): ts.Expression | undefined {
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared?.kind === "variable" && declared.isConstant
    ? declared.initializer
    : undefined;
}
