import {
  calleeOf,
  functionsReached,
  type ReachedCall,
} from "#model/costly-calls.js";
import { callsIn, type FunctionRef, functionAt } from "#model/functions.js";
import { httpTarget } from "#model/http-calls.js";
import { optionOf } from "#model/option-of.js";
import type { Project } from "#model/project.js";
import { type Route, routesOf } from "#model/routes.js";
import { type CallValue, valuesWithin } from "#model/value-walk.js";
import type { FunctionFacts } from "#parse/code-facts.js";
import { isSpared } from "./spared.js";
import { dearReach } from "./spenders.js";

/** A dear call that a function leads to, and the endpoint on the way where it goes through one. */
export interface Led extends ReachedCall {
  readonly route?: Route;
  /** How the browser comes to ask it: the functions on the way, and the call that asks. */
  readonly asked?: {
    readonly via: readonly FunctionRef[];
    readonly call: CallValue;
  };
}

/** Whether something keeps the call from being made each time, in the browser or behind the endpoint. */
export function isLedSpared(project: Project, led: Led): boolean {
  return (
    isSpared(project, led.via, led.costly.call) ||
    (led.asked !== undefined &&
      isSpared(project, led.asked.via, led.asked.call))
  );
}

/** The dear calls that a function of the browser leads to: its own, those of actions, and those of the endpoints it asks. */
export function ledTo(project: Project, ref: FunctionRef): readonly Led[] {
  const direct = dearReach(project, ref);
  const asked = functionsReached(project, ref).flatMap((way) =>
    endpointsOf(project, way.at(-1) ?? ref).flatMap(({ call, route }) =>
      dearReach(project, route.handler).map((one) => ({
        ...one,
        route,
        asked: { via: way, call },
      })),
    ),
  );
  return [...direct, ...asked];
}

interface Asked {
  readonly call: CallValue;
  readonly route: Route;
}

const known = new WeakMap<Project, Map<FunctionFacts, readonly Asked[]>>();

/** The project's endpoints that a function asks itself. */
function endpointsOf(project: Project, ref: FunctionRef): readonly Asked[] {
  const facts = functionAt(project, ref);
  if (!facts) return [];
  let cache = known.get(project);
  if (!cache) known.set(project, (cache = new Map()));
  const before = cache.get(facts);
  if (before) return before;
  const found = callsIn(facts).flatMap(({ call }): Asked[] => {
    const route = endpointOf(project, ref, facts, call);
    return route ? [{ call, route }] : [];
  });
  cache.set(facts, found);
  return found;
}

/** The project's endpoint that a call asks. */
function endpointOf(
  project: Project,
  ref: FunctionRef,
  facts: FunctionFacts,
  call: CallValue,
): Route | undefined {
  const [first] = call.arguments;
  if (first === undefined || isTrial(call)) return undefined;
  if (/(?:^|\.)functions\.invoke$/.test(call.callee))
    return first.kind === "literal"
      ? routeAt(project, `/functions/v1/${String(first.value)}`, "POST")
      : undefined;
  if (!/fetch|axios|api|http|ky|get$|post$|request/i.test(call.callee))
    return undefined;
  if (
    calleeOf(project, ref.path, facts, call) !== undefined &&
    !/^\$?fetch$/.test(call.callee)
  )
    return undefined;
  const target = httpTarget(project, {
    path: ref.path,
    value: call,
    within: facts,
  });
  if (target?.kind !== "relative") return undefined;
  return routeAt(project, target.path, methodOf(call));
}

/** A look whether an endpoint is there: `{ body: { test: true } }`. */
function isTrial({ arguments: given }: CallValue): boolean {
  return given.some((value) =>
    valuesWithin(value).some(
      (part) =>
        part.kind === "object" &&
        part.entries.some(
          ({ key, value: set }) =>
            /^(?:test|testMode|dry_?run|health_?check|ping)$/i.test(key) &&
            set.kind === "literal" &&
            set.value === true,
        ),
    ),
  );
}

function methodOf({ callee, arguments: given }: CallValue): string {
  const verb = /\.(get|post|put|patch|delete)$/i.exec(callee)?.[1];
  if (verb) return verb.toUpperCase();
  const method = given
    .map((one) => optionOf(one, "method"))
    .find((one) => one !== undefined);
  return method?.kind === "literal"
    ? String(method.value).toUpperCase()
    : "GET";
}

const byPath = new WeakMap<
  Project,
  readonly { readonly pattern: RegExp; readonly route: Route }[]
>();

function routeAt(
  project: Project,
  path: string,
  method: string,
): Route | undefined {
  let routes = byPath.get(project);
  if (!routes) {
    routes = routesOf(project).flatMap((route) =>
      route.path.startsWith("/")
        ? [{ pattern: patternOf(route.path), route }]
        : [],
    );
    byPath.set(project, routes);
  }
  const plain = path.replace(/[?#].*$/s, "").replace(/(?<=.)\/$/, "");
  return routes.find(
    ({ pattern, route }) =>
      (route.methods.includes("*") || route.methods.includes(method)) &&
      pattern.test(plain),
  )?.route;
}

function patternOf(path: string): RegExp {
  const source = path
    .split("/")
    .map((part) =>
      part.startsWith(":")
        ? "[^/]+"
        : part === "*"
          ? ".*"
          : part.replace(/[^\w-]/g, "\\$&"),
    )
    .join("/");
  return new RegExp(`^${source}$`);
}
