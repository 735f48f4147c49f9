import { ts } from "#parse/syntax.js";
import { dottedName, memberName, unwrap } from "#parse/names.js";
import type { TextSignal } from "./text-signals.js";

const powerful =
  /^(super[_-]?)?(admin|administrator|owner|moderator|superuser|staff|root|maintainer|billing)s?$/i;

/** Roles of a chat with a language model, and of elements in a page. */
const otherRoles =
  /^(user|assistant|system|tool|function|developer|data|model|ai|human|button|dialog|menu|menuitem|tab|tabpanel|list|listitem|listbox|option|checkbox|radio|switch|img|alert|status|presentation|none|link|navigation|main|banner|region|grid|row|cell|tooltip|separator|combobox|textbox|progressbar|slider|group|form|search|heading)$/i;

const someone =
  /\b(user|session|member|membership|account|profile|claims|auth|viewer|actor|me|token|payload|currentUser|ctx|req)\b/;

const isOwnerName =
  /^(userId|user_id|ownerId|owner_id|authorId|author_id|createdBy|created_by|tenantId|tenant_id|orgId|org_id|organizationId|teamId|workspaceId)$/;

/** A comparison of who somebody is with what it takes: a role, or the owner of a thing. */
export function comparisonSignal(
  node: ts.BinaryExpression,
): TextSignal | undefined {
  if (!isEquality(node.operatorToken.kind)) return undefined;
  const sides = [unwrap(node.left), unwrap(node.right)];
  const literal = sides.find((side) => ts.isStringLiteralLike(side));
  const names = sides.flatMap((side) => dottedName(side) ?? []);
  if (isPasswordCheck(names, literal))
    return ["auth", "a comparison of a password"];
  if (literal && ts.isStringLiteralLike(literal))
    return names.some((name) => isRoleOf(name, literal.text))
      ? ["auth", "a comparison of a role"]
      : undefined;
  return names.length === 2 && isOwnership(names)
    ? ["auth", "a comparison with the owner"]
    : undefined;
}

/** A password beside the one that is known; not beside its repetition in a form, or nothing. */
function isPasswordCheck(
  names: readonly string[],
  literal: ts.Expression | undefined,
): boolean {
  const last = names.map((name) => name.slice(name.lastIndexOf(".") + 1));
  const isComplete =
    names.length === 2 ||
    (literal !== undefined &&
      ts.isStringLiteralLike(literal) &&
      literal.text !== "");
  return (
    isComplete &&
    last.some((name) => /(password|passwd|passphrase)(_?hash)?$/i.test(name)) &&
    !last.some((name) =>
      /confirm|repeat|again|retype|new|old|show|forgot|undefined/i.test(name),
    )
  );
}

function isEquality(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.EqualsEqualsToken ||
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsEqualsToken
  );
}

function isRoleOf(name: string, role: string): boolean {
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (
    !/^(role|roles|userRole|user_role|accessLevel|permission|permissions|scope)$/.test(
      last,
    )
  )
    return false;
  if (powerful.test(role)) return true;
  return !otherRoles.test(role) && someone.test(name) && name.includes(".");
}

/** `note.userId === session.user.id`. */
function isOwnership([one = "", other = ""]: readonly string[]): boolean {
  const isOwner = (name: string) =>
    isOwnerName.test(name.slice(name.lastIndexOf(".") + 1));
  const isPerson = (name: string) =>
    /\b(user|session|currentUser|viewer|me|auth|account|claims|token)\b.*\.(id|uid|sub|userId|orgId)$|^(userId|currentUserId|uid)$/.test(
      name,
    );
  return (isOwner(one) && isPerson(other)) || (isOwner(other) && isPerson(one));
}

/** The routes that a framework's middleware runs for: `export const config = { matcher: … }`. */
export function isMatcherOfRoutes(
  node: ts.PropertyAssignment,
  name: string,
): boolean {
  const holder = node.parent.parent;
  return (
    name === "matcher" &&
    ts.isVariableDeclaration(holder) &&
    memberName(holder.name as ts.PropertyName) === "config"
  );
}
