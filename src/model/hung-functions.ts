import type { CodeFacts } from "#parse/code-facts.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import {
  allSteps,
  lastName,
  stringOf,
  valuesOf,
  valuesWithin,
} from "./value-walk.js";

const appName =
  /^(?:(?:req|request|this)\.)?(?:app|fastify|server|instance|api)$/;

const requestName = /^(?:_?req|request|this)$/;

const known = new WeakMap<Project, ReadonlyMap<string, Placed>>();

/**
 * What a project hangs on its app or on each request under a name, for all files: `app.decorate("verifyJwt", …)`,
 * `app.verifyAuth = …`, `app.decorateRequest("isAdmin", …)`.
 *
 * @param name - As it is used: `app.verifyJwt`.
 */
export function hungFunction(
  project: Project,
  name: string,
): Placed | undefined {
  const method = lastName(name);
  const owner = name.slice(0, -method.length - 1);
  const isOfRequest = requestName.test(owner);
  if (!isOfRequest && !appName.test(owner)) return undefined;
  let byName = known.get(project);
  if (byName === undefined) {
    byName = collect(project);
    known.set(project, byName);
  }
  return byName.get(isOfRequest ? ofRequest(method) : method);
}

/** What hangs on every request, whatever hangs on the app under the same name. */
function ofRequest(method: string): string {
  return `request.${method}`;
}

function collect(project: Project): Map<string, Placed> {
  const found = new Map<string, Placed>();
  for (const [path, { code }] of project.files)
    if (code) collectFrom(path, code, found);
  return found;
}

function collectFrom(
  path: string,
  code: CodeFacts,
  found: Map<string, Placed>,
): void {
  for (const within of code.functions)
    for (const step of allSteps(within.steps)) {
      if (step.kind === "set" && step.target.includes(".")) {
        const method = lastName(step.target);
        if (appName.test(step.target.slice(0, -method.length - 1)))
          found.set(method, { path, value: step.value, within });
      }
      for (const part of valuesOf(step).flatMap(valuesWithin)) {
        if (part.kind !== "call") continue;
        const [, on] = /^decorate(Request)?$/.exec(lastName(part.callee)) ?? [];
        if (on === undefined && lastName(part.callee) !== "decorate") continue;
        const [name, value] = part.arguments;
        const method = stringOf(name);
        if (method !== undefined && value)
          found.set(on ? ofRequest(method) : method, { path, value, within });
      }
    }
}
