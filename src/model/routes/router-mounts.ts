import type { Value } from "#parse/module-facts.js";
import { resolveConstant } from "../constants.js";
import { resolveFunction } from "../functions.js";
import { resolveImport } from "../module-graph.js";
import type { ChainLink } from "../route.js";
import { stringOf } from "../value-walk.js";
import { fastifyPlugin } from "./fastify.js";
import { autoloaded } from "./fastify-autoload.js";
import { linksOf } from "./handlers.js";
import { pathsOf, type RouterCall, type RouterEvent } from "./router-call.js";
import {
  parameterRouter,
  routerNamed,
  type RouterObject,
  routerReturned,
} from "./router-objects.js";

/** `use`, `register`, Hono's `route`, and handing a router to a function: middleware and further routers. */
export function mountsOf(call: RouterCall): readonly RouterEvent[] {
  if (call.method === "(pass)") return passed(call);
  if (call.method === "register") return registered(call);
  const { project, path, within } = call;
  const given = call.call.arguments;
  const [first, ...others] = given;
  const named = pathsOf(project, path, first);
  const rest = (named.length > 0 ? others : given).flatMap((one) =>
    one.kind === "list" ? one.items : [one],
  );
  const prefixes = named.length > 0 ? named : [""];
  const links: ChainLink[] = [];
  const events: RouterEvent[] = [];
  for (const value of rest) {
    const target = routerGiven(call, value);
    if (target === undefined) {
      links.push(...linksOf(project, path, value, within));
      continue;
    }
    for (const prefix of prefixes)
      events.push({
        kind: "mount",
        prefix,
        links: [...links],
        target,
        isSame: false,
      });
  }
  if (events.length > 0) return events;
  return prefixes.map((prefix) => ({
    kind: "use",
    prefix,
    links: links.map((link) => ({ ...link, isGlobal: true as const })),
  }));
}

/** The router that an argument stands for: a name, `router.routes()`, `require("./users")`, `createRouter()`. */
function routerGiven(
  { project, path, within }: RouterCall,
  value: Value,
): RouterObject | undefined {
  if (value.kind === "name") {
    const router = routerNamed(project, path, value.name, within);
    if (router) return router;
    const constant = resolveConstant(project, path, value.name);
    return constant?.value.kind === "call"
      ? routerReturned(project, constant.path, constant.value)
      : undefined;
  }
  if (value.kind === "member")
    return routerGiven({ project, path, within } as RouterCall, value.of);
  if (value.kind !== "call") return undefined;
  const owner = /^(.*)\.(?:routes|middleware|router|getRouter)$/.exec(
    value.callee,
  )?.[1];
  if (owner !== undefined) {
    const router = routerNamed(project, path, owner, within);
    if (router) return router;
  }
  if (value.on?.kind === "call" && value.callee === "")
    return routerGiven({ project, path, within } as RouterCall, value.on);
  return routerReturned(project, path, value, within);
}

function passed(call: RouterCall): RouterEvent[] {
  const { project, path, within, router } = call;
  const index = call.call.arguments.findIndex(
    (one) =>
      one.kind === "name" &&
      routerNamed(project, path, one.name, within)?.key === router.key,
  );
  const ref = calledFunction(call);
  const target = ref && parameterRouter(project, ref, index, router.framework);
  if (target === undefined || target.key === router.key) return [];
  return [{ kind: "mount", prefix: "", links: [], target, isSame: true }];
}

/** What is called: a name, or what a module that is loaded on the spot exports. */
function calledFunction({ project, path, within, call }: RouterCall) {
  if (call.callee !== "")
    return resolveFunction(
      project,
      path,
      { kind: "name", name: call.callee, line: call.line },
      within,
    );
  const specifier =
    call.on?.kind === "call" && call.on.callee === "require"
      ? stringOf(call.on.arguments[0])
      : undefined;
  const target = specifier && resolveImport(project, path, specifier);
  return target
    ? resolveFunction(project, target, {
        kind: "name",
        name: "default",
        line: call.line,
      })
    : undefined;
}

function registered(call: RouterCall): RouterEvent[] {
  const { project, router } = call;
  const [plugin] = call.call.arguments;
  if (plugin === undefined) return [];
  const loaded = autoloaded(call);
  if (loaded) return [...loaded];
  const { ref, isSame, prefix } = fastifyPlugin(call, plugin);
  const target = ref && parameterRouter(project, ref, 0, router.framework);
  if (target === undefined || target.key === router.key) return [];
  return [{ kind: "mount", prefix, links: [], target, isSame }];
}
