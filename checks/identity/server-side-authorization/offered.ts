import { moduleEdges } from "#model/module-edges.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/route.js";
import { runtimeOf } from "#model/runtimes.js";

/**
 * Whether a server action is given to pages at all: a file marked `use server` that only server code imports is a
 * service, and no page hands out the ids by which its functions could be called.
 */
export function isOffered(
  project: Project,
  { framework, file }: Pick<Route, "framework" | "file">,
): boolean {
  if (framework !== "next-action") return true;
  if (project.files.get(file)?.code?.hasMarkup) return true;
  const importers = moduleEdges(project).importers.get(file) ?? [];
  return importers.some(
    ({ from, typeOnly }) =>
      !typeOnly &&
      (runtimeOf(project, from) === "client" ||
        project.files.get(from)?.code?.hasMarkup === true),
  );
}
