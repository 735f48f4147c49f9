import type { FunctionFacts } from "#parse/code-facts.js";
import { constantOf, type Value } from "#parse/module-facts.js";
import { resolveConstant, resolveExport, resolveName } from "../constants.js";
import type { FunctionRef } from "../function-ref.js";
import { functionAt, resolveFunction } from "../functions.js";
import { localsOf } from "../local-values.js";
import { resolveImport } from "../module-graph.js";
import type { Project } from "../project.js";
import {
  constructed,
  frameworkOf,
  type RouterFramework,
} from "./router-makers.js";
import { allSteps, type CallValue, rootName, stringOf } from "../value-walk.js";

/** One object on which routes are registered, named by where it is bound. */
export interface RouterObject {
  readonly key: string;
  readonly framework: RouterFramework;
  readonly path: string;
  /** Prefix that its constructor gives to all of its routes. */
  readonly prefix: string;
  /** Whether a parameter brings it in, so that somebody else made it. */
  readonly isParameter: boolean;
}

const parameterNames =
  /^_?(?:app|router|server|fastify|api|route|routes|hono|instance|expressApp|scope|application|web)$/;

/** The router that an expression's name stands for in a function. */
export function routerNamed(
  project: Project,
  path: string,
  name: string,
  within: FunctionFacts,
): RouterObject | undefined {
  const scoped = routerInScope(project, path, name, within);
  if (scoped !== undefined) return scoped ?? undefined;
  return routerOfModule(project, path, name);
}

/** null where the scope binds the name to something else. */
function routerInScope(
  project: Project,
  path: string,
  name: string,
  within: FunctionFacts,
): RouterObject | null | undefined {
  let scope: FunctionFacts | undefined = within;
  while (scope !== undefined) {
    const key = `${path}#${String(scope.at)}#${name}`;
    const local = localsOf(scope).get(name);
    if (local) {
      const made =
        local.member === "" && constructed(project, path, local.value);
      if (made) return { key, path, isParameter: false, ...made };
      if (scope.at !== -1) return null;
    }
    const parameter = scope.parameters.flat().find((one) => one.local === name);
    if (parameter)
      return parameterNames.test(name)
        ? {
            key,
            path,
            isParameter: true,
            framework: frameworkOfFile(project, path, name),
            prefix: "",
          }
        : null;
    const { parent, at }: FunctionFacts = scope;
    scope = at === -1 ? undefined : functionAt(project, { path, at: parent });
  }
  return name.startsWith("this.")
    ? routerOfThis(project, path, name)
    : undefined;
}

function routerOfThis(
  project: Project,
  path: string,
  name: string,
): RouterObject | undefined {
  const code = project.files.get(path)?.code;
  for (const one of code?.functions ?? []) {
    const local = localsOf(one).get(name);
    const made = local && constructed(project, path, local.value);
    if (made)
      return { key: `${path}##${name}`, path, isParameter: false, ...made };
  }
  const field = name.slice(5);
  for (const value of Object.values(
    project.files.get(path)?.module?.constants ?? {},
  )) {
    if (value.kind !== "class") continue;
    const initial = value.entries.find(({ key }) => key === field)?.value;
    const made = initial && constructed(project, path, initial);
    if (made)
      return { key: `${path}##${name}`, path, isParameter: false, ...made };
  }
  return undefined;
}

/** A router that a module holds at its top level, also through imports and objects. */
export function routerOfModule(
  project: Project,
  path: string,
  name: string,
): RouterObject | undefined {
  if (!name.includes(".")) {
    const definition = resolveName(project, path, name);
    if (definition === undefined) return undefined;
    if (definition.name !== "*")
      return routerDefined(project, definition.path, definition.name);
    const whole = resolveExport(project, definition.path, "default");
    return whole && routerDefined(project, whole.path, whole.name);
  }
  const constant = resolveConstant(project, path, name);
  if (constant?.value.kind !== "call") return undefined;
  const { constants } = project.files.get(constant.path)?.module ?? {};
  for (const [known, value] of Object.entries(constants ?? {}))
    if (value === constant.value)
      return routerDefined(project, constant.path, known);
  return undefined;
}

/** The router that a module exports as its default. */
export function defaultRouter(
  project: Project,
  path: string,
): RouterObject | undefined {
  const definition = resolveExport(project, path, "default");
  return definition && routerDefined(project, definition.path, definition.name);
}

function routerDefined(
  project: Project,
  path: string,
  name: string,
  stepsLeft = 5,
): RouterObject | undefined {
  const facts = project.files.get(path)?.module;
  const value = facts && constantOf(facts, name);
  if (value === undefined || stepsLeft <= 0) return undefined;
  if (value.kind === "name") {
    const top = functionAt(project, { path, at: -1 });
    const instance = /^(.*)\.(?:app|router|express)$/.exec(value.name)?.[1];
    if (instance !== undefined) return routerOfInstance(project, path, value);
    if (value.name === name || value.name.includes(".") || !top)
      return undefined;
    return routerDefined(project, path, value.name, stepsLeft - 1);
  }
  const made = constructed(project, path, value);
  if (made)
    return { key: `${path}#-1#${name}`, path, isParameter: false, ...made };
  return value.kind === "call"
    ? routerReturned(project, path, value)
    : undefined;
}

/** `export default new UserRoutes().router`. */
function routerOfInstance(
  project: Project,
  path: string,
  value: Value,
): RouterObject | undefined {
  if (value.kind !== "name") return undefined;
  const constant = resolveConstant(project, path, rootName(value.name));
  if (constant?.value.kind !== "call") return undefined;
  const definition = resolveName(project, constant.path, constant.value.callee);
  return (
    definition &&
    routerOfThis(
      project,
      definition.path,
      `this.${value.name.split(".").at(-1) ?? ""}`,
    )
  );
}

/** The router that a call of a project's function returns: `app.use(createRouter())`. */
export function routerReturned(
  project: Project,
  path: string,
  call: CallValue,
  within?: FunctionFacts,
): RouterObject | undefined {
  if (call.callee === "require") {
    const specifier = stringOf(call.arguments[0]);
    const target = specifier && resolveImport(project, path, specifier);
    return target ? defaultRouter(project, target) : undefined;
  }
  const callee: Value = { kind: "name", name: call.callee, line: call.line };
  const ref = resolveFunction(project, path, callee, within);
  const facts = ref && functionAt(project, ref);
  if (ref === undefined || facts === undefined) return undefined;
  for (const step of allSteps(facts.steps)) {
    if (step.kind !== "return" || step.value?.kind !== "name") continue;
    const router = routerInScope(project, ref.path, step.value.name, facts);
    if (router && !router.isParameter) return router;
  }
  return undefined;
}

/** For routers that come in as parameters: by the parameter's name and the file's imports. */
function frameworkOfFile(
  project: Project,
  path: string,
  name: string,
): RouterFramework {
  if (/fastify|instance|scope/.test(name)) return "fastify";
  if (name === "hono") return "hono";
  const imports = project.files.get(path)?.module?.imports ?? [];
  for (const { from } of imports) {
    const framework = frameworkOf(from);
    if (framework) return framework;
  }
  return "express";
}

/** The router that a function takes as its parameter of that place. */
export function parameterRouter(
  project: Project,
  ref: FunctionRef,
  index: number,
  framework: RouterFramework,
): RouterObject | undefined {
  const binding = functionAt(project, ref)?.parameters[index]?.[0];
  if (binding?.path !== "") return undefined;
  return {
    key: `${ref.path}#${String(ref.at)}#${binding.local}`,
    framework,
    path: ref.path,
    prefix: "",
    isParameter: true,
  };
}
