<<<<<<< HEAD:checks/identity/server-side-authorization/offered.ts
import { callsIn } from "#model/functions.js";
import { resolveImport } from "#model/module-graph.js";
import { moduleEdges } from "#model/module-edges.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/route.js";
import { runtimeOf } from "#model/runtimes.js";
import { rootName } from "#model/value-walk.js";
=======
import { moduleEdges } from "./module-edges.js";
import type { Project } from "./project.js";
import type { Route } from "./route.js";
import { runtimeOf } from "./runtimes.js";
>>>>>>> ca9344b (Count the platform's public key as nobody, and find limiters that forget):src/model/offered.ts

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
<<<<<<< HEAD:checks/identity/server-side-authorization/offered.ts
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
      (one) => one.name === name || one.name === "*",
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
=======
  const name = path.split("#")[1];
  const importers = moduleEdges(project).importers.get(file) ?? [];
  return importers.some(
    ({ from, typeOnly, names }) =>
      !typeOnly &&
      (name === undefined ||
        names.some((one) => one.name === name || one.name === "*")) &&
      (runtimeOf(project, from) === "client" ||
        project.files.get(from)?.code?.hasMarkup === true),
  );
>>>>>>> ca9344b (Count the platform's public key as nobody, and find limiters that forget):src/model/offered.ts
}
