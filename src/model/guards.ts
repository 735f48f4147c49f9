import type { Guard } from "./guard.js";
import type { FunctionRef } from "./function-ref.js";
import { enclosingTaints, summaryOf } from "./guard-scan.js";
import { lookupOf } from "./identity-lookups.js";
import { routeTests } from "./path-conditions.js";
import type { Project } from "./project.js";
import type { ChainLink, Route } from "./route.js";
import type { CallValue } from "./value-walk.js";

export type { Guard } from "./guard.js";

const known = new WeakMap<Project, WeakMap<Route, readonly Guard[]>>();

/**
 * What refuses strangers on the way to a route's handler and in it: middleware, hooks, wrappers, guards of classes
 * and builders, and look-ups of the session whose result is tested. A name alone makes no guard.
 */
export function guardsOf(project: Project, route: Route): readonly Guard[] {
  let cache = known.get(project);
  if (!cache) known.set(project, (cache = new WeakMap()));
  const before = cache.get(route);
  if (before) return before;
  const around = route.chain.flatMap((link) =>
    linkGuards(project, route, link),
  );
  const found = [
    ...around,
    ...requiredRoles(route, around),
    ...ownGuards(project, route),
  ];
  const guards = distinct(found);
  cache.set(route, guards);
  return guards;
}

function linkGuards(
  project: Project,
  route: Route,
  link: ChainLink,
): readonly Guard[] {
  if (link.name === "verify_jwt") return [platformGuard(link)];
  const library = libraryGuard(project, link);
  if (library) return [library];
  const known = link.isGlobal ? routeTests(project, route) : undefined;
  return [link.ref, link.wraps].flatMap((ref) =>
    ref === undefined || isSame(ref, route.handler)
      ? []
      : summaryOf(ref, { project, known }).guards.map(
          ({ kind, how, file, line, by }) => ({ kind, how, file, line, by }),
        ),
  );
}

function isSame(one: FunctionRef, other: FunctionRef): boolean {
  return one.at === other.at && one.path === other.path;
}

/** An action within a page knows what the page knew when it was made. */
function ownGuards(project: Project, route: Route): readonly Guard[] {
  const { handler, framework } = route;
  const outer =
    framework === "next-action" ? enclosingTaints(handler, project) : undefined;
  return summaryOf(handler, { project, ...(outer && { outer }) }).guards;
}

/** The roles that decorators name hold where a guard stands that can read them. */
function requiredRoles(route: Route, around: readonly Guard[]): Guard[] {
  const isRead =
    around.length > 0 ||
    route.chain.some(({ name }) => /guard/i.test(name.replace(/^@/, "")));
  if (!isRead) return [];
  return route.chain
    .filter(({ name }) => name.startsWith("@"))
    .map(({ name, file, line }) => ({
      kind: "role",
      how: name,
      file,
      line,
      by: "throw",
    }));
}

function platformGuard({ file, line, name }: ChainLink): Guard {
  return { kind: "platform", how: name, file, line, by: "throw" };
}

/** Middleware that a package brings: `passport.authenticate("jwt")`, `requireAuth()` of Clerk. */
function libraryGuard(project: Project, link: ChainLink): Guard | undefined {
  const { value } = link;
  const call: CallValue =
    value?.kind === "call"
      ? value
      : { kind: "call", callee: link.name, arguments: [], line: link.line };
  const lookup = lookupOf(project, link.valueFile ?? link.file, call);
  if (!lookup?.rejects) return undefined;
  const { kind, how } = lookup;
  return { kind, how, file: link.file, line: link.line, by: "throw" };
}

function distinct(guards: readonly Guard[]): Guard[] {
  const seen = new Set<string>();
  return guards.filter(({ kind, file, line }) => {
    const key = `${kind} ${file} ${String(line)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
