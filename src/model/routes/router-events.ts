import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { FunctionRef } from "../function-ref.js";
import { functionAt } from "../functions.js";
import type { Project } from "../project.js";
import {
  allSteps,
  type CallValue,
  stringOf,
  valuesOf,
  valuesWithin,
} from "../value-walk.js";
import { fastifyHooks, fastifyRoute } from "./fastify.js";
import { linksOf, wrappedHandler } from "./handlers.js";
import { pathsOf, type RouterCall, type RouterEvent } from "./router-call.js";
import { openApiRoute } from "./openapi.js";
import { mountsOf } from "./router-mounts.js";
import { constructed } from "./router-makers.js";
import { type RouterObject, routerNamed } from "./router-objects.js";

/** A router with what is registered on it. */
export interface RouterRecord {
  readonly router: RouterObject;
  readonly events: RouterEvent[];
}

/** Everything that a function's calls register, by the key of the router. */
export function collectEvents(
  project: Project,
  ref: FunctionRef,
  records: Map<string, RouterRecord>,
): void {
  const facts = functionAt(project, ref);
  if (facts === undefined) return;
  for (const step of allSteps(facts.steps)) {
    const bound = step.kind === "let" ? step.bindings[0]?.local : undefined;
    for (const value of valuesOf(step))
      for (const found of routerCalls(project, ref.path, facts, value, bound))
        record(records, found.router, eventsOf(found));
  }
}

function record(
  records: Map<string, RouterRecord>,
  router: RouterObject,
  events: readonly RouterEvent[],
): void {
  if (events.length === 0) return;
  const known = records.get(router.key);
  if (known) known.events.push(...events);
  else records.set(router.key, { router, events: [...events] });
}

/** The calls on routers within a value, in the order in which they run. */
function routerCalls(
  project: Project,
  path: string,
  within: FunctionFacts,
  value: Value,
  bound: string | undefined,
): RouterCall[] {
  const calls = valuesWithin(value).filter((part) => part.kind === "call");
  return calls.toReversed().flatMap((call): RouterCall[] => {
    const place = placeOf(call);
    const method = place.method;
    const router =
      place.root === undefined
        ? bound !== undefined && constructed(project, path, call)
          ? routerNamed(project, path, bound, within)
          : undefined
        : routerNamed(project, path, place.root, within);
    const passed = passedTo(project, path, within, call);
    const own = router
      ? [{ project, path, within, router, method, call, base: place.base }]
      : [];
    return [...own, ...passed];
  });
}

/** What a call in a chain is made on. */
function placeOf(call: CallValue): {
  readonly root: string | undefined;
  readonly method: string;
  readonly base: string | undefined;
} {
  let at: CallValue = call;
  let base: string | undefined;
  for (let depth = 0; depth < 200; depth++) {
    const dot = at.callee.lastIndexOf(".");
    const name = at.callee.slice(dot + 1);
    if (name === "route" && at !== call)
      base ??=
        at.arguments.length === 1 ? stringOf(at.arguments[0]) : undefined;
    if (at.on?.kind !== "call")
      return {
        root: dot < 0 ? undefined : at.callee.slice(0, dot),
        method: call.callee.slice(call.callee.lastIndexOf(".") + 1),
        base,
      };
    at = at.on;
  }
  return { root: undefined, method: "", base };
}

/** Routers that are handed to a function: `registerRoutes(app)`. */
function passedTo(
  project: Project,
  path: string,
  within: FunctionFacts,
  call: CallValue,
): RouterCall[] {
  if (call.on !== undefined && call.callee !== "") return [];
  return call.arguments.flatMap((argument): RouterCall[] => {
    if (argument.kind !== "name") return [];
    const router = routerNamed(project, path, argument.name, within);
    if (router === undefined) return [];
    return [
      {
        project,
        path,
        within,
        router,
        method: "(pass)",
        call,
        base: undefined,
      },
    ];
  });
}

const verbs: Readonly<Record<string, string>> = {
  get: "GET",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE",
  del: "DELETE",
  all: "*",
};

function eventsOf(call: RouterCall): readonly RouterEvent[] {
  const { router, method } = call;
  const verb = Object.hasOwn(verbs, method) ? verbs[method] : undefined;
  if (verb !== undefined) return verbRoutes(call, verb);
  if (method === "(pass)" || method === "use" || method === "register")
    return mountsOf(call);
  if (router.framework === "hono" && method === "route") return mountsOf(call);
  if (router.framework === "fastify" && method === "route")
    return fastifyRoute(call);
  if (router.framework === "fastify" && method === "addHook")
    return fastifyHooks(call);
  if (method === "openapi") return openApiRoute(call);
  return [];
}

function verbRoutes(call: RouterCall, verb: string): readonly RouterEvent[] {
  const { project, path, within } = call;
  const [first, ...others] = call.call.arguments;
  const paths =
    call.base !== undefined ? [call.base] : pathsOf(project, path, first);
  const given = flattened(
    call.base !== undefined ? call.call.arguments : others,
  );
  const last = given.at(-1);
  if (paths.length === 0 || last === undefined) return [];
  if (given[0]?.kind === "object" && call.base === undefined)
    return fastifyRoute(call, verb);
  const wrapped = wrappedHandler(project, path, last, within);
  if (wrapped === undefined) return [];
  const before = given
    .slice(0, -1)
    .flatMap((one) => linksOf(project, path, one, within));
  return [
    {
      kind: "route",
      methods: [verb],
      paths,
      chain: [...before, ...wrapped.chain],
      handler: wrapped.handler,
      file: path,
      line: call.call.line,
    },
  ];
}

function flattened(values: readonly Value[]): Value[] {
  return values.flatMap((one) => (one.kind === "list" ? one.items : [one]));
}
