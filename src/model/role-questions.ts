import type { Value } from "#parse/module-facts.js";
import { lastName, valuesWithin } from "./value-walk.js";

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
