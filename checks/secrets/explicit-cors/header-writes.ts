import { dottedName, memberName, unwrap } from "#parse/names.js";
import { declarationOf } from "#parse/scopes.js";
import { ts, visitNodes } from "#parse/syntax.js";
import { mayBeTestedByCaller } from "./caller-tests.js";
import type { PolicyMark } from "./marks.js";
import { openingsOf } from "./openings.js";
import { doubted, freshReading, readingAt } from "./reading.js";
import { isTrue } from "./options.js";
import { policyMark } from "./policy-calls.js";

/** One header that code gives to a response. */
interface HeaderWrite {
  readonly node: ts.Node;
  readonly name: string;
  readonly value: ts.Expression;
}

const allowOrigin = "access-control-allow-origin";
const allowCredentials = "access-control-allow-credentials";

/** The policies that a file states by writing headers itself. */
export function writtenPolicies(source: ts.SourceFile): PolicyMark[] {
  const writes = headerWrites(source);
  const credentials = writes.filter(
    ({ name, value }) => name === allowCredentials && isTrue(value, 6),
  );
  return writes
    .filter(({ name }) => name === allowOrigin)
    .slice(0, 200)
    .flatMap((write) => {
      const reading = readingAt(write.node, freshReading);
      const stated = openingsOf(write.value, reading);
      if (stated.length === 0) return [];
      const openings = mayBeTestedByCaller(write.value)
        ? stated.map((one) => (one.kind === "reflected" ? doubted(one) : one))
        : stated;
      const isWithCredentials = credentials.some((one) => goesWith(one, write));
      return [
        policyMark(
          write.node,
          "the Access-Control-Allow-Origin header",
          openings,
          isWithCredentials,
        ),
      ];
    });
}

function headerWrites(source: ts.SourceFile): HeaderWrite[] {
  const writes: HeaderWrite[] = [];
  visitNodes(source, (node) => {
    const write =
      callWrite(node) ??
      propertyWrite(node) ??
      pairWrite(node) ??
      assignmentWrite(node);
    if (write) writes.push(write);
  });
  return writes;
}

function headerName(node: ts.Node | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) {
    const name = node.text.toLowerCase();
    return name === allowOrigin || name === allowCredentials ? name : undefined;
  }
  return undefined;
}

/** `res.setHeader(name, value)`, `headers.set(name, value)`, `setHeader(event, name, value)`, `@Header(name, value)` */
function callWrite(node: ts.Node): HeaderWrite | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const callee = dottedName(node.expression);
  const method = ts.isPropertyAccessExpression(node.expression)
    ? node.expression.name.text
    : callee;
  if (
    method === undefined ||
    !/^(?:setHeader|set|header|append|appendHeader|setResponseHeader|appendResponseHeader|addHeader|add|Header|headers)$/.test(
      method,
    ) ||
    (callee !== undefined && isOfRequest(callee))
  )
    return undefined;
  const at = node.arguments.findIndex((one) => headerName(one) !== undefined);
  const name = headerName(node.arguments[at]);
  const value = node.arguments[at + 1];
  return name !== undefined && value && at < 2
    ? { node, name, value }
    : undefined;
}

/** A receiver that collects the headers of an outgoing request. */
function isOfRequest(name: string): boolean {
  return /^(?:req|request|config|axios|xhr|requestHeaders|\w*[aA]xios\w*|http|instance)\./.test(
    name,
  );
}

function propertyWrite(node: ts.Node): HeaderWrite | undefined {
  if (!ts.isPropertyAssignment(node)) return undefined;
  const name = headerName(
    ts.isComputedPropertyName(node.name) ? node.name.expression : node.name,
  );
  if (name === undefined || isForRequest(node.parent)) return undefined;
  return { node, name, value: node.initializer };
}

/** `{ key: "Access-Control-Allow-Origin", value: "*" }`, `["Access-Control-Allow-Origin", "*"]` */
function pairWrite(node: ts.Node): HeaderWrite | undefined {
  if (ts.isArrayLiteralExpression(node)) {
    const [first, second] = node.elements;
    const name = headerName(first);
    return name !== undefined && second && node.elements.length === 2
      ? { node, name, value: second }
      : undefined;
  }
  if (!ts.isObjectLiteralExpression(node) || node.properties.length > 6)
    return undefined;
  const key = valueNamed(node, /^(?:key|name|header)$/i);
  const value = valueNamed(node, /^value$/i);
  const name = headerName(key);
  return name !== undefined && value ? { node, name, value } : undefined;
}

