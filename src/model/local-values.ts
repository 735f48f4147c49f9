import type { CodeFacts, FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { functionById } from "./function-by-id.js";
import { allSteps } from "./value-walk.js";

/** The value of a name within functions, with the function that binds it. */
export interface LocalValue {
  readonly value: Value;
  /** Place within the value, dotted; empty for the whole. */
  readonly member: string;
  readonly within: FunctionFacts;
}

const known = new WeakMap<FunctionFacts, ReadonlyMap<string, LocalValue>>();

/** What the variables of a function start with; the first one of a name counts. */
export function localsOf(
  facts: FunctionFacts,
): ReadonlyMap<string, LocalValue> {
  const before = known.get(facts);
  if (before) return before;
  const locals = new Map<string, LocalValue>();
  for (const step of allSteps(facts.steps)) {
    if (step.kind === "let")
      for (const { local, path } of step.bindings)
        if (!locals.has(local))
          locals.set(local, { value: step.value, member: path, within: facts });
    if (step.kind === "set" && step.target && !locals.has(step.target))
      locals.set(step.target, {
        value: step.value,
        member: "",
        within: facts,
      });
  }
  known.set(facts, locals);
  return locals;
}

/**
 * What a variable of the enclosing functions starts with; the module's own are not looked at.
 *
 * @returns undefined where no enclosing function binds the name to a whole value, or a parameter has it.
 */
export function localValue(
  code: CodeFacts,
  name: string,
  within: FunctionFacts | undefined,
): LocalValue | undefined {
  let scope = within;
  while (scope !== undefined && scope.at !== -1) {
    const found = localsOf(scope).get(name);
    if (found) return found.member === "" ? found : undefined;
    if (scope.parameters.some((one) => one.some((b) => b.local === name)))
      return undefined;
    scope = functionById(code, scope.parent);
  }
  return undefined;
}
