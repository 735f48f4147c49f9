import { accountUses } from "./deletion-fate.js";
import { dataUses } from "./data-uses.js";
import { callsIn } from "./functions.js";
import type { Project } from "./project.js";
import { isReachable, runtimeOf } from "./runtimes.js";

/** A place where an account is made. */
export interface SignUp {
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

const makesAccount =
  /(?:^|\.)(?:auth\.signUp|signUp\.(?:email|create)|createUserWithEmailAndPassword|auth\.signInWithOtp|auth\.signInWithOAuth|signInWithPopup)$/;
const withPassword =
  /password|passwort|senha|contrasena|hash|^clave$|sifre|mot_?de_?passe/i;
const identifies =
  /^(?:e?mail|email_?address|username|correo|phone|telefon|telefone)$/i;

/**
 * Where people make accounts: a login provider's sign-up, or the app's own table of accounts gets an address together
 * with a password. What nothing loads, or only scripts run, does not count.
 */
export function signUpsOf(project: Project): readonly SignUp[] {
  const counts = (path: string): boolean =>
    isReachable(project, path) &&
    !/^(?:test|script|generated)$/.test(runtimeOf(project, path));
  const byProvider = [...project.files].flatMap(([path, { code }]) =>
    code === undefined || !counts(path)
      ? []
      : code.functions.flatMap((facts) =>
          callsIn(facts).flatMap(({ callee, line }) =>
            makesAccount.test(callee) ? [{ path, line }] : [],
          ),
        ),
  );
  const byTable = accountUses(project, { uses: dataUses(project) }).flatMap(
    ({ shape, in: { path }, line }) => {
      const keys = shape.values.map(({ key }) => key);
      const isAccount =
        shape.kind === "create" &&
        keys.some((key) => identifies.test(key)) &&
        keys.some((key) => withPassword.test(key));
      return isAccount && counts(path) ? [{ path, line }] : [];
    },
  );
  return [...byProvider, ...byTable];
}
