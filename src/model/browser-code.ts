import type { FunctionFacts } from "#parse/code-facts.js";
import { isDrawnInBrowser, serverFunctionName } from "./both-sides.js";
import { resolveExport } from "./constants.js";
import { functionsReached } from "./costly-calls.js";
import type { FunctionRef } from "./function-ref.js";
import { functionAt, resolveFunction } from "./functions.js";
import { moduleEdges } from "./module-edges.js";
import type { Project } from "./project.js";
import { isLoadedByBrowser, runtimeOf } from "./runtimes.js";
import { allSteps, rootName, valuesOf, valuesWithin } from "./value-walk.js";

/**
 * Whether browsers or phones run a function. Where a file runs on both sides, a name that the browser's code takes from
 * it has to lead there: bundlers leave out the rest.
 */
export function runsInBrowser(project: Project, ref: FunctionRef): boolean {
  const runtime = runtimeOf(project, ref.path);
  if (runtime !== "client" && runtime !== "shared") return false;
  if (isServerAction(project, ref)) return false;
  if (runtime === "client") return true;
  return (
    isLoadedByBrowser(project, ref.path) && takenOf(project, ref.path)(ref)
  );
}

type IsTaken = (ref: FunctionRef) => boolean;

const known = new WeakMap<Project, Map<string, IsTaken>>();

/** Which functions of a file that both sides load the browser takes; worked out once for a file. */
function takenOf(project: Project, path: string): IsTaken {
  let cache = known.get(project);
  if (!cache) known.set(project, (cache = new Map()));
  let isTaken = cache.get(path);
  if (!isTaken) cache.set(path, (isTaken = takenIn(project, path)));
  return isTaken;
}

function takenIn(project: Project, path: string): IsTaken {
  const names = new Set(takenNames(project, path));
  if (names.has("*")) return () => true;
  const definitions = [...names].flatMap(
    (name) => resolveExport(project, path, name) ?? [],
  );
  const owners = new Set(
    definitions.flatMap((one) => (one.path === path ? [one.name] : [])),
  );
  const starts = [
    ...drawnIn(project, path),
    ...definitions.flatMap(
      ({ path: at, name }) =>
        resolveFunction(project, at, { kind: "name", name, line: 1 }) ?? [],
    ),
  ];
  const reached = new Set(
    starts.flatMap((start) =>
      functionsReached(project, start).flatMap((way) => {
        const last = way.at(-1);
        return last?.path === path ? [last.at] : [];
      }),
    ),
  );
  return (ref) => {
    if (reached.has(ref.at)) return true;
    const top = topOf(project, ref);
    // What runs while the file loads runs wherever a name of it is taken.
    if (top === undefined || top.at === -1) return definitions.length > 0;
    return top.name !== "" && owners.has(rootName(top.name));
  };
}

/** The components and hooks of a page's own file; what only its loaders use is left out. */
function drawnIn(project: Project, path: string): readonly FunctionRef[] {
  if (!isDrawnInBrowser(project, path)) return [];
  return (project.files.get(path)?.code?.functions ?? []).flatMap(
    ({ at, parent, name }) =>
      at !== -1 &&
      parent === -1 &&
      /^(?:[A-Z]|use[A-Z]|default$|$|client(?:Loader|Action)$)/.test(name)
        ? [{ path, at }]
        : [],
  );
}

/** Names of a file's exports that files of the browser import. */
function takenNames(project: Project, path: string): readonly string[] {
  const edges = moduleEdges(project).importers.get(path) ?? [];
  return edges.flatMap(({ from, names, typeOnly }) => {
    if (typeOnly || !isLoadedByBrowser(project, from)) return [];
    const runtime = runtimeOf(project, from);
    if (runtime !== "client" && runtime !== "shared") return [];
    const isAside = forServer(project, from);
    return names
      .filter((one) => !one.typeOnly && !isAside(one.local))
      .map(({ name }) => name);
  });
}

const aside = new WeakMap<Project, Map<string, ReadonlySet<string>>>();

/** Names that only the functions which the server runs use, as far as can be told. Components and hooks are drawn. */
function forServer(project: Project, path: string): (local: string) => boolean {
  let cache = aside.get(project);
  if (!cache) aside.set(project, (cache = new Map()));
  let names = cache.get(path);
  if (!names) cache.set(path, (names = serverNames(project, path)));
  const found = names;
  return (local) => !/^(?:$|[A-Z]|use[A-Z])/.test(local) && found.has(local);
}

function serverNames(project: Project, path: string): ReadonlySet<string> {
  const server = new Set<string>();
  const others = new Set<string>();
  for (const facts of project.files.get(path)?.code?.functions ?? []) {
    const isServers = isServerAction(project, { path, at: facts.at });
    for (const step of allSteps(facts.steps))
      for (const value of valuesOf(step))
        for (const part of valuesWithin(value)) {
          const name =
            part.kind === "name"
              ? part.name
              : part.kind === "call"
                ? part.callee
                : "";
          (isServers ? server : others).add(rootName(name));
        }
  }
  return new Set([...server].filter((name) => !others.has(name)));
}

/** The outermost function around one; the module itself for what runs while it loads. */
function topOf(project: Project, ref: FunctionRef): FunctionFacts | undefined {
  let facts = functionAt(project, ref);
  while (facts && facts.at !== -1 && facts.parent !== -1)
    facts = functionAt(project, { path: ref.path, at: facts.parent });
  return facts;
}

/** Functions that only the server runs, although their file draws a page: loaders, and those that say so. */
function isServerAction(project: Project, ref: FunctionRef): boolean {
  for (
    let facts = functionAt(project, ref);
    facts && facts.at !== -1;
    facts = functionAt(project, { path: ref.path, at: facts.parent })
  ) {
    if (facts.directives.includes("use server")) return true;
    if (facts.parent === -1 && serverFunctionName.test(facts.name)) return true;
  }
  return false;
}
