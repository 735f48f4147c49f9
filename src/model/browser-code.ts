import type { FunctionFacts } from "#parse/code-facts.js";
import { isDrawnInBrowser, serverFunctionName } from "./both-sides.js";
import { resolveExport } from "./constants.js";
import { functionsReached } from "./costly-calls.js";
import type { FunctionRef } from "./function-ref.js";
import { functionAt, resolveFunction } from "./functions.js";
import { moduleEdges } from "./module-edges.js";
import type { Project } from "./project.js";
import { isLoadedByBrowser, runtimeOf } from "./runtimes.js";
import { allSteps, hasPart, rootName, valuesOf } from "./value-walk.js";

/**
 * Whether browsers or phones run a function. Where a file runs on both sides, a name that the browser's code takes from
 * it has to lead there: bundlers leave out the rest.
 */
export function runsInBrowser(project: Project, ref: FunctionRef): boolean {
  const runtime = runtimeOf(project, ref.path);
  if (runtime === "client") return !isServerAction(project, ref);
  if (runtime !== "shared" || !isLoadedByBrowser(project, ref.path))
    return false;
  if (isServerAction(project, ref)) return false;
  if (isDrawnInBrowser(project, ref.path) && isDrawn(project, ref)) return true;
  return takenNames(project, ref.path, new Set()).some((name) =>
    leadsTo(project, ref, name),
  );
}

/** Whether a component or hook of a page's own file leads to a function; what only its loaders use is left out. */
function isDrawn(project: Project, ref: FunctionRef): boolean {
  const code = project.files.get(ref.path)?.code;
  return (code?.functions ?? []).some(
    ({ at, parent, name }) =>
      at !== -1 &&
      parent === -1 &&
      /^(?:[A-Z]|use[A-Z]|default$|$|client(?:Loader|Action)$)/.test(name) &&
      functionsReached(project, { path: ref.path, at }).some((way) => {
        const last = way.at(-1);
        return last?.path === ref.path && last.at === ref.at;
      }),
  );
}

/** Names of a file's exports that files of the browser import, also through files that pass them on. */
function takenNames(
  project: Project,
  path: string,
  seen: Set<string>,
): readonly string[] {
  if (seen.has(path) || seen.size > 30) return [];
  seen.add(path);
  const edges = moduleEdges(project).importers.get(path) ?? [];
  return edges.flatMap(({ from, names, typeOnly }) => {
    if (typeOnly || !isLoadedByBrowser(project, from)) return [];
    const runtime = runtimeOf(project, from);
    return runtime === "client" || runtime === "shared"
      ? names
          .filter(
            (one) => !one.typeOnly && !isForServer(project, from, one.local),
          )
          .map(({ name }) => name)
      : [];
  });
}

/** A name that only the functions which the server runs use, as far as can be told. Components and hooks are drawn. */
function isForServer(project: Project, path: string, local: string): boolean {
  const code = project.files.get(path)?.code;
  if (!code || local === "" || /^(?:[A-Z]|use[A-Z])/.test(local)) return false;
  const users = code.functions.filter((facts) =>
    allSteps(facts.steps).some((step) =>
      valuesOf(step).some((value) =>
        hasPart(
          value,
          (part) =>
            (part.kind === "name" && rootName(part.name) === local) ||
            (part.kind === "call" && rootName(part.callee) === local),
        ),
      ),
    ),
  );
  return (
    users.length > 0 &&
    users.every(({ at }) => isServerAction(project, { path, at }))
  );
}

function leadsTo(project: Project, ref: FunctionRef, name: string): boolean {
  if (name === "*") return true;
  const definition = resolveExport(project, ref.path, name);
  if (definition === undefined) return false;
  const top = topOf(project, ref);
  if (top?.at === -1) return true;
  const owner = rootName(top?.name ?? "");
  if (definition.path === ref.path && owner !== "" && owner === definition.name)
    return true;
  const start = resolveFunction(project, definition.path, {
    kind: "name",
    name: definition.name,
    line: 1,
  });
  return (
    start !== undefined &&
    functionsReached(project, start).some((way) => {
      const last = way.at(-1);
      return last?.path === ref.path && last.at === ref.at;
    })
  );
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
