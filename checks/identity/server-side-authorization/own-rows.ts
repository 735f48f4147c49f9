import { callsIn, functionAt } from "#model/functions.js";
import { summaryOf } from "#model/guard-scan.js";
import { lookupOf } from "#model/identity-lookups.js";
import type { Project } from "#model/project.js";
import { flowOf, type Operation } from "#model/request-flow.js";
import type { Route } from "#model/routes.js";

/**
 * A row that is picked by who the caller is: a stranger picks none. What takes conditions as an object leaves out those that
 * are not set, and then picks every row. A name alone, such as `userId`, picks for nobody.
 */
export function isOwnRow(
  project: Project,
  route: Route,
  { predicates, call }: Operation,
): boolean {
  return (
    !/\.(?:findMany|findFirst|findAll|find)$/.test(call.callee) &&
    predicates.some(({ origin }) => origin === "identity") &&
    looksUpCaller(project, route)
  );
}

/** Whether anything on the way asks whose session it is. */
function looksUpCaller(project: Project, route: Route): boolean {
  const called = flowOf(project, route).calls.map(({ to }) => to);
  return [route.handler, ...called].some((ref) => {
    const facts = functionAt(project, ref);
    return (
      facts !== undefined &&
      (callsIn(facts).some(
        ({ call }) => lookupOf(project, ref.path, call) !== undefined,
      ) ||
        summaryOf(ref, { project }).identity?.kind === "session")
    );
  });
}
