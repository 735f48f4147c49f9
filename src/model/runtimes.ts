import { isDrawnInBrowser } from "./both-sides.js";
import { moduleEdges } from "./module-edges.js";
import { entryFiles } from "./entries.js";
import type { Project } from "./project.js";
import { type Runtime, seedOf } from "./runtime-seeds.js";
import { saidRuntime } from "./said-runtimes.js";

export type { Runtime } from "./runtime-seeds.js";

interface Runtimes {
  readonly byPath: ReadonlyMap<string, Runtime>;
  readonly reachable: ReadonlySet<string>;
  /** Files that a browser or a phone loads, whoever else does. */
  readonly browser: ReadonlySet<string>;
}

const known = new WeakMap<Project, Runtimes>();

/**
 * Where a file runs: what the configuration says, what it says itself (`use client`, a route file, `server-only`), else where the files that
 * load it run; `shared` when that is both or cannot be told.
 */
export function runtimeOf(project: Project, path: string): Runtime {
  return runtimesOf(project).byPath.get(path) ?? "shared";
}

/** Whether anything that runs loads the file. Unreachable code weighs less; it is not forgotten. */
export function isReachable(project: Project, path: string): boolean {
  return runtimesOf(project).reachable.has(path);
}

/** Whether a browser or a phone loads the file; the server may, too. */
export function isLoadedByBrowser(project: Project, path: string): boolean {
  return runtimesOf(project).browser.has(path);
}

function runtimesOf(project: Project): Runtimes {
  const before = known.get(project);
  if (before) return before;
  const said = saidRuntime(project);
  const seeds = new Map(
    [...project.files.keys()].map((path) => [
      path,
      said(path) ?? seedOf(project, path),
    ]),
  );
  const client = spread(project, seeds, (one) => one === "client");
  const server = spread(
    project,
    seeds,
    (one) => one === "server" || one === "edge",
  );
  const edge = spread(project, seeds, (one) => one === "edge");
  const byPath = new Map<string, Runtime>();
  for (const [path, seed] of seeds)
    byPath.set(path, seed ?? joined(path, { client, server, edge }));
  const runtimes = {
    byPath,
    reachable: entryFiles(project),
    browser: new Set([...client, ...drawnInBrowser(project, seeds)]),
  };
  known.set(project, runtimes);
  return runtimes;
}

interface Sides {
  readonly client: ReadonlySet<string>;
  readonly server: ReadonlySet<string>;
  readonly edge: ReadonlySet<string>;
}

function joined(path: string, { client, server, edge }: Sides): Runtime {
  const isClient = client.has(path);
  const isServer = server.has(path);
  if (isClient === isServer) return "shared";
  if (isClient) return "client";
  return edge.has(path) ? "edge" : "server";
}

/** Pages that both sides draw, with what they load. */
function drawnInBrowser(
  project: Project,
  seeds: ReadonlyMap<string, Runtime | undefined>,
): ReadonlySet<string> {
  const drawn = [...seeds.keys()].filter(
    (path) =>
      !/^(?:test|script|generated|server|edge)$/.test(seeds.get(path) ?? "") &&
      isDrawnInBrowser(project, path),
  );
  return reachedFrom(project, seeds, drawn);
}

/** The files that run where the seeds of a kind run: along imports that stay, up to files that say otherwise. */
function spread(
  project: Project,
  seeds: ReadonlyMap<string, Runtime | undefined>,
  isSeed: (seed: Runtime | undefined) => boolean,
): ReadonlySet<string> {
  const starts = [...seeds]
    .filter(([, seed]) => isSeed(seed))
    .map(([path]) => path);
  return reachedFrom(project, seeds, starts);
}

function reachedFrom(
  project: Project,
  seeds: ReadonlyMap<string, Runtime | undefined>,
  starts: readonly string[],
): ReadonlySet<string> {
  const { imports } = moduleEdges(project);
  const reached = new Set<string>();
  const pending = [...starts];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { to, typeOnly } of imports.get(path) ?? [])
      if (!typeOnly && !reached.has(to) && seeds.get(to) === undefined)
        pending.push(to);
  }
  return reached;
}
