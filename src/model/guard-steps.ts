import type { FunctionFacts, Step } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { FunctionRef } from "./function-ref.js";
import { resolveFunction } from "./functions.js";
import type { Guard } from "./guard.js";
import type { Project } from "./project.js";
import { type CallValue, stringOf, valuesWithin } from "./value-walk.js";

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
  if (step.else.length > 0 || isProduction(step.test)) return false;
  return valuesWithin(step.test).some((part) => part.kind === "environment");
}

/** Whether a test only asks if the app runs where its users are: a branch for production holds for all of them. */
function isProduction(test: Value): boolean {
  if (test.kind === "environment") return test.name === "VERCEL";
  if (test.kind !== "compare") return false;
  const [setting] = [test.left, test.right].filter(
    (side) => side.kind === "environment",
  );
  const text = stringOf(setting === test.left ? test.right : test.left);
  if (setting === undefined || text === undefined) return false;
  if (!/^(?:NODE_ENV|VERCEL|VERCEL_ENV|APP_ENV)$/.test(setting.name))
    return false;
  return test.operator.startsWith("!")
    ? /^(?:dev|development|local|test)$/.test(text)
    : /^(?:1|prod|production)$/.test(text);
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
