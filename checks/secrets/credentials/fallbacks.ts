import type { Level } from "#gate/finding.js";
import { ts } from "#parse/syntax.js";
import type { Hit } from "./hit.js";
import { safeName } from "./neighbourhood.js";
import { isInterfaceWord, isPlaceholder, isReference } from "./placeholders.js";
import type { Place } from "./place.js";
import { looksRandom } from "./randomness.js";
import {
  isPublishedName,
  type SecretSort,
  secretSort,
} from "./secret-names.js";
import { isPublicByDesign, isSecretValue } from "./secret-values.js";
import {
  calleeName,
  givenName,
  isOtherwise,
  type Literal,
  literalOf,
  readName,
  readsEnvironment,
} from "./script-values.js";
import { isDevelopmentOnly, resolved, type ScriptView } from "./script-view.js";

/** A literal that stands in for a setting, and the names that say which. */
interface Fallback {
  readonly names: readonly string[];
  readonly literal: Literal;
}

/** Secrets that apply where the environment gives none: `process.env.JWT_SECRET || "literal"` and its relatives. */
export function fallbacksAt(
  place: Place,
  node: ts.Node,
  view: ScriptView,
): Hit[] {
  const fallback = fallbackAt(node, view);
  if (!fallback || isDevelopmentOnly(node)) return [];
  if (fallback.names.some((name) => view.refused.has(name))) return [];
  const named = fallback.names
    .filter((name) => !isPublishedName(name))
    .map((name) => ({ name, sort: secretSort(name) }))
    .find(({ sort }) => sort !== undefined);
  return named?.sort
    ? fallbackHit(place, named.name, named.sort, fallback.literal)
    : [];
}

function fallbackAt(node: ts.Node, view: ScriptView): Fallback | undefined {
  if (ts.isBinaryExpression(node) && isOtherwise(node.operatorToken.kind))
    return otherwise(node, node.left, node.right, view);
  // A literal on both sides says whether the setting is there; it does not stand in for it.
  if (
    ts.isConditionalExpression(node) &&
    readsEnvironment(node.condition) &&
    !literalOf(node.whenTrue)
  )
    return otherwise(node, node.condition, node.whenFalse, view);
  if (ts.isCallExpression(node)) return defaultArgument(node, view);
  if (ts.isBindingElement(node) && node.initializer) return destructured(node);
  return undefined;
}

function otherwise(
  node: ts.Node,
  left: ts.Expression,
  right: ts.Expression,
  view: ScriptView,
): Fallback | undefined {
  const literal = literalOf(resolved(view, right));
  if (!literal || literal.value === "") return undefined;
  const given = givenName(node);
  const operands = operandsOf(left);
  const names = [...operands.map(readName), given].filter(
    (name) => name !== "",
  );
  const isSetting = operands.some(
    (one) => readsEnvironment(one) || secretSort(readName(one)) !== undefined,
  );
  return isSetting ? { names, literal } : undefined;
}

/** In `a || b || "c"` both a and b say what it is. */
function operandsOf(left: ts.Expression): ts.Expression[] {
  const others: ts.Expression[] = [];
  let node = left;
  for (let depth = 0; depth < 5; depth++) {
    if (!ts.isBinaryExpression(node)) break;
    others.push(node.right);
    node = node.left;
  }
  return [node, ...others];
}

/** `config.get("JWT_SECRET", "literal")`, and `.default("literal")` of a schema that names the setting. */
function defaultArgument(
  node: ts.CallExpression,
  view: ScriptView,
): Fallback | undefined {
  const [first, second] = node.arguments;
  const callee = calleeName(node.expression);
  if (
    first &&
    second &&
    /^(get|getOrThrow|env|getEnv|config|required|optional|str|string|fetch|requireEnv)$/i.test(
      callee,
    )
  ) {
    const literal = literalOf(resolved(view, second));
    return literal && ts.isStringLiteralLike(first) && !/\/|\s/.test(first.text)
      ? { names: [first.text], literal }
      : undefined;
  }
  if (!first || callee !== "default") return undefined;
  const literal = literalOf(resolved(view, first));
  return literal && { names: [givenName(node)], literal };
}

/** `const { JWT_SECRET = "literal" } = process.env`. */
function destructured(node: ts.BindingElement): Fallback | undefined {
  if (isOfParameter(node)) return undefined;
  const literal = node.initializer && literalOf(node.initializer);
  return (
    literal && { names: [(node.propertyName ?? node.name).getText()], literal }
  );
}

/** What a function takes when its caller gives nothing is no setting: a seed's password, a field of a form. */
function isOfParameter(node: ts.BindingElement): boolean {
  let at: ts.Node = node;
  while (
    ts.isBindingElement(at) ||
    ts.isObjectBindingPattern(at) ||
    ts.isArrayBindingPattern(at)
  )
    at = at.parent;
  return ts.isParameter(at);
}

function fallbackHit(
  place: Place,
  name: string,
  sort: SecretSort,
  literal: Literal,
): Hit[] {
  const { value } = literal;
  if (isReference(value) || isPublicByDesign(value)) return [];
  const atMost = levelOf(place, isVendors(value) ? "api-key" : sort, value);
  if (atMost === undefined) return [];
  return [
    {
      ...literal,
      rule: "fallback-secret",
      kind: sort,
      name: safeName(name),
      confidence: "likely",
      ...(atMost !== "block" && { atMost }),
    },
  ];
}

/** `sk_…`, `whsec_…`: a vendor's, whatever its name says; this app signs nothing with it. */
function isVendors(value: string): boolean {
  return /^(?:sk|rk|whsec|re|SG)[_.-]/.test(value);
}

/** Whether a literal stands in for a name without which the program does not go on in production. */
export function standsInForRefused(node: ts.Node, view: ScriptView): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.right === node &&
    isOtherwise(parent.operatorToken.kind) &&
    operandsOf(parent.left).some((one) => view.refused.has(readName(one)))
  );
}

/** Passwords of databases on the developer's own machine. */
const localPasswords =
  /^(postgres|root|mysql|mongo|redis|guest|test|sa|docker|local|dev)\w{0,3}$/i;

function levelOf(
  place: Place,
  sort: SecretSort,
  value: string,
): Level | undefined {
  switch (sort) {
    case "signing":
      if (value.length < 3 || /\s.*\s.*\s/.test(value)) return undefined;
      return place.isDemo ? "advise" : "block";
    case "password":
      return (
        passwordLevel(value) && (place.isDemo ? "notice" : passwordLevel(value))
      );
    case "shared":
      return isSharedSecret(value) ? "advise" : undefined;
    default:
      return looksRandom(value) && isSecretValue(sort, value)
        ? "block"
        : undefined;
  }
}

function isSharedSecret(value: string): boolean {
  return value.length >= 4 && !isInterfaceWord(value) && !/\s/.test(value);
}

function passwordLevel(value: string): "advise" | "notice" | undefined {
  if (localPasswords.test(value)) return "notice";
  if (value.length < 4 || /\s/.test(value) || isPlaceholder(value))
    return undefined;
  if (isInterfaceWord(value)) return "notice";
  return "advise";
}