function valueNamed(
  object: ts.ObjectLiteralExpression,
  key: RegExp,
): ts.Expression | undefined {
  const property = object.properties.find(
    (one): one is ts.PropertyAssignment =>
      ts.isPropertyAssignment(one) && key.test(memberName(one.name)),
  );
  return property?.initializer;
}

/** `response.headers["Access-Control-Allow-Origin"] = "*"` */
function assignmentWrite(node: ts.Node): HeaderWrite | undefined {
  if (
    !ts.isBinaryExpression(node) ||
    node.operatorToken.kind !== ts.SyntaxKind.EqualsToken ||
    !ts.isElementAccessExpression(node.left)
  )
    return undefined;
  const name = headerName(node.left.argumentExpression);
  const target = dottedName(node.left.expression) ?? "";
  if (name === undefined || isOfRequest(`${target}.`)) return undefined;
  return { node, name, value: node.right };
}

/** Whether both headers go out together: the one stands in the object of the other, or in a block around it. */
function goesWith(one: HeaderWrite, other: HeaderWrite): boolean {
  if (holderOf(one.node) === holderOf(other.node)) return true;
  const block = ts.findAncestor(one.node, isScopeOfWrites);
  return (
    block !== undefined &&
    !ts.isSourceFile(block) &&
    ts.findAncestor(other.node, (at) => at === block) !== undefined &&
    !ts.isObjectLiteralExpression(block)
  );
}

function isScopeOfWrites(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isSourceFile(node) ||
    ts.isObjectLiteralExpression(node)
  );
}

/** The object, the list of pairs or the block that a header stands in. */
function holderOf(node: ts.Node): ts.Node {
  if (ts.isPropertyAssignment(node)) return node.parent;
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node))
    return node.parent;
  return ts.findAncestor(node, isScopeOfWrites) ?? node;
}

const requestCalls =
  /(?:^|\.)(?:fetch|\$fetch|ofetch|useFetch|axios|ky|got|superagent|ajax|Request|XMLHttpRequest|ApolloClient|HttpLink|createHttpLink|createClient|io|fetchBaseQuery|GraphQLClient|requestOptions)$|(?:axios|ky|got|ofetch|http|https|client|api|instance|request|superagent)\w*\.(?:get|post|put|patch|delete|request|create|extend|head)$/i;

/**
 * Whether an object of headers goes out with a request: this header then says nothing, it only belongs in answers.
 */
function isForRequest(object: ts.Node): boolean {
  let at: ts.Node = object;
  for (;;) {
    const { parent } = at;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
      return isRequestCall(parent);
    if (ts.isVariableDeclaration(parent)) return isKeptForRequest(parent);
    if (ts.isBinaryExpression(parent))
      return /^(?:axios|\w*[aA]xios\w*)\./.test(parent.left.getText());
    const isPartOfValue =
      ts.isObjectLiteralExpression(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isSpreadAssignment(parent) ||
      ts.isArrayLiteralExpression(parent) ||
      ts.isConditionalExpression(parent) ||
      (ts.isExpression(parent) && unwrap(parent) !== parent);
    if (!isPartOfValue) return false;
    at = parent;
  }
}

function isRequestCall(call: ts.CallExpression | ts.NewExpression): boolean {
  const callee = dottedName(call.expression);
  if (callee === undefined) return false;
  return (
    requestCalls.test(callee) ||
    // A wrapper of fetch, `this.http.post(url, body, { headers })`: named after what it does, given a URL first.
    (/(?:fetch|request|http)\w*$/i.test(callee) &&
      !/server|response/i.test(callee))
  );
}

/** A variable of headers that only requests use. */
function isKeptForRequest(variable: ts.VariableDeclaration): boolean {
  if (!ts.isIdentifier(variable.name)) return false;
  const name = variable.name.text;
  let uses = 0;
  let requests = 0;
  visitNodes(variable.getSourceFile(), (node) => {
    if (
      !ts.isIdentifier(node) ||
      node.text !== name ||
      node === variable.name ||
      uses > 50
    )
      return;
    const declared = declarationOf(node);
    if (declared?.kind !== "variable" || declared.node !== variable) return;
    uses++;
    if (isInRequest(node)) requests++;
  });
  return uses > 0 && requests === uses;
}

function isInRequest(name: ts.Node): boolean {
  const call = ts.findAncestor(
    name,
    (at) =>
      ts.isCallExpression(at) || ts.isNewExpression(at) || ts.isStatement(at),
  );
  return (
    call !== undefined &&
    (ts.isCallExpression(call) || ts.isNewExpression(call)) &&
    isRequestCall(call)
  );
}
