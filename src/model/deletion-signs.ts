import { isLoginDeletion } from "./deletion-fate.js";
import { claimsDeletion, claimsDeletionByRoute } from "./deletion-words.js";
import { callsIn } from "./functions.js";
import type { Project } from "./project.js";
import { routesOf } from "./routes.js";
import { stringOf, valuesWithin } from "./value-walk.js";
import { valueAt } from "#parse/json-value.js";

/** Ready-made pages and options of login providers that let people delete their account. */
const readyMade =
  /^(?:UserProfile|UserButton|AccountSettingsCards|DeleteAccountCard|SecuritySettingsCards|UserProfilePage|AccountView|AccountManagement)$/;

/**
 * Whether anything in the code lets an account be deleted, however it does it: a function or route of that name, a
 * provider's call, option or page, a database function, or a request to an address that says so.
 */
export function deletionSigns(project: Project): boolean {
  if (
    routesOf(project).some(({ methods, path }) =>
      claimsDeletionByRoute(methods, path),
    )
  )
    return true;
  return [...project.files.values()].some(
    ({ kind, module, code }) =>
      kind !== "test" &&
      ((module?.imports ?? []).some(({ name }) => readyMade.test(name)) ||
        (code?.functions ?? []).some(
          (facts) =>
            claimsDeletion(facts.name) ||
            callsIn(facts).some(({ call, callee }) => {
              if (isLoginDeletion(callee, call.arguments)) return true;
              const first = stringOf(call.arguments[0]) ?? "";
              if (first !== "" && first.length < 100 && saysDeletion(first))
                return true;
              // Better Auth: `user: { deleteUser: { enabled: true } }`.
              return call.arguments.some((one) =>
                valuesWithin(one).some(
                  (part) => valueAt(part, "deleteUser") !== undefined,
                ),
              );
            }),
        )),
  );
}

/** `delete_user`, `delete-account`, `/api/account/delete`. */
function saysDeletion(text: string): boolean {
  if (/\s/.test(text)) return false;
  return claimsDeletion(text) || claimsDeletionByRoute(["POST"], text);
}
