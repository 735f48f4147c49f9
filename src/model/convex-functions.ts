import type { ObjectEntry, Value } from "#parse/module-facts.js";
import { resolveConstant, resolveExport } from "./constants.js";
import type { FunctionRef } from "./function-ref.js";
import { resolveFunction } from "./functions.js";
import type { Project } from "./project.js";
import { type CallValue, lastName } from "./value-walk.js";

const generated = /(?:^|\/)_generated\/server(?:\.js)?$/;

/** A function of Convex as it is registered: `export const send = mutation({ args, handler })`. */
export interface ConvexFunction {
  /** `mutation`, `internalAction`, `httpAction` … */
  readonly maker: string;
  readonly handler: FunctionRef;
}

/** The function of Convex that a value makes, where its file imports the makers that Convex generates. */
export function convexFunction(
  project: Project,
  path: string,
  value: Value,
): ConvexFunction | undefined {
  if (value.kind !== "call" || value.on !== undefined) return undefined;
  const maker = project.files
    .get(path)
    ?.module?.imports.find(
      ({ from, local }) => local === value.callee && generated.test(from),
    )?.name;
  const [given] = value.arguments;
  if (maker === undefined || given === undefined) return undefined;
  const body = given.kind === "object" ? handlerOf(given.entries) : given;
  const handler = body && resolveFunction(project, path, body);
  return handler && { maker, handler };
}

function handlerOf(entries: readonly ObjectEntry[]): Value | undefined {
  return entries.find(({ key }) => key === "handler")?.value;
}

const runners =
  /(?:^|\.)(?:scheduler\.run(?:After|At)|run(?:Action|Mutation|Query))$/;

/** `ctx.scheduler.runAfter(0, internal.ai.answer, …)`: the function that runs then. */
export function convexCallee(
  project: Project,
  { callee, arguments: given }: CallValue,
): FunctionRef | undefined {
  if (!runners.test(callee)) return undefined;
  const named = given.find(
    (one) => one.kind === "name" && /^(?:internal|api)\./.test(one.name),
  );
  if (named?.kind !== "name") return undefined;
  const parts = named.name.split(".").slice(1, -1);
  const name = lastName(named.name);
  for (const extension of ["ts", "tsx", "js"]) {
    const end = `convex/${parts.join("/")}.${extension}`;
    const path = [...project.files.keys()].find(
      (one) => one === end || one.endsWith(`/${end}`),
    );
    const made = path && exportedFunction(project, path, name);
    if (made) return made.handler;
  }
  return undefined;
}

function exportedFunction(project: Project, path: string, name: string) {
  const found = resolveExport(project, path, name);
  const constant = found && resolveConstant(project, found.path, found.name);
  return constant && convexFunction(project, constant.path, constant.value);
}
