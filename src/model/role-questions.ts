import type { Value } from "#parse/module-facts.js";
import { isRequestName, isWholeInput } from "./request-names.js";
import { lastName, rootName, stringOf, valuesWithin } from "./value-walk.js";

const roleName =
  /(?:^|[._])(?:is_?)?(?:roles?|super_?admin|admin|permissions?|staff|moderator|owner|privileges?|abilit(?:y|ies))(?:$|[._])|Role|Admin|Permission|Moderator|Staff|Privilege|Ability/;
const roleCall =
  /^(?:require|assert|check|ensure|verify|throw|has|can|is|authori[sz]e|enforce|forbid|allow)\w*(?:Role|Permission|Admin|Access|Authori[sz]|Ability|Owner|Allowed|Privilege|Policy|Member)\w*$/i;

/**
 * Whether a test asks for a role or right.
 *
 * @param isSent - Whether a part is what the request says of itself; asking that asks nobody.
 */
export function asksForRight(
  test: Value,
  isSent: (part: Value) => boolean,
): boolean {
  return valuesWithin(test).some((part) => {
    if (asksForNamed(part, isSent)) return true;
    // An enum of roles, `Role.ADMIN`, is what is asked for and not who is asked.
    if (part.kind === "name")
      return (
        roleName.test(part.name) && !/^[A-Z]/.test(part.name) && !isSent(part)
      );
    if (part.kind === "member") return roleName.test(part.name);
    return part.kind === "call" && roleName.test(part.callee);
  });
}

/** Whether a call is to something that refuses who lacks a right, by its name: `throwIfNoPermission`. */
export function isRightCall(callee: string): boolean {
  return (
    roleCall.test(lastName(callee)) ||
    /(?:^|\.)(?:hasPermission|can|cannot|enforce|authorize)$/.test(callee)
  );
}

const whoItIs =
  /(?:^|\.)\w*(?:[eE]mail(?:_?[aA]ddress)?|[uU]ser_?[iI]d|uid|sub|login|[uU]ser_?[nN]ame|\bid)$/;
const listName = /^[A-Z][A-Z0-9_]*$|admin|owner|allow|staff|super/i;

/**
 * Whether a test asks if the caller is one of those whom the code or its settings name: `user.email === ADMIN_EMAIL`,
 * `ADMINS.includes(user.email)`. Only members of something count: a bare `email` may be what was sent.
 *
 * @param isSent - Whether a part is what the request says of itself.
 */
export function asksForNamed(
  part: Value,
  isSent: (part: Value) => boolean = isSentByName,
): boolean {
  const isWho = (one: Value) =>
    isWhoItIs(one) && !valuesWithin(one).some(isSent);
  if (part.kind === "compare") {
    if (!/^[=!]==?$/.test(part.operator)) return false;
    return (
      (isWho(part.left) && isWritten(part.right)) ||
      (isWho(part.right) && isWritten(part.left))
    );
  }
  if (part.kind !== "call" || !/(?:^|\.)(?:includes|has)$/.test(part.callee))
    return false;
  const owner = part.callee.replace(/\.?(?:includes|has)$/, "");
  const isList =
    part.on === undefined
      ? listName.test(lastName(owner)) && !isRequestName(owner)
      : part.on.kind === "list" || hasSetting(part.on);
  return isList && part.arguments.some(isWho);
}

function isSentByName(part: Value): boolean {
  const name =
    part.kind === "name" ? part.name : part.kind === "call" ? part.callee : "";
  // `data.user.email` is what a look-up of the session gave.
  const isLookedUp = /\.(?:user|session|claims)\./.test(name);
  return isRequestName(name) || (isWholeInput(rootName(name)) && !isLookedUp);
}

function isWhoItIs(value: Value): boolean {
  const name =
    value.kind === "call"
      ? value.callee.replace(/\.(?:toLowerCase|trim|toString)$/, "")
      : value.kind === "name"
        ? value.name
        : "";
  return name.includes(".") && whoItIs.test(name);
}

/** A value that the code or a setting gives, and not the request. */
function isWritten(value: Value): boolean {
  const text = stringOf(value);
  if (text !== undefined) return text.length > 2;
  if (value.kind === "name") return /^[A-Z][A-Z0-9_]*$/.test(value.name);
  return hasSetting(value);
}

function hasSetting(value: Value): boolean {
  return valuesWithin(value).some((part) => part.kind === "environment");
}
