import { constantOf, type Value } from "#parse/module-facts.js";
import { functionAt, resolveFunction } from "../functions.js";
import type { Project } from "../project.js";
import { type CallValue, rootName, stringOf } from "../value-walk.js";

/** Frameworks whose routes are registered by calls. */
export type RouterFramework = "express" | "fastify" | "hono" | "koa";

const packages: readonly (readonly [RegExp, RouterFramework])[] = [
  [/^(?:npm:)?express(?:-promise-router|-ws)?(?:@.*)?$/, "express"],
  [/^(?:polka|restify|@feathersjs\/express|router)$/, "express"],
  [/^(?:npm:)?fastify(?:@.*)?$/, "fastify"],
  [/^(?:npm:|jsr:@)?(?:@hono\/zod-openapi|hono(?:\/.+)?)(?:@.*)?$/, "hono"],
  [/^https:\/\/(?:deno\.land\/x|esm\.sh)\/hono/, "hono"],
  [/^(?:koa|@koa\/router|koa-router|@oak\/oak|oak)$/, "koa"],
];

/** What a constructor or a chain on one makes: `express.Router()`, `new Hono().basePath("/api")`. */
export function constructed(
  project: Project,
  path: string,
  value: Value,
):
  { readonly framework: RouterFramework; readonly prefix: string } | undefined {
  let prefix = "";
  let at = value;
  for (let depth = 0; depth < 100 && at.kind === "call"; depth++) {
    if (at.callee === "basePath" || at.callee === "prefix")
      prefix = stringOf(at.arguments[0]) ?? prefix;
    if (at.on === undefined && at.callee === "require") {
      const framework = frameworkOf(requiredPackage(at));
      return framework && { framework, prefix };
    }
    if (at.on === undefined) {
      const direct = made(project, path, at);
      return direct && { framework: direct, prefix: prefix || ownPrefix(at) };
    }
    if (at.callee === "" && at.on.kind === "call") {
      const framework = frameworkOf(requiredPackage(at.on));
      if (framework) return { framework, prefix };
    }
    at = at.on;
  }
  return undefined;
}

function ownPrefix(call: CallValue): string {
  const [options] = call.arguments;
  if (options?.kind !== "object") return "";
  return (
    stringOf(options.entries.find(({ key }) => key === "prefix")?.value) ?? ""
  );
}

function made(
  project: Project,
  path: string,
  call: CallValue,
  depth = 3,
): RouterFramework | undefined {
  const module = project.files.get(path)?.module;
  const root = rootName(call.callee);
  const imported = module?.imports.find((one) => one.local === root);
  const from = imported?.from ?? requiredAs(module && constantOf(module, root));
  const framework = frameworkOf(from ?? "");
  if (framework === undefined) return madeByOwn(project, path, call, depth);
  return /(?:^|\.)(?:json|urlencoded|static|raw|text|cors|logger|use)$/.test(
    call.callee,
  ) || /^(?:[a-z]+\/(?!tiny|quick))/.test(from ?? "")
    ? undefined
    : framework;
}

/** `createRouter()`, a function of the project that gives back a new one each time. */
function madeByOwn(
  project: Project,
  path: string,
  { callee, on, line }: CallValue,
  depth: number,
): RouterFramework | undefined {
  if (on !== undefined || depth <= 0) return undefined;
  if (!/^[a-z]\w*(?:router|app|server|hono|api)\w*$/i.test(callee))
    return undefined;
  const ref = resolveFunction(project, path, {
    kind: "name",
    name: callee,
    line,
  });
  const steps = (ref && functionAt(project, ref)?.steps) ?? [];
  const [only] = steps;
  return ref && steps.length === 1 && only?.kind === "return" && only.value
    ? chainRoot(project, ref.path, only.value, depth - 1)
    : undefined;
}

function chainRoot(
  project: Project,
  path: string,
  value: Value,
  depth: number,
): RouterFramework | undefined {
  let at: Value | undefined = value;
  while (at?.kind === "call" && at.on !== undefined) at = at.on;
  return at?.kind === "call" ? made(project, path, at, depth) : undefined;
}

function requiredAs(value: Value | undefined): string | undefined {
  return value?.kind === "call" ? requiredPackage(value) : undefined;
}

function requiredPackage(call: CallValue): string {
  return call.callee === "require" ? (stringOf(call.arguments[0]) ?? "") : "";
}

/** The framework that a package is. */
export function frameworkOf(from: string): RouterFramework | undefined {
  return packages.find(([pattern]) => pattern.test(from))?.[1];
}
