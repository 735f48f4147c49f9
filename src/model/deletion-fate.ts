import { holdsAccounts } from "./account-tables.js";
import { isTableNamed } from "./data-map.js";
import type { DataUse } from "./data-uses.js";
import type { PlacedCall } from "./functions.js";
import { personalField } from "./personal-data.js";
import type { Project } from "./project.js";
import { tablesOf } from "./schema-tables.js";
import { subjectOf } from "./table-subject.js";
import { lastName, stringOf, valuesWithin } from "./value-walk.js";

/** What a way through the code does. */
export interface DeletionActs {
  /** What it does to stored data, in the functions that it runs. */
  readonly uses: readonly DataUse[];
  readonly calls: readonly PlacedCall[];
  /** Bodies of the database functions that it calls. */
  readonly bodies: readonly string[];
}

/** What a path does to the rows that accounts are kept in; linked logins share their name. */
export function accountUses(
  project: Project,
  { uses }: Pick<DeletionActs, "uses">,
): readonly DataUse[] {
  return uses.filter(({ shape: { table, library } }) => {
    if (library === "storage" || !holdsAccounts(table)) return false;
    const declared = tablesOf(project).filter((one) =>
      isTableNamed(one, table),
    );
    return (
      declared.length === 0 ||
      declared.some((one) => subjectOf(one) !== "thing")
    );
  });
}

/** Whether the login itself is deleted, at whoever keeps it. */
export function deletesLogin({ calls, bodies }: DeletionActs): boolean {
  return (
    bodies.some((body) => /delete\s+from\s+"?auth"?\."?users/i.test(body)) ||
    calls.some(({ call, callee }) => isLoginDeletion(callee, call.arguments))
  );
}

/** Calls of login providers that delete a user. */
export function isLoginDeletion(
  callee: string,
  given: readonly { readonly kind: string }[],
): boolean {
  const name = lastName(callee);
  if (/^(?:deleteUser|deleteUsers|adminDeleteUser|removeUser)$/.test(name))
    return (
      /auth|admin|clerk|identity|cognito|kinde|workos|stytch|users|account/i.test(
        callee,
      ) ||
      (callee === "deleteUser" && given.length > 0)
    );
  if (/^(?:AdminDeleteUserCommand|DeleteUserCommand)$/.test(name)) return true;
  return /(?:^|\.)(?:currentUser|clerkUser|management\.users)\.delete$|^user\.delete$/.test(
    callee,
  );
}

/** Whether SQL deletes from a table with such a name. */
export function deletesFrom(
  body: string,
  isWanted: (table: string) => boolean,
): boolean {
  return [
    ...body.matchAll(/delete\s+from\s+(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)/gi),
  ].some(([, table = ""]) => isWanted(table));
}

const flags =
  /^(?:is_?)?(?:deleted|active|enabled|disabled|archived|removed|inactive|deactivated)(?:_?at|_?on|_?date)?$|^(?:account_?)?status$|^state$|^deletion_?(?:requested_?)?(?:at|date)$|^(?:ativo|activo|eliminado|excluido|aktif|silindi|attivo)$/i;

/** What becomes of the account's own row: the heaviest of what the path does. */
export function fateOf(
  project: Project,
  path: DeletionActs,
): "gone" | "masked" | "flagged" | "open" {
  const own = accountUses(project, path);
  const removed = own.filter(({ shape }) => shape.kind === "delete");
  if (
    removed.some((use) => !isSoft(use)) ||
    path.bodies.some((body) => deletesFrom(body, holdsAccounts)) ||
    deletesLogin(path)
  )
    return "gone";
  const written = own
    .filter(({ shape }) => shape.kind === "update")
    .flatMap(writtenKeys);
  if (written.some((key) => personalField(key, "user") !== undefined))
    return "masked";
  return removed.length > 0 || written.some((key) => flags.test(key))
    ? "flagged"
    : "open";
}

/** The columns that an update names, in an object or after the `SET` of its SQL. */
export function writtenKeys({ shape, call }: DataUse): readonly string[] {
  if (shape.library !== "sql") return shape.values.map(({ key }) => key);
  const text = [call, ...call.arguments]
    .flatMap(valuesWithin)
    .flatMap(
      (part) =>
        stringOf(part) ??
        (part.kind === "template"
          ? part.parts.map((one) => stringOf(one) ?? "?").join("")
          : []),
    )
    .find((one) => /^\s*update\b/i.test(one));
  const set = /\bset\b([\s\S]{0,2000})/i.exec(text ?? "")?.[1] ?? "";
  const [columns = ""] = set.split(/\bwhere\b/i);
  return [...columns.matchAll(/(?:^|,)\s*[`"[]?(\w+)[`"\]]?\s*=/g)].map(
    ([, name = ""]) => name,
  );
}

/** `softDelete`, `softRemove`: a flag under another name. */
export function isSoft({ call }: DataUse): boolean {
  return /^soft/i.test(lastName(call.callee));
}
