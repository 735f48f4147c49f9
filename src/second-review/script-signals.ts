import { ts } from "#parse/syntax.js";
import { memberName } from "#parse/names.js";
import {
  callSignal,
  isRefusal,
  lastName,
  useCategory,
} from "./call-signals.js";
import {
  isGuardComponent,
  isGuardDecorator,
  isGuardName,
  isStanding,
} from "./guard-names.js";
import { comparisonSignal, isMatcherOfRoutes } from "./role-signals.js";
import {
  isClientMaker,
  isValueUse,
  type SensitiveNames,
} from "./script-names.js";
import type { Signal } from "./signal.js";
import {
  fieldSignal,
  settingSignal,
  stringSignal,
  type TextSignal,
} from "./text-signals.js";

type Found = Omit<Signal, "node">;

/** What one node of the syntax gives away by itself. */
export function signalOf(
  node: ts.Node,
  names: SensitiveNames,
): Signal | undefined {
  const found = foundIn(node, names);
  return found && { ...found, node };
}

function foundIn(node: ts.Node, names: SensitiveNames): Found | undefined {
  if (ts.isIdentifier(node)) return identifierSignal(node, names);
  if (ts.isCallExpression(node)) return inFunction(callSignal(node));
  if (ts.isStringLiteralLike(node)) return literalSignal(node, node.text);
  if (ts.isTemplateExpression(node))
    return literalSignal(node, templateText(node));
  if (ts.isTaggedTemplateExpression(node))
    return /^sql$/i.test(lastName(node.tag))
      ? inFunction(["data", "an SQL statement"])
      : undefined;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return accessSignal(node);
  if (ts.isBinaryExpression(node)) return inExpression(comparisonSignal(node));
  if (ts.isNewExpression(node)) return refusalSignal(node);
  if (ts.isDecorator(node)) return decoratorSignal(node);
  if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node))
    return tagSignal(node);
  return propertySignal(node);
}

function inFunction(signal: TextSignal | undefined): Found | undefined {
  return (
    signal && { category: signal[0], signal: signal[1], reach: "function" }
  );
}

function inExpression(signal: TextSignal | undefined): Found | undefined {
  return (
    signal && { category: signal[0], signal: signal[1], reach: "expression" }
  );
}

function identifierSignal(
  node: ts.Identifier,
  names: SensitiveNames,
): Found | undefined {
  const name = names.get(node.text);
  if (name && isValueUse(node))
    return {
      category: useCategory(node, name.category),
      signal: `the use of ${node.text} from ${name.from}`,
      reach: isLocalUse(node) ? "expression" : "function",
    };
  if (!isGuardName(node.text) || !isValueUse(node)) return undefined;
  return inExpression(["auth", `the guard ${node.text}`]);
}

/** Hooks and tags show something; what makes a client says nothing yet of what is done with it. */
function isLocalUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (/^use[A-Z]/.test(node.text)) return true;
  if (ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent))
    return true;
  if (ts.isNewExpression(parent)) return true;
  return (
    ts.isCallExpression(parent) &&
    parent.expression === node &&
    isClientMaker(node.text) &&
    isInitializer(parent)
  );
}

function isInitializer(call: ts.CallExpression): boolean {
  const holder = ts.isAwaitExpression(call.parent)
    ? call.parent.parent
    : call.parent;
  return ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name);
}

const refusal = "an answer that refuses access";

/** Words that an error or an answer carries, not those that a page shows. */
function isAnswer({ parent }: ts.Node): boolean {
  if (ts.isNewExpression(parent)) return true;
  return (
    ts.isPropertyAssignment(parent) &&
    /^(error|message|msg|code|reason|detail|details|statusText)$/.test(
      memberName(parent.name),
    )
  );
}

function literalSignal(node: ts.Node, text: string): Found | undefined {
  if (ts.isImportDeclaration(node.parent) || ts.isLiteralTypeNode(node.parent))
    return undefined;
  const signal = stringSignal(text);
  if (signal?.[1] === refusal)
    return isAnswer(node) ? inFunction(signal) : undefined;
  return signal?.[1] === "an SQL statement"
    ? inFunction(signal)
    : inExpression(signal);
}

