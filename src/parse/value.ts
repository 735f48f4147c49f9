import type { ObjectEntry, Value } from "./module-facts.js";
import { dottedName, memberName, unwrap } from "./names.js";
import { lineOf, ts } from "./syntax.js";

/** How much of one value is kept: generous for configuration, too small for data tables. */
const limits = { depth: 10, entries: 200 };

/** What is left to spend on the value that is being read. */
interface Budget {
  readonly source: ts.SourceFile;
  left: number;
}

/**
 * The value of an expression as written. Bounded in depth and size: what lies beyond is `other`.
 *
 * @param maxEntries - How many parts it may have in all.
 */
export function readValue(
  expression: ts.Expression,
  source: ts.SourceFile,
  maxEntries = limits.entries,
): Value {
  return valueOf(expression, { source, left: maxEntries }, limits.depth);
}

function valueOf(node: ts.Expression, budget: Budget, depth: number): Value {
  const bare = unwrap(node);
  const line = lineOf(budget.source, bare.getStart(budget.source));
  budget.left -= 1;
  if (depth <= 0 || budget.left < 0) return { kind: "other", line };
  return (
    leafOf(bare, line, budget.source) ??
    namedOf(bare, line) ??
    compositeOf(bare, line, {
      part: (part) => valueOf(part, budget, depth - 1),
      left: budget.left + 1,
    }) ?? {
      kind: "other",
      line,
    }
  );
}

function leafOf(
  node: ts.Expression,
  line: number,
  source: ts.SourceFile,
): Value | undefined {
  if (ts.isStringLiteralLike(node))
    return { kind: "literal", value: node.text, line };
  if (ts.isNumericLiteral(node))
    return { kind: "literal", value: Number(node.text), line };
  if (node.kind === ts.SyntaxKind.TrueKeyword)
    return { kind: "literal", value: true, line };
  if (node.kind === ts.SyntaxKind.FalseKeyword)
    return { kind: "literal", value: false, line };
  if (node.kind === ts.SyntaxKind.NullKeyword)
    return { kind: "literal", value: null, line };
  if (ts.isRegularExpressionLiteral(node)) return patternOf(node.text, line);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
    return { kind: "function", at: node.getStart(source), line };
  return undefined;
}

function patternOf(text: string, line: number): Value {
  const end = text.lastIndexOf("/");
  return {
    kind: "pattern",
    source: text.slice(1, end),
    flags: text.slice(end + 1),
    line,
  };
}

function namedOf(node: ts.Expression, line: number): Value | undefined {
  const name = dottedName(node);
  return name === undefined ? undefined : nameValue(name, line);
}

/** A dotted name as a value: a setting where it reads one. */
export function nameValue(name: string, line: number): Value {
  const setting =
    /^(?:process\.env|import\.meta\.env|Bun\.env)\.([\w$]+)$/.exec(name)?.[1];
  return setting === undefined
    ? { kind: "name", name, line }
    : { kind: "environment", name: setting, line };
}

type ReadPart = (part: ts.Expression) => Value;

/** How to read the parts of a value, and how many more of them to look at. */
interface PartReader {
  readonly part: ReadPart;
  readonly left: number;
}

function compositeOf(
  node: ts.Expression,
  line: number,
  { part: read, left }: PartReader,
): Value | undefined {
  if (ts.isArrayLiteralExpression(node)) {
    const items = node.elements.slice(0, left).map(itemReader(read));
    return { kind: "list", items, line };
  }
  if (ts.isObjectLiteralExpression(node))
    return { kind: "object", entries: entriesOf(node, read, left), line };
  if (ts.isTemplateExpression(node)) return templateOf(node, line, read);
  if (ts.isConditionalExpression(node))
    return {
      kind: "either",
      operator: "?:",
      test: read(node.condition),
      options: [read(node.whenTrue), read(node.whenFalse)],
      line,
    };
  if (ts.isBinaryExpression(node)) return binaryOf(node, line, read);
  if (ts.isCallExpression(node) || ts.isNewExpression(node))
    return callOf(node, line, read);
  if (ts.isTaggedTemplateExpression(node)) return taggedOf(node, line, read);
  if (ts.isClassExpression(node)) return classValue(node, line, read);
  return memberOf(node, line, read);
}

function memberOf(
  node: ts.Expression,
  line: number,
  read: ReadPart,
): Value | undefined {
  if (
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.ExclamationToken
  )
    return { kind: "not", of: read(node.operand), line };
  if (ts.isPropertyAccessExpression(node))
    return {
      kind: "member",
      of: read(node.expression),
      name: node.name.text,
      line,
    };
  if (ts.isElementAccessExpression(node))
    return {
      ...{ kind: "member", of: read(node.expression), name: "" },
      key: read(node.argumentExpression),
      line,
    };
  return undefined;
}

