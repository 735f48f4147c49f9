import { runsAfter } from "#model/call-order.js";
import { functionsReached, type ReachedCall } from "#model/costly-calls.js";
import { callsIn, functionAt } from "#model/functions.js";
import { guardsOf } from "#model/guards.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";
import {
  allSteps,
  hasPart,
  valuesOf,
  valuesWithin,
} from "#model/value-walk.js";
import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";

/** How many lines after the test of a header its refusal stands. */
const refusalLines = 6;

/** Whether something on the way refuses callers under a condition that could not be followed. */
export function mayRefuse(
  project: Project,
  route: Route,
  { via, costly }: ReachedCall,
): boolean {
  const weak = guardsOf(project, route).filter(
    ({ kind, how }) => kind === "presence" && /header/i.test(how),
  );
  const before = route.chain.flatMap(({ ref }) => (ref ? [ref] : []));
  const paid = { via, line: costly.line };
  return [
    ...before.map((ref) => [ref]),
    ...functionsReached(project, route.handler),
  ].some((way) => {
    const ref = way.at(-1);
    const facts = ref && functionAt(project, ref);
    return (
      facts !== undefined &&
      refusalsIn(facts).some(
        (line) =>
          // That a header is there proves nothing, so its refusal tells nothing.
          !weak.some(
            (one) =>
              one.file === ref?.path &&
              line >= one.line &&
              line <= one.line + refusalLines,
          ) && !runsAfter(project, { via: way, line }, paid),
      )
    );
  });
}

/** Lines on which a function answers that the caller may not. */
function refusalsIn({ steps }: FunctionFacts): number[] {
  return allSteps(steps)
    .flatMap((step) => valuesOf(step))
    .flatMap((value) => valuesWithin(value))
    .filter(isRefusal)
    .map(({ line }) => line);
}

function isRefusal(part: Value): boolean {
  return part.kind === "literal" && (part.value === 401 || part.value === 403);
}

/** A function that asks the database with its caller's token learns from the row policies whether there is a caller. */
export function asksAsCaller(
  project: Project,
  { handler }: Route,
  { via, costly }: ReachedCall,
): boolean {
  const paid = { via, line: costly.line };
  return functionsReached(project, handler).some((way) => {
    const facts = functionAt(project, way.at(-1) ?? handler);
    return (
      facts !== undefined &&
      callsIn(facts).some(
        ({ callee, call, line }) =>
          /(?:^|\.)create(?:Server|Edge)?Client$/.test(callee) &&
          !runsAfter(project, { via: way, line }, paid) &&
          call.arguments.some((one) =>
            hasPart(
              one,
              (part) =>
                part.kind === "object" &&
                part.entries.some(({ key }) => /^authorization$/i.test(key)),
            ),
          ),
      )
    );
  });
}
