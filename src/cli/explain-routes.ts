import { resolve } from "node:path";
import { checks } from "#checks/index.js";
import { buildProject } from "#model/build-project.js";
import { costlyReach } from "#model/costly-calls.js";
import { guardsOf } from "#model/guards.js";
import { limitersOf } from "#model/limiters.js";
import type { Project } from "#model/project.js";
import { flowOf } from "#model/request-flow.js";
import { type Route, routesOf } from "#model/routes.js";
import { readRepository } from "#worktree/read-snapshot.js";
import { complain } from "./complain.js";
import { exitCodes } from "./exit-code.js";

/**
 * Prints the routes of a folder, one a line: method, path, place, what refuses strangers, which calls that cost money
 * it reaches, and what limits how often.
 *
 * @returns the exit code.
 */
export async function explainRoutes(path: string | undefined): Promise<number> {
  const project = await projectAt(path);
  for (const route of routesOf(project))
    print(
      [
        titleOf(route),
        placeOf(route),
        guardList(project, route),
        costList(project, route),
        limiterList(project, route),
      ].join("  "),
    );
  print(`${String(routesOf(project).length)} routes`);
  return exitCodes.nothingBlocks;
}

/**
 * Prints why a route is thought to be open or guarded.
 *
 * @param place - `FILE:LINE` of the route or within its handler's file; without a line, all routes of the file.
 * @returns the exit code.
 */
export async function explainRoute(
  place: string,
  path: string | undefined,
): Promise<number> {
  const [, file = place, line] = /^(.*):(\d+)$/.exec(place) ?? [];
  const project = await projectAt(path);
  const routes = routesOf(project).filter(
    (route) =>
      route.file === file &&
      (line === undefined || route.line === Number(line)),
  );
  for (const route of routes) explain(project, route);
  if (routes.length > 0) return exitCodes.nothingBlocks;
  complain(
    `no route stands at ${place}; "vibegate explain routes" lists them.`,
  );
  return exitCodes.usage;
}

function explain(project: Project, route: Route): void {
  print(`${titleOf(route)}  ${placeOf(route)}  (${route.framework})`);
  for (const { name, file, line, ref } of route.chain) {
    const known = ref ? "" : ", not part of this repository";
    print(`  runs before it: ${name} (${file}:${String(line)}${known})`);
  }
  const guards = guardsOf(project, route);
  for (const { kind, how, file, line } of guards)
    print(`  guard: ${kind} by ${how} (${file}:${String(line)})`);
  if (guards.length === 0)
    print(
      "  no guard: nothing before or in the handler refuses unknown callers",
    );
  print(`  costs: ${costList(project, route)}`);
  print(`  limits: ${limiterList(project, route)}`);
  for (const one of flowOf(project, route).operations)
    print(
      `  ${one.kind}: ${one.table || "stored data"} through ${one.rights} (${one.file}:${String(one.line)})`,
    );
}

async function projectAt(path: string | undefined): Promise<Project> {
  const snapshot = await readRepository({
    ...(path !== undefined && { path: resolve(path) }),
    needs: checks.map(({ needs }) => needs),
    takenAt: new Date().toISOString(),
  });
  return buildProject(snapshot, { checks: [] });
}

function titleOf({ methods, path }: Route): string {
  return `${methods.join("|")} ${path}`;
}

function placeOf({ file, line }: Route): string {
  return `${file}:${String(line)}`;
}

function guardList(project: Project, route: Route): string {
  const guards = guardsOf(project, route).map(
    ({ kind, file, line }) => `${kind} (${file}:${String(line)})`,
  );
  return guards.length > 0 ? guards.join(", ") : "no guard";
}

function costList(project: Project, route: Route): string {
  const costs = costlyReach(project, route.handler).map(
    ({ costly: { provider, path, line } }) =>
      `${provider} (${path}:${String(line)})`,
  );
  return costs.length > 0 ? [...new Set(costs)].join(", ") : "no cost";
}

function limiterList(project: Project, route: Route): string {
  const limiters = limitersOf(project, route).map(
    ({ how, file, line }) => `${how} (${file}:${String(line)})`,
  );
  return limiters.length > 0 ? [...new Set(limiters)].join(", ") : "no limiter";
}

/** Names come from the repository: control characters must not reach the terminal. */
function print(line: string): void {
  process.stdout.write(`${line.replace(/\p{Cc}/gu, "?")}\n`);
}
