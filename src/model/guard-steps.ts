import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { FunctionRef } from "./function-ref.js";
import { resolveFunction } from "./functions.js";
import type { Guard } from "./guard.js";
import type { Project } from "./project.js";
import { type CallValue, valuesWithin } from "./value-walk.js";

/** The function that another one makes and returns: it guards as what it makes does. */
export function returnedFunction(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  value: Value,
): FunctionRef | undefined {
  if (value.kind !== "function" && value.kind !== "name") return undefined;
  const found = resolveFunction(project, ref.path, value, facts);
  return found?.path === ref.path && found.at > ref.at ? found : undefined;
}

/** Whether a branch depends on a setting: taken in some places only, it says nothing of the others. */
export function isOptional(step: Extract<Step, { kind: "if" }>): boolean {
  if (step.else.length > 0) return false;
  return valuesWithin(step.test).some((part) => part.kind === "environment");
}

/** `jwt.verify(token, key, (error, user) => …)` tells by its callback. */
export function isCallbackStyle(call: CallValue): boolean {
  return call.arguments.some((one) => one.kind === "function");
}

/** A guard at a place. */
export function guardAt(
  kind: Guard["kind"],
  how: string,
  file: string,
  line: number,
  by: Guard["by"],
): Guard {
  return { kind, how, file, line, by };
}
