import { dottedName, unwrap } from "#parse/names.js";
import { declarationOf } from "#parse/scopes.js";
import { ts } from "#parse/syntax.js";

/** Parameters that are known to carry the request's origin, whatever they are called. */
export type OriginParameters = ReadonlySet<ts.ParameterDeclaration>;

const originName =
  /^(?:req|request|client|incoming|header|caller)?_?origin(?:_?(?:header|value|url|host))?$/i;
const headerRead = /headers?\.(?:origin|referer|referrer)$/i;

/**
 * Whether an expression is the origin that the request names, or is derived from it: read from the headers, trimmed,
 * parsed as a URL, kept in a variable.
 */
export function isRequestOrigin(
  expression: ts.Expression,
  known: OriginParameters,
  depth = 6,
): boolean {
  if (depth <= 0) return false;
  const node = unwrap(expression);
  const again = (part: ts.Expression) =>
    isRequestOrigin(part, known, depth - 1);
  if (ts.isIdentifier(node)) return isOriginVariable(node, known, depth);
  const name = dottedName(node);
  if (name !== undefined && headerRead.test(name)) return true;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    // `headers.origin[0]`, `new URL(origin).hostname`
    return !isUnspecific(node) && again(node.expression);
  if (ts.isBinaryExpression(node) && isFallback(node)) return again(node.left);
  if (ts.isCallExpression(node)) return isOriginCall(node, again);
  return ts.isNewExpression(node)
    ? isParsedOrigin(node, again)
    : ts.isTemplateExpression(node) && isOnlyOrigin(node, again);
}

function isParsedOrigin(
  node: ts.NewExpression,
  again: (part: ts.Expression) => boolean,
): boolean {
  const [first] = node.arguments ?? [];
  return (
    dottedName(node.expression) === "URL" && first !== undefined && again(first)
  );
}

/** Parts of an origin that many have in common: a test of them is none of the origin. */
const unspecific = /^(?:length|protocol|port|pathname|search|hash)$/;

function isUnspecific(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && unspecific.test(node.name.text);
}

function isFallback(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return (
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function isOnlyOrigin(
  node: ts.TemplateExpression,
  again: (part: ts.Expression) => boolean,
): boolean {
  const [span, ...others] = node.templateSpans;
  return (
    node.head.text === "" &&
    others.length === 0 &&
    span?.literal.text === "" &&
    again(span.expression)
  );
}

function isOriginVariable(
  node: ts.Identifier,
  known: OriginParameters,
  depth: number,
): boolean {
  const declared = declarationOf(node);
  if (declared?.kind === "parameter")
    return (
      known.has(declared.node) ||
      (originName.test(node.text) && mayBeRequestOrigin(declared.node))
    );
  if (declared?.kind === "member")
    return (
      isOriginMember(declared) ||
      (!unspecific.test(declared.key) &&
        declared.initializer !== undefined &&
        isRequestOrigin(declared.initializer, known, depth - 1))
    );
  if (declared?.kind !== "variable" || !declared.initializer) return false;
  return isRequestOrigin(declared.initializer, known, depth - 1);
}

/** A parameter is an option rather than the request's origin when it is no text, or when another one is named closer. */
function mayBeRequestOrigin(parameter: ts.ParameterDeclaration): boolean {
  const type = parameter.type?.getText() ?? "string";
  const otherwise = parameter.initializer?.getText() ?? "null";
  if (!/\bstring\b/.test(type) || !/^(?:null|undefined|""|'')$/.test(otherwise))
    return false;
  return (
    !ts.isIdentifier(parameter.name) ||
    parameter.name.text !== "origin" ||
    !parameter.parent.parameters.some(
      (other) =>
        other !== parameter &&
        ts.isIdentifier(other.name) &&
        originName.test(other.name.text),
    )
  );
}

/** `const { origin } = req.headers`, also in a parameter: `({ headers: … , origin })`. */
function isOriginMember(declared: {
  readonly key: string;
  readonly initializer: ts.Expression | undefined;
}): boolean {
  if (!/^(?:origin|referer|referrer)$/i.test(declared.key)) return false;
  if (declared.initializer === undefined) return false;
  const from = dottedName(unwrap(declared.initializer));
  return from !== undefined && /(?:^|\.)headers?$/i.test(from);
}

const readers =
  /(?:^|\.)(?:get|header|getHeader|getRequestHeader|getHeaderValue)$/;
/** What has headers to read from: a request, a context, the headers themselves. */
const holdsHeaders =
  /(?:headers?(?:\(\))?\)?|\breq|\w+Req|request|\bctx|context|\bc|\be|event|\bh)[!?]?$/i;
const reshapers =
  /^(?:toString|trim|toLowerCase|toUpperCase|replace|replaceAll|slice|substring|split|at|valueOf)$/;

function isOriginCall(
  node: ts.CallExpression,
  again: (part: ts.Expression) => boolean,
): boolean {
  const callee = node.expression;
  const method = ts.isPropertyAccessExpression(callee)
    ? callee.name.text
    : ts.isIdentifier(callee)
      ? callee.text
      : "";
  if (readers.test(method) && node.arguments.some(namesOrigin))
    return (
      !ts.isPropertyAccessExpression(callee) ||
      holdsHeaders.test(callee.expression.getText().slice(-40))
    );
  if (method === "String" || method === "decodeURIComponent")
    return node.arguments[0] !== undefined && again(node.arguments[0]);
  return (
    ts.isPropertyAccessExpression(callee) &&
    reshapers.test(method) &&
    again(callee.expression)
  );
}

function namesOrigin(argument: ts.Expression): boolean {
  return (
    ts.isStringLiteralLike(argument) &&
    /^(?:[oO]rigin|[rR]eferer)$/.test(argument.text)
  );
}
