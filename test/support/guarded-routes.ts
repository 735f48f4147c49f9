import { buildProject } from "#model/build-project.js";
import { guardsOf } from "#model/guards.js";
import { routesOf } from "#model/routes.js";
import { aSnapshot, type Files } from "./a-snapshot.js";

/** The routes of a small repository, one a line: framework, methods, path, place, and the guards that hold. */
export function guardedRoutes(files: Files): string[] {
  const project = buildProject(aSnapshot({ files }), { checks: [] });
  return routesOf(project).map((route) => {
    const guards = guardsOf(project, route).map(
      ({ kind, file, line }) => `${kind} ${file}:${String(line)}`,
    );
    const { framework, methods, path, file, line } = route;
    return `${framework} ${methods.join("|")} ${path} ${file}:${String(line)} ${guards.join(", ") || "-"}`;
  });
}
