import { callsIn } from "./functions.js";
import { resolveImport } from "./module-graph.js";
import { moduleEdges } from "./module-edges.js";
import type { Project } from "./project.js";
import type { Route } from "./route.js";
import { runtimeOf } from "./runtimes.js";
import { rootName } from "./value-walk.js";

/**
 * Whether a server action is given to pages at all: a file marked `use server` that only server code imports is a
 * service, and no page hands out the ids by which its functions could be called. Pages that run on the server hand
 * out what they do not call themselves.
 */
export function isOffered(
  project: Project,
  { framework, file, path }: Pick<Route, "framework" | "file" | "path">,
): boolean {
  if (framework !== "next-action") return true;
  if (project.files.get(file)?.code?.hasMarkup) return true;
  const action = path.slice(path.indexOf("#") + 1);
  return offeredBy(project, file, action, 3);
}

function offeredBy(
  project: Project,
  file: string,
  name: string,
  depth: number,
): boolean {
  if (depth <= 0) return false;
  const importers = moduleEdges(project).importers.get(file) ?? [];
  return importers.some(({ from, typeOnly }) => {
    if (typeOnly) return false;
    const takes = (project.files.get(from)?.module?.imports ?? []).filter(
      (one) =>
        (one.name === name || one.name === "*") &&
        resolveImport(project, from, one.from) === file,
    );
    const passesOn = project.files
      .get(from)
      ?.module?.exports.some(
        (one) =>
          (one.name === name || one.name === "*") &&
          one.from !== undefined &&
          resolveImport(project, from, one.from) === file,
      );
    if (takes.length === 0)
      return passesOn === true && offeredBy(project, from, name, depth - 1);
    if (runtimeOf(project, from) === "client") return true;
    const code = project.files.get(from)?.code;
    if (code?.hasMarkup !== true) return false;
    const called = new Set(
      code.functions.flatMap((one) =>
        callsIn(one).map(({ callee }) => rootName(callee)),
      ),
    );
    return takes.some(({ local }) => !called.has(local));
  });
}
