import { resolveName } from "./constants.js";
import type { DataShape } from "./data-shape.js";
import { resolveImport } from "./module-graph.js";
import type { Project } from "./project.js";

/** A class of a package, such as `PDFDocument.create()`, is no model of the project; what its own modules collect is. */
export function isForeignClass(
  project: Project,
  path: string,
  { client, library }: DataShape,
): boolean {
  if (!/^[A-Z]\w*$/.test(client) || library !== "orm") return false;
  if (resolveName(project, path, client) !== undefined) return false;
  const imported = project.files
    .get(path)
    ?.module?.imports.find(({ local }) => local === client);
  return (
    imported === undefined ||
    resolveImport(project, path, imported.from) === undefined
  );
}
