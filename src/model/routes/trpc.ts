import type { Value } from "#parse/module-facts.js";
import { resolveConstant } from "../constants.js";
import { functionAt } from "../functions.js";
import type { Placed } from "../placed.js";
import type { Project } from "../project.js";
import type { ChainLink, Route } from "../route.js";
import { allSteps, lastName, valuesOf, valuesWithin } from "../value-walk.js";
import { linkOf, wrappedHandler } from "./handlers.js";

const procedureEnds = /(?:^|\.)(?:query|mutation|subscription|handler|action)$/;
const routerMakers =
  /(?:^|\.)(?:router|createTRPCRouter|createRouter|mergeRouters)$/;
const mostSteps = 60;

/** The builder before a procedure's end: what it `use`s, and the names that it starts from. */
interface BuilderChain {
  readonly links: readonly ChainLink[];
  readonly roots: readonly string[];
  /** What `.input(…)` and its like give. */
  readonly schema: Placed | undefined;
}

/** Procedures of tRPC (and oRPC) routers, with the middleware that their builders bring. */
export function procedureRoutes(project: Project): readonly Route[] {
  return [...project.files].flatMap(([path, { code, module }]) => {
    if (code === undefined || module === undefined) return [];
    const top = functionAt(project, { path, at: -1 });
    const values = allSteps(top?.steps ?? []).flatMap((step) => {
      const name = step.kind === "let" ? (step.bindings[0]?.local ?? "") : "";
      return valuesOf(step).map((value) => ({ name, value }));
    });
    return values.flatMap(({ name, value }) =>
      valuesWithin(value).flatMap((part) =>
        part.kind === "call" && routerMakers.test(part.callee)
          ? routerEntries(project, path, part.arguments[0], name)
          : [],
      ),
    );
  });
}

function routerEntries(
  project: Project,
  path: string,
  value: Value | undefined,
  router: string,
): Route[] {
  if (value?.kind !== "object") return [];
  return value.entries.flatMap(({ key, value: entry }): Route[] => {
    if (key === "" || key === "...") return [];
    const at =
      entry.kind === "name"
        ? resolveConstant(project, path, entry.name)
        : { path, value: entry };
    if (at?.value.kind !== "call" || !procedureEnds.test(at.value.callee))
      return [];
    const route = procedure(project, at.path, at.value);
    return route ? [{ ...route, path: `${router}.${key}` }] : [];
  });
}

function procedure(
  project: Project,
  path: string,
  call: Extract<Value, { kind: "call" }>,
): Omit<Route, "path"> | undefined {
  const last = call.arguments.at(-1);
  const wrapped = last && wrappedHandler(project, path, last);
  if (wrapped === undefined) return undefined;
  const { links, roots, schema } = builderChain(project, path, call);
  if (!roots.some((root) => /procedure|^os$|^t$|base|^pub/i.test(root)))
    return undefined;
  return {
    framework: "trpc",
    methods: ["PROCEDURE"],
    file: path,
    line: call.line,
    handler: wrapped.handler,
    chain: [...links, ...wrapped.chain],
    ...(schema && { schema }),
  };
}

/** Safe server actions: `export const save = authClient.schema(…).action(async () => …)`. */
export function builderActions(project: Project): readonly Route[] {
  return [...project.files].flatMap(([path, { code, module }]) => {
    if (!code?.directives.includes("use server") || module === undefined)
      return [];
    return module.exports.flatMap(({ local, name, line }): Route[] => {
      const value = resolveConstant(project, path, local)?.value;
      if (value?.kind !== "call" || !procedureEnds.test(value.callee))
        return [];
      const route = wrappedHandler(
        project,
        path,
        value.arguments.at(-1) ?? value,
      );
      if (route === undefined) return [];
      const { links, schema } = builderChain(project, path, value);
      return [
        {
          framework: "next-action",
          methods: ["ACTION"],
          path: `${path}#${name}`,
          file: path,
          line,
          handler: route.handler,
          chain: [...links, ...route.chain],
          ...(schema && { schema }),
        },
      ];
    });
  });
}

/** Follows a builder to its start: `.use(fn)` and `.concat(other)` along the way, names to what they stand for. */
export function builderChain(
  project: Project,
  path: string,
  value: Value,
): BuilderChain {
  const links: ChainLink[] = [];
  const roots: string[] = [];
  let schema: Placed | undefined;
  let at: { readonly path: string; readonly value: Value } | undefined = {
    path,
    value,
  };
  for (let step = 0; at !== undefined && step < mostSteps; step++) {
    const { path: place, value: current }: { path: string; value: Value } = at;
    if (current.kind === "name") {
      roots.push(current.name);
      at = startOf(project, place, current.name);
    } else if (current.kind === "call") {
      const method = lastName(current.callee);
      if (
        method === "use" ||
        method === "concat" ||
        method === "unstable_concat"
      )
        links.unshift(
          ...current.arguments.map((one) =>
            middlewareLink(project, place, one),
          ),
        );
      const [first] = current.arguments;
      if (first && /^(?:input|inputSchema|schema)$/.test(method))
        schema ??= { path: place, value: first, within: undefined };
      const owner = current.callee.slice(0, -method.length - 1);
      if (current.on) at = { path: place, value: current.on };
      else if (owner !== "") {
        roots.push(owner);
        at = startOf(project, place, owner);
      } else at = undefined;
    } else at = undefined;
  }
  return { links, roots, schema };
}

/** The value that a builder's name stands for: `t.procedure` ends there, `protectedProcedure` goes on. */
function startOf(project: Project, path: string, name: string) {
  const constant = resolveConstant(project, path, name);
  if (constant) return constant.value.kind === "name" ? undefined : constant;
  const dot = name.lastIndexOf(".");
  if (dot < 0) return undefined;
  return resolveConstant(project, path, name.slice(0, dot));
}

/** `t.middleware(fn)` is the function in it. */
function middlewareLink(
  project: Project,
  path: string,
  value: Value,
): ChainLink {
  const constant =
    value.kind === "name"
      ? resolveConstant(project, path, value.name)
      : undefined;
  const given = constant ?? { path, value };
  const wrapped =
    given.value.kind === "call"
      ? wrappedHandler(project, given.path, given.value)
      : undefined;
  const base = linkOf(project, path, value);
  return wrapped ? { ...base, ref: wrapped.handler } : base;
}