function itemReader(read: ReadPart): ReadPart {
  return (item) => {
    if (!ts.isSpreadElement(item)) return read(item);
    const of = read(item.expression);
    return { kind: "spread", of, line: of.line };
  };
}

function entriesOf(
  node: ts.ObjectLiteralExpression,
  read: ReadPart,
  left: number,
): ObjectEntry[] {
  return node.properties.slice(0, left).map((property): ObjectEntry => {
    if (ts.isSpreadAssignment(property))
      return { key: "...", value: read(property.expression) };
    const key = memberName(property.name);
    if (ts.isPropertyAssignment(property))
      return { key, value: read(property.initializer) };
    if (ts.isShorthandPropertyAssignment(property))
      return { key, value: read(property.name) };
    const source = property.getSourceFile();
    const at = property.getStart(source);
    return { key, value: { kind: "function", at, line: lineOf(source, at) } };
  });
}

function templateOf(
  node: ts.TemplateExpression,
  line: number,
  read: ReadPart,
): Value {
  const parts: Value[] = [];
  const addText = (text: string) => {
    if (text !== "") parts.push({ kind: "literal", value: text, line });
  };
  addText(node.head.text);
  for (const span of node.templateSpans) {
    parts.push(read(span.expression));
    addText(span.literal.text);
  }
  return { kind: "template", head: node.head.text, parts, line };
}

function binaryOf(
  node: ts.BinaryExpression,
  line: number,
  read: ReadPart,
): Value | undefined {
  const operator = ts.tokenToString(node.operatorToken.kind) ?? "";
  if (operator === "||" || operator === "??" || operator === "&&")
    return {
      kind: "either",
      operator,
      options: chainOf(node, node.operatorToken.kind).map(read),
      line,
    };
  if (operator === "+") {
    const parts = chainOf(node, node.operatorToken.kind).map(read);
    const [first] = parts;
    const head =
      first?.kind === "literal" && typeof first.value === "string"
        ? first.value
        : first?.kind === "template"
          ? first.head
          : "";
    return { kind: "template", head, parts, line };
  }
  if (/^(?:\*|\/|-|%)$/.test(operator)) {
    const parts = chainOf(node, node.operatorToken.kind).map(read);
    return { kind: "template", head: "", parts, line };
  }
  if (!/^(?:[!=]==?|[<>]=?|in)$/.test(operator)) return undefined;
  const [left, right] = [read(node.left), read(node.right)];
  return { kind: "compare", operator, left, right, line };
}

/** The operands of `a op b op c`, without recursion: generated code chains thousands of them. */
function chainOf(
  node: ts.BinaryExpression,
  operator: ts.BinaryOperator,
): ts.Expression[] {
  const operands: ts.Expression[] = [];
  let left: ts.Expression = node;
  while (ts.isBinaryExpression(left) && left.operatorToken.kind === operator) {
    operands.push(left.right);
    left = unwrap(left.left);
  }
  operands.push(left);
  return operands.reverse().slice(0, limits.entries);
}

function callOf(
  node: ts.CallExpression | ts.NewExpression,
  line: number,
  read: ReadPart,
): Value {
  const callee = dottedName(node.expression);
  const [first] = node.arguments ?? [];
  if (
    (callee === "Deno.env.get" || callee === "Netlify.env.get") &&
    first !== undefined &&
    ts.isStringLiteralLike(first)
  )
    return { kind: "environment", name: first.text, line };
  const values = (node.arguments ?? []).map(itemReader(read));
  if (callee !== undefined)
    return { kind: "call", callee, arguments: values, line };
  const isMethod = ts.isPropertyAccessExpression(node.expression);
  const on = read(
    isMethod ? node.expression.expression : unwrap(node.expression),
  );
  return {
    kind: "call",
    callee: isMethod ? node.expression.name.text : "",
    on,
    arguments: values,
    line,
  };
}

/** A tagged template is a call of its tag with the template. */
function taggedOf(
  node: ts.TaggedTemplateExpression,
  line: number,
  read: ReadPart,
): Value {
  return {
    kind: "call",
    callee: dottedName(node.tag) ?? "",
    arguments: [read(node.template)],
    line,
  };
}

/** The fields of a class with the values they start with. */
export function classValue(
  node: ts.ClassLikeDeclaration,
  line: number,
  read: ReadPart,
): Value {
  const entries = node.members.flatMap((member): ObjectEntry[] =>
    ts.isPropertyDeclaration(member) && member.initializer
      ? [{ key: memberName(member.name), value: read(member.initializer) }]
      : [],
  );
  return { kind: "class", entries, line };
}
