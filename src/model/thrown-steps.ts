import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { FunctionRef } from "./function-ref.js";
import { functionAt, resolveFunction } from "./functions.js";
import type { Project } from "./project.js";
import { allSteps } from "./value-walk.js";

const known = new WeakMap<Project, Map<string, boolean>>();

/** Functions that throw by calling one that throws are followed this deep. */
const maxDepth = 3;

const endings = new WeakMap<Project, WeakMap<FunctionFacts, readonly Step[]>>();

/** The steps of a function, in which a call that never comes back, such as `jsonError(401, "…")`, is a `throw`. */
export function endingSteps(
  project: Project,
  { path }: FunctionRef,
  facts: FunctionFacts,
): readonly Step[] {
  let cache = endings.get(project);
  if (!cache) endings.set(project, (cache = new WeakMap()));
  const before = cache.get(facts);
  if (before) return before;
  const ended = (steps: readonly Step[]): readonly Step[] => {
    const found = steps.map((step): Step => {
      if (throwsFor(project, path, step, facts, maxDepth))
        return { kind: "throw", value: step.value, line: step.line };
      if (step.kind === "if") {
        const then = ended(step.then);
        const other = ended(step.else);
        return then === step.then && other === step.else
          ? step
          : { ...step, then, else: other };
      }
      if (step.kind !== "try") return step;
      const body = ended(step.body);
      return body === step.body ? step : { ...step, body };
    });
    return found.some((step, index) => step !== steps[index]) ? found : steps;
  };
  const steps = ended(facts.steps);
  cache.set(facts, steps);
  return steps;
}

function throwsFor(
  project: Project,
  path: string,
  step: Step,
  within: FunctionFacts,
  depth: number,
): step is Extract<Step, { kind: "do" }> {
  return (
    step.kind === "do" && neverReturns(project, path, step.value, within, depth)
  );
}

function neverReturns(
  project: Project,
  path: string,
  value: Value,
  within: FunctionFacts,
  depth: number,
): boolean {
  if (value.kind !== "call" || depth <= 0) return false;
  const { callee, on, line } = value;
  if (on !== undefined || callee === "" || callee.includes(".")) return false;
  const ref = resolveFunction(
    project,
    path,
    { kind: "name", name: callee, line },
    within,
  );
  return ref !== undefined && alwaysThrows(project, ref, depth);
}

function alwaysThrows(
  project: Project,
  ref: FunctionRef,
  depth: number,
): boolean {
  let cache = known.get(project);
  if (!cache) known.set(project, (cache = new Map()));
  const key = `${ref.path}#${String(ref.at)}`;
  const before = cache.get(key);
  if (before !== undefined) return before;
  cache.set(key, false);
  const facts = functionAt(project, ref);
  const found =
    facts !== undefined && throwsInTheEnd(project, ref, facts, depth);
  cache.set(key, found);
  return found;
}

function throwsInTheEnd(
  project: Project,
  { path }: FunctionRef,
  facts: FunctionFacts,
  depth: number,
): boolean {
  const last = facts.steps.at(-1);
  if (last === undefined) return false;
  const again = (value: Value) =>
    neverReturns(project, path, value, facts, depth - 1);
  // `const denied = (message) => fail(401, message)`
  if (last.kind === "return")
    return (
      facts.steps.length === 1 && last.value !== undefined && again(last.value)
    );
  const throws =
    last.kind === "throw" || (last.kind === "do" && again(last.value));
  return throws && !allSteps(facts.steps).some(({ kind }) => kind === "return");
}
