import type { ImportedName } from "#parse/module-facts.js";
import { resolveImport } from "./module-graph.js";
import type { Project } from "./project.js";

/** One file that another one loads, with the names it takes from it. */
export interface ModuleEdge {
  readonly from: string;
  readonly to: string;
  readonly names: readonly ImportedName[];
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
}

/** Who loads whom within the project. */
export interface ModuleEdges {
  readonly imports: ReadonlyMap<string, readonly ModuleEdge[]>;
  readonly importers: ReadonlyMap<string, readonly ModuleEdge[]>;
}

const known = new WeakMap<Project, ModuleEdges>();

/** All edges between the project's files, re-exports included; built once for a project. */
export function moduleEdges(project: Project): ModuleEdges {
  const before = known.get(project);
  if (before) return before;
  const imports = new Map<string, ModuleEdge[]>();
  const importers = new Map<string, ModuleEdge[]>();
  for (const path of project.files.keys()) {
    const edges = edgesOf(project, path);
    if (edges.length > 0) imports.set(path, edges);
    for (const edge of edges) {
      const others = importers.get(edge.to);
      if (others) others.push(edge);
      else importers.set(edge.to, [edge]);
    }
  }
  const edges = { imports, importers };
  known.set(project, edges);
  return edges;
}

function edgesOf(project: Project, path: string): ModuleEdge[] {
  const facts = project.files.get(path)?.module;
  if (facts === undefined) return [];
  const taken = [
    ...facts.imports,
    ...facts.exports.flatMap(({ from, name, local, line, typeOnly }) =>
      from === undefined
        ? []
        : [
            {
              from,
              name: local,
              local: name,
              line,
              typeOnly: typeOnly === true,
            },
          ],
    ),
  ];
  const byTarget = new Map<string, ImportedName[]>();
  for (const written of taken) {
    const to = resolveImport(project, path, written.from);
    if (to === undefined || to === path) continue;
    const name = isType(project, to, written)
      ? { ...written, typeOnly: true }
      : written;
    const names = byTarget.get(to);
    if (names) names.push(name);
    else byTarget.set(to, [name]);
  }
  return [...byTarget].map(([to, names]) => ({
    from: path,
    to,
    names,
    typeOnly: names.every((name) => name.typeOnly),
  }));
}

/** An interface is erased, also where nothing at its import says that it is one. */
function isType(project: Project, to: string, { name }: ImportedName): boolean {
  const exported = (project.files.get(to)?.module?.exports ?? []).filter(
    (one) => one.name === name,
  );
  return exported.length > 0 && exported.every((one) => one.typeOnly === true);
}

/**
 * The files that a file loads, directly or through others, itself included. Erased imports are not followed.
 *
 * @param maxDepth - How many steps to go.
 */
export function reachableFrom(
  project: Project,
  path: string,
  maxDepth = Number.POSITIVE_INFINITY,
): ReadonlySet<string> {
  const { imports } = moduleEdges(project);
  const reached = new Set([path]);
  let frontier = [path];
  for (let depth = 0; depth < maxDepth && frontier.length > 0; depth++) {
    const next: string[] = [];
    for (const at of frontier)
      for (const { to, typeOnly } of imports.get(at) ?? []) {
        if (typeOnly || reached.has(to)) continue;
        reached.add(to);
        next.push(to);
      }
    frontier = next;
  }
  return reached;
}
