import { ts } from "#parse/syntax.js";

/** A string that stands in the code, where it stands. */
export interface Literal {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Takes off what does not change a value: parentheses, types, `!`, and wrappers that turn text into bytes. */
export function bareExpression(node: ts.Expression): ts.Expression {
  let bare = node;
  for (;;) {
    if (
      ts.isParenthesizedExpression(bare) ||
      ts.isAsExpression(bare) ||
      ts.isSatisfiesExpression(bare) ||
      ts.isNonNullExpression(bare) ||
      ts.isTypeAssertionExpression(bare) ||
      ts.isAwaitExpression(bare)
    )
      bare = bare.expression;
    else {
      const inner = encodedText(bare);
      if (inner === undefined) return bare;
      bare = inner;
    }
  }
}

/** `new TextEncoder().encode(x)`, `Buffer.from(x)`, `String(x)`, `x.trim()` are x. */
function encodedText(node: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const name = calleeName(node.expression);
  if (/^(encode|from|String|createSecretKey|alg)$/.test(name))
    return node.arguments[0];
  const callee = node.expression;
  const isTrim = /^(trim|toString|valueOf)$/.test(name);
  return isTrim && ts.isPropertyAccessExpression(callee)
    ? callee.expression
    : undefined;
}

/** The string that an expression is, when it is written out, in one piece or joined from several with `+`. */
export function literalOf(node: ts.Expression): Literal | undefined {
  const bare = bareExpression(node);
  if (ts.isStringLiteralLike(bare))
    return {
      value: bare.text,
      start: bare.getStart() + 1,
      end: bare.getEnd() - 1,
    };
  return joinedLiteral(bare);
}

function joinedLiteral(node: ts.Expression): Literal | undefined {
  const pieces: string[] = [];
  let left = node;
  for (let depth = 0; depth < 50; depth++) {
    if (!ts.isBinaryExpression(left)) break;
    if (left.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
    if (!ts.isStringLiteralLike(left.right)) return undefined;
    pieces.unshift(left.right.text);
    left = left.left;
  }
  if (pieces.length === 0 || !ts.isStringLiteralLike(left)) return undefined;
  const value = [left.text, ...pieces].join("");
  return { value, start: node.getStart(), end: node.getEnd() };
}

/** Last name of what is called or read: `sign` of `jwt.sign`, `X` of `process.env.X` and of `env["X"]`. */
export function calleeName(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    return ts.isStringLiteralLike(key) ? key.text : "";
  }
  if (node.kind === ts.SyntaxKind.SuperKeyword) return "super";
  return ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node)
    ? calleeName(node.expression)
    : "";
}

/** Name of the variable or setting that an expression reads, also through `get("NAME")`. */
export function readName(node: ts.Expression): string {
  const bare = bareExpression(node);
  if (!ts.isCallExpression(bare)) return calleeName(bare);
  const [first] = bare.arguments;
  return first && ts.isStringLiteralLike(first) ? first.text : "";
}

/** Whether an expression reads the environment or a configuration. */
export function readsEnvironment(node: ts.Expression): boolean {
  const bare = bareExpression(node);
  const source = ts.isCallExpression(bare)
    ? bare.expression
    : ts.isPropertyAccessExpression(bare) || ts.isElementAccessExpression(bare)
      ? bare.expression
      : undefined;
  if (!source) return false;
  const text = source.getText().slice(0, 120);
  return /\benv\b|\bENV\b|[cC]onfig|getenv|getEnv|environment|secrets?\b/.test(
    text,
  );
}

/** Name that an expression is given where it stands: variable, property, parameter, assignment. */
export function givenName(node: ts.Node): string {
  let child = node;
  let parent = node.parent;
  while (isTransparent(parent, child)) {
    child = parent;
    parent = parent.parent;
  }
  return nameFor(parent, child);
}

function nameFor(parent: ts.Node, child: ts.Node): string {
  if (ts.isJsxAttribute(parent))
    return ts.isIdentifier(parent.name)
      ? parent.name.text
      : parent.name.getText();
  if (ts.isBinaryExpression(parent))
    return parent.right === child && isAssignment(parent)
      ? calleeName(parent.left)
      : "";
  return isNaming(parent) && parent.initializer === child
    ? nameText(
        (ts.isBindingElement(parent) && parent.propertyName) || parent.name,
      )
    : "";
}

type Naming =
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.EnumMember
  | ts.BindingElement
  | ts.PropertyAssignment
  | ts.PropertyDeclaration;

function isNaming(node: ts.Node): node is Naming {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isEnumMember(node) ||
    ts.isBindingElement(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isPropertyDeclaration(node)
  );
}

function isTransparent(parent: ts.Node, child: ts.Node): boolean {
  if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent))
    return true;
  if (ts.isSatisfiesExpression(parent) || ts.isNonNullExpression(parent))
    return true;
  if (ts.isJsxExpression(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition !== child;
  return (
    ts.isBinaryExpression(parent) && isOtherwise(parent.operatorToken.kind)
  );
}

function isAssignment(node: ts.BinaryExpression): boolean {
  const kind = node.operatorToken.kind;
  return (
    kind === ts.SyntaxKind.EqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

/** `||` and `??`: the right side is taken where the left gives nothing. */
export function isOtherwise(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function nameText(name: ts.Node): string {
  if (
    ts.isIdentifier(name) ||
    ts.isStringLiteralLike(name) ||
    ts.isPrivateIdentifier(name)
  )
    return name.text;
  return ts.isComputedPropertyName(name) &&
    ts.isStringLiteralLike(name.expression)
    ? name.expression.text
    : "";
}
