import { ts } from "#parse/syntax.js";
import type { Hit } from "./hit.js";
import { safeName } from "./neighbourhood.js";
import { isInterfaceWord, isPlaceholder } from "./placeholders.js";
import type { Place } from "./place.js";
import { type SecretSort, secretSort } from "./secret-names.js";
import { bareExpression, literalOf, readName } from "./script-values.js";
import { resolved, type ScriptView } from "./script-view.js";

/** Logins that compare what somebody typed with a value that everyone can read: `password === "letmein1"`. */
export function comparedLogins(
  place: Place,
  node: ts.Node,
  view: ScriptView,
): Hit[] {
  if (!ts.isBinaryExpression(node) || !isEquality(node.operatorToken.kind))
    return [];
  return [
    ...login(place, node, node.left, node.right, view),
    ...login(place, node, node.right, node.left, view),
  ];
}

function isEquality(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    kind === ts.SyntaxKind.EqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsToken
  );
}

function login(
  place: Place,
  node: ts.BinaryExpression,
  typed: ts.Expression,
  expected: ts.Expression,
  view: ScriptView,
): Hit[] {
  const name = loginName(typed);
  const sort = secretSort(name);
  if (sort === undefined) return [];
  const literal = literalOf(resolved(view, expected));
  if (!literal || !isExpected(sort, literal.value, node)) return [];
  if (isTurnedAway(node)) return [];
  return [
    {
      ...literal,
      rule: "hard-coded-login",
      kind: sort,
      name: safeName(name),
      confidence: "likely",
      ...(place.isDemo && { atMost: "advise" as const }),
    },
  ];
}

/** `if (key === "demo") return { valid: false }`: whoever sends the literal is the one who is kept out. */
function isTurnedAway(node: ts.BinaryExpression): boolean {
  const isEqual =
    node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsToken;
  if (!isEqual) return false;
  let at: ts.Node = node;
  while (
    ts.isParenthesizedExpression(at.parent) ||
    (ts.isBinaryExpression(at.parent) &&
      at.parent.operatorToken.kind === ts.SyntaxKind.BarBarToken)
  )
    at = at.parent;
  const { parent } = at;
  if (!ts.isIfStatement(parent) || parent.expression !== at) return false;
  return /\bthrow\b|return (?:false|null)\b|\b(?:valid|success|ok|isValid|authenticated)["']?\s{0,3}:\s{0,3}false|\b(?:status|code)\w{0,6}["']?\s{0,3}[(:]\s{0,3}4\d\d/.test(
    parent.thenStatement.getText().slice(0, 2_000),
  );
}

function loginName(typed: ts.Expression): string {
  const name = readName(bareExpression(typed));
  return /^(pass|passcode|pin)$/i.test(name) ? "password" : name;
}

function isExpected(sort: SecretSort, value: string, node: ts.Node): boolean {
  if (value.length < 4 || /\s/.test(value)) return false;
  if (sort === "password") {
    if (isComparedWithUser(node)) return true;
    return (
      !isInterfaceWord(value) &&
      !/^(match|mismatch|weak|strong|short|invalid|field|input)\w*$/i.test(
        value,
      )
    );
  }
  if (sort === "signing") return false;
  return (
    !isPlaceholder(value) &&
    !isInterfaceWord(value) &&
    value.length >= 6 &&
    /\d|-/.test(value)
  );
}

/** `user === "admin" && password === "password"`: the second half removes any doubt. */
function isComparedWithUser(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent)) return false;
  return /\b(user|username|email|login|usuario|correo|usuário)\b[^=!]{0,20}[=!]==?\s{0,3}["'`]/i.test(
    parent.getText().slice(0, 300),
  );
}
