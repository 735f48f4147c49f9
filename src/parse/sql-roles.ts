import { child, type SqlNode, textOf } from "./sql-nodes.js";

/** Names of the roles of a policy or grant, in lower case; `public` is everybody. */
export function rolesOf(roles: readonly SqlNode[]): string[] {
  return roles.map((role) => {
    const spec = child(role, "RoleSpec");
    return textOf(spec, "roletype") === "ROLESPEC_PUBLIC"
      ? "public"
      : textOf(spec, "rolename").toLowerCase();
  });
}
