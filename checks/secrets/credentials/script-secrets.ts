import { type KindName, ts, visitNodes } from "#parse/syntax.js";
import { fallbacksAt, standsInForRefused } from "./fallbacks.js";
import type { Hit } from "./hit.js";
import { jsonWebTokens } from "./json-web-tokens.js";
import { comparedLogins } from "./logins.js";
import { safeName } from "./neighbourhood.js";
import { isReference } from "./placeholders.js";
import type { Place } from "./place.js";
import { providerKeys } from "./provider-keys.js";
import { looksRandom } from "./randomness.js";
import {
  isPublishedName,
  type SecretSort,
  secretSort,
} from "./secret-names.js";
import {
  isSecretValue,
  isSigningSecret,
  isStrongPassword,
} from "./secret-values.js";
import { givenName, type Literal, literalOf } from "./script-values.js";
import { encodedText, joinedText } from "./pieces.js";
import {
  isDevelopmentOnly,
  type ScriptView,
  scriptView,
} from "./script-view.js";
import { secretsInSinks } from "./sinks.js";
import { sameWords, vendorsKey } from "./named-values.js";

/** Secrets that the code itself shows: named literals, fallbacks, arguments of signing and connecting calls, logins. */
export function scriptSecrets(place: Place, source: ts.SourceFile): Hit[] {
  if (place.isQuiet || place.isExample) return [];
  const view = scriptView(source);
  const hits: Hit[] = [];
  const read = (node: ts.Node) => {
    const isText = ts.isStringLiteralLike(node);
    if (isText || ts.isBinaryExpression(node))
      hits.push(...namedLiteral(place, node, view));
    if (isText) return;
    hits.push(...hiddenKeys(node, view));
    hits.push(...fallbacksAt(place, node, view));
    hits.push(...secretsInSinks(place, node, view));
    hits.push(...comparedLogins(place, node, view));
  };
  visitNodes(source, read, readKinds);
  return hits;
}

const readKinds = [
  ...["StringLiteral", "NoSubstitutionTemplateLiteral", "TemplateExpression"],
  ...["BinaryExpression", "ConditionalExpression", "BindingElement"],
  ...["CallExpression", "NewExpression", "ObjectLiteralExpression"],
] as readonly KindName[];

function namedLiteral(
  place: Place,
  node: ts.Expression,
  view: ScriptView,
): Hit[] {
  if (isOption(node)) return [];
  const name = givenName(node);
  const sort = name === "" ? undefined : secretSort(name);
  if (sort === undefined || isPublishedName(name)) return [];
  const literal = literalOf(node);
  if (!literal || sameWords(name, literal.value)) return [];
  if (isDevelopmentOnly(node) || standsInForRefused(node, view)) return [];
  if (sort !== "api-key" && isShownToReaders(node)) return [];
  const weighed = weigh(place, sort, literal);
  return weighed
    ? [
        {
          ...literal,
          kind: sort,
          name: safeName(name),
          ...weighed,
          ...vendorsKey(place, sort, { name, value: literal.value }),
        },
      ]
    : [];
}

/** `{ response: { example: { secret: "…" } } }`: what an answer looks like, in a page that describes an API. */
function isShownToReaders(node: ts.Node): boolean {
  let at = node.parent;
  for (let depth = 0; depth < 6; depth++) {
    if (ts.isPropertyAssignment(at)) {
      if (/^["']?examples?["']?$/.test(at.name.getText())) return true;
    } else if (!ts.isObjectLiteralExpression(at)) return false;
    at = at.parent;
  }
  return false;
}

/** A key in pieces, or encoded, is a key: `"first half" + secondHalf`, `[a, b].join("")`, `atob("…")`. */
function hiddenKeys(node: ts.Node, view: ScriptView): Hit[] {
  const hidden = joinedText(node, view) ?? encodedText(node);
  if (!hidden) return [];
  const { value, start, end } = hidden;
  const found = [...providerKeys(value, false), ...jsonWebTokens(value)];
  const name = safeName(givenName(node));
  return found.map((hit) => ({ ...hit, name, start, end }));
}

/** `{ secret: "a" | "b" }` in types, and properties of things that describe forms. */
function isOption(node: ts.Node): boolean {
  return ts.isLiteralTypeNode(node.parent) || ts.isJsxAttribute(node.parent);
}

function weigh(
  place: Place,
  sort: SecretSort,
  { value }: Literal,
): Pick<Hit, "rule" | "confidence" | "atMost"> | undefined {
  if (sort === "password" && isSecretValue(sort, value))
    return {
      rule: "hard-coded-password",
      confidence: "likely",
      atMost: isStrongPassword(value) && !place.isDemo ? "advise" : "notice",
    };
  if (sort === "signing" && !isReference(value) && isSigningSecret(value))
    return {
      rule: "hard-coded-secret",
      confidence: "likely",
      ...(place.isDemo && { atMost: "advise" as const }),
    };
  if (!isSecretValue(sort, value)) return undefined;
  const isWeak = place.isDemo || !looksRandom(value);
  return {
    rule: "hard-coded-secret",
    confidence: "likely",
    ...(isWeak && sort !== "mnemonic" && { atMost: "advise" as const }),
  };
}