function templateText(node: ts.TemplateExpression): string {
  let text = node.head.text;
  for (const { literal } of node.templateSpans) {
    if (text.length > 4_000) break;
    text += `x${literal.text}`;
  }
  return text;
}

function accessSignal(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): Found | undefined {
  const key = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : ts.isStringLiteralLike(node.argumentExpression)
      ? node.argumentExpression.text
      : "";
  const owner = lastName(node.expression);
  if (owner === "env") return inExpression(settingSignal(key));
  if (isStanding(key)) return inExpression(["auth", `the question ${key}`]);
  const isWritten =
    ts.isBinaryExpression(node.parent) &&
    node.parent.left === node &&
    node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (owner === "headers" && /^authorization$/i.test(key) && !isWritten)
    return inFunction(["auth", "reading who calls"]);
  return undefined;
}

function refusalSignal(node: ts.NewExpression): Found | undefined {
  return node.arguments?.some(isRefusal) === true ||
    /Unauthori[sz]ed|Unauthenticated|Forbidden|AccessDenied|NotAuthori[sz]ed|AuthError|AuthenticationError|AuthorizationError/.test(
      lastName(node.expression),
    )
    ? inFunction(["auth", "an answer that refuses access"])
    : undefined;
}

/** On a method a guard speaks for it; on a class only for itself, or every edit of a controller would count. */
function decoratorSignal(node: ts.Decorator): Found | undefined {
  const name = lastName(node.expression);
  if (!isGuardDecorator(name)) return undefined;
  return {
    category: "auth",
    signal: `the decorator ${name}`,
    reach: ts.isMethodDeclaration(node.parent) ? "function" : "expression",
  };
}

function tagSignal(
  node: ts.JsxOpeningElement | ts.JsxSelfClosingElement,
): Found | undefined {
  const name = node.tagName.getText();
  return isGuardComponent(name)
    ? inExpression(["auth", `the component ${name}`])
    : undefined;
}

function propertySignal(node: ts.Node): Found | undefined {
  if (ts.isPropertyAssignment(node)) {
    const name = memberName(node.name);
    if (isMatcherOfRoutes(node, name))
      return inExpression(["auth", "the routes that a middleware guards"]);
    return (
      inFunction(refusalProperty(name, node.initializer)) ??
      inExpression(cookieFlag(name, node)) ??
      (ts.isStringLiteralLike(node.initializer)
        ? undefined
        : inExpression(fieldSignal(name)))
    );
  }
  if (ts.isShorthandPropertyAssignment(node))
    return inExpression(
      cookieFlag(node.name.text, node) ?? fieldSignal(node.name.text),
    );
  if (ts.isPropertySignature(node) || ts.isPropertyDeclaration(node))
    return inExpression(fieldSignal(memberName(node.name)));
  return undefined;
}

function refusalProperty(
  name: string,
  value: ts.Expression,
): TextSignal | undefined {
  const text =
    ts.isNumericLiteral(value) || ts.isStringLiteralLike(value)
      ? value.text
      : "";
  const refuses =
    (/^(status|statusCode|code)$/.test(name) && /^(401|403)$/.test(text)) ||
    (name === "code" &&
      /^(UNAUTHORIZED|FORBIDDEN|UNAUTHENTICATED)$/i.test(text));
  return refuses ? ["auth", "an answer that refuses access"] : undefined;
}

function cookieFlag(name: string, node: ts.Node): TextSignal | undefined {
  return /^(httpOnly|sameSite)$/.test(name) ||
    (name === "secure" && isOfCookie(node.parent.parent))
    ? ["auth", "a flag of a cookie"]
    : undefined;
}

/** `cookie: { … }`, `const cookieOptions = { … }`, `setCookie(…, { … })`. */
function isOfCookie(holder: ts.Node): boolean {
  const name = ts.isCallExpression(holder)
    ? lastName(holder.expression)
    : ts.isPropertyAssignment(holder) || ts.isVariableDeclaration(holder)
      ? memberName(holder.name as ts.PropertyName)
      : "";
  return /cookie/i.test(name);
}
