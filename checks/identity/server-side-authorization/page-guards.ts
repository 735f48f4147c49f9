import type { Evidence } from "#gate/finding.js";
import { callsWithin } from "#model/functions.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";
import { runtimeOf } from "#model/runtimes.js";
import {
  allSteps,
  lastName,
  stringOf,
  valuesWithin,
} from "#model/value-walk.js";

/** A page that sends strangers away and then calls the route: the only place that asks. */
export function pageGuardFor(
  project: Project,
  route: Route,
): Evidence | undefined {
  const start = route.path.replace(/\/[:*].*$/, "");
  if (!start.startsWith("/") || start.length < 6) return undefined;
  for (const [path, { code }] of project.files) {
    if (code?.hasMarkup !== true || path === route.file) continue;
    if (!["client", "shared"].includes(runtimeOf(project, path))) continue;
    const calls = callsWithin(project, { path, at: -1 });
    const isCalled = calls.some(
      ({ callee, call }) =>
        /^(?:fetch|axios(?:\.\w+)?|api\.\w+|\$fetch|useSWR)$/.test(callee) &&
        call.arguments.some((one) =>
          valuesWithin(one).some(
            (part) => pathIn(part)?.startsWith(start) === true,
          ),
        ),
    );
    const line = isCalled ? redirectLine(code.functions) : undefined;
    if (line !== undefined)
      return { path, line, note: "only this page asks who the user is" };
  }
  return undefined;
}

function pathIn(part: Parameters<typeof stringOf>[0]): string | undefined {
  if (part?.kind === "template") return part.head;
  return stringOf(part);
}

/** `if (!user) router.push("/login")`. */
function redirectLine(
  functions: readonly { readonly steps: Parameters<typeof allSteps>[0] }[],
): number | undefined {
  for (const { steps } of functions)
    for (const step of allSteps(steps)) {
      if (step.kind !== "if" || !asksForUser(step.test)) continue;
      const moves = allSteps(step.then).some(
        (one) =>
          (one.kind === "do" || one.kind === "return") &&
          one.value !== undefined &&
          valuesWithin(one.value).some(
            (part) =>
              part.kind === "call" &&
              (/^(?:navigate|redirect)$/.test(part.callee) ||
                /(?:router|navigation|history)\.(?:push|replace|navigate)$/.test(
                  part.callee,
                )),
          ),
      );
      if (moves) return step.line;
    }
  return undefined;
}

function asksForUser(test: Parameters<typeof valuesWithin>[0]): boolean {
  return valuesWithin(test).some(
    (part) =>
      part.kind === "not" &&
      part.of.kind === "name" &&
      /user|session|auth|signedin|loggedin|admin/i.test(lastName(part.of.name)),
  );
}
