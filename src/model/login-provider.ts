import type { Project } from "./project.js";
import { runtimeOf } from "./runtimes.js";
import { callsIn } from "./functions.js";

/** A service that keeps the logins of people apart from the app's own tables. */
export interface LoginProvider {
  readonly name: string;
}

/** Calls that make or open a login, and the package without which they are somebody else's. */
const byCall: readonly (readonly [string, RegExp, RegExp])[] = [
  [
    "Supabase Auth",
    /\w\.auth\.(?:signUp|signInWith\w+|admin\.createUser)$/,
    /supabase/,
  ],
  [
    "Firebase Auth",
    /(?:^|\.)(?:createUserWithEmailAndPassword|signInWithPopup|signInWithEmailAndPassword)$/,
    /^firebase|^@react-native-firebase/,
  ],
];
const byPackage: readonly (readonly [string, RegExp])[] = [
  ["Clerk", /^@clerk\//],
];

const known = new WeakMap<Project, LoginProvider | "none">();

/** Who keeps the logins, where it is a service that only forgets a person when asked; undefined for the app's own tables. */
export function loginProvider(project: Project): LoginProvider | undefined {
  let found = known.get(project);
  if (found === undefined) {
    found = search(project) ?? "none";
    known.set(project, found);
  }
  return found === "none" ? undefined : found;
}

function search(project: Project): LoginProvider | undefined {
  for (const [path, { code, module }] of project.files) {
    if (/^(?:test|script|generated)$/.test(runtimeOf(project, path))) continue;
    const packaged = byPackage.find(([, pattern]) =>
      module?.imports.some(({ from }) => pattern.test(from)),
    );
    if (packaged) return { name: packaged[0] };
    for (const facts of code?.functions ?? [])
      for (const { callee } of callsIn(facts)) {
        const called = byCall.find(
          ([, pattern, needed]) =>
            pattern.test(callee) && isUsed(project, needed),
        );
        if (called) return { name: called[0] };
      }
  }
  return undefined;
}

function isUsed(project: Project, needed: RegExp): boolean {
  return [...project.files.values()].some(({ module }) =>
    module?.imports.some(
      ({ from }) => !/^[.~]|^@\//.test(from) && needed.test(from),
    ),
  );
}
