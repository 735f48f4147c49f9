import type { CodeFacts, FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { allSteps } from "./value-walk.js";

/** A value that a function writes to a name, after its declaration. */
export interface AssignedValue {
  readonly value: Value;
  /** The function that writes it; undefined at the module's top level. */
  readonly within: FunctionFacts | undefined;
}

const known = new WeakMap<
  CodeFacts,
  ReadonlyMap<string, readonly AssignedValue[]>
>();

/**
 * Every value that a file assigns to a dotted name, in source order; `null` and `undefined` are left out.
 *
 * @param name - As written: `client`, `this.client`, `axios.defaults.baseURL`.
 */
export function assignedIn(
  code: CodeFacts,
  name: string,
): readonly AssignedValue[] {
  let byName = known.get(code);
  if (byName === undefined) {
    byName = collect(code);
    known.set(code, byName);
  }
  return byName.get(name) ?? [];
}

function collect(code: CodeFacts): Map<string, AssignedValue[]> {
  const found = new Map<string, AssignedValue[]>();
  for (const facts of code.functions)
    for (const step of allSteps(facts.steps)) {
      if (step.kind !== "set" || step.target === "" || isNothing(step.value))
        continue;
      const within = facts.at === -1 ? undefined : facts;
      const list = found.get(step.target);
      const assigned = { value: step.value, within };
      if (list) list.push(assigned);
      else found.set(step.target, [assigned]);
    }
  return found;
}

function isNothing(value: Value): boolean {
  return (
    (value.kind === "literal" && value.value === null) ||
    (value.kind === "name" && value.name === "undefined")
  );
}
