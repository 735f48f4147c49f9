import { linesOfStart } from "#model/call-order.js";
import type { ReachedCall } from "#model/costly-calls.js";
import { functionAt } from "#model/functions.js";
import type { Guard } from "#model/guards.js";
import { walk } from "#model/limiter-behaviour.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";
import { hasPart } from "#model/value-walk.js";
import type { Value } from "#parse/module-facts.js";

/** The costly calls that have run when a route's handler comes to ask who calls. */
export function beforeGuards(
  project: Project,
  route: Route,
  guards: readonly Guard[],
  costly: readonly ReachedCall[],
): readonly ReachedCall[] {
  return costly.filter(
    (one) => !guards.some((guard) => isBefore(project, route, guard, one)),
  );
}

function isBefore(
  project: Project,
  route: Route,
  { from }: Guard,
  reached: ReachedCall,
): boolean {
  if (from === undefined) return true;
  const lines = linesTo(project, reached);
  return (
    lines.length === 0 ||
    lines.some((line) => from <= line) ||
    isForSomebody(project, route, reached)
  );
}

function linesTo(project: Project, { via, costly }: ReachedCall) {
  return linesOfStart(project, { via, line: costly.line });
}

const callerWord =
  /secret|token|auth|user|session|internal|admin|signature|cron|role|api_?key|member/i;

/** Whether a costly call only runs under a condition that speaks of the caller. */
export function isForSomebody(
  project: Project,
  { handler }: Route,
  reached: ReachedCall,
): boolean {
  const steps = walk(functionAt(project, handler)?.steps ?? []);
  return linesTo(project, reached).some((line) =>
    steps
      .filter(({ step }) => step.line <= line)
      .at(-1)
      ?.tests.some((test) => hasPart(test, speaksOfCaller)),
  );
}

function speaksOfCaller(part: Value): boolean {
  if (part.kind === "name" || part.kind === "environment")
    return callerWord.test(part.name);
  return part.kind === "call" && callerWord.test(part.callee);
}
