import type { Evidence } from "#gate/finding.js";
import { limitersReached } from "#model/limiters.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";

const middleware = /^(?:.*\/)?(?:middleware|proxy)\.[cm]?[jt]sx?$/;

/** The limiter in the app's middleware that does not run for a route, because the matcher leaves its path out. */
export function missedBy(project: Project, route: Route): Evidence | undefined {
  if (!/^next(?!-action)/.test(route.framework)) return undefined;
  for (const { path, code } of project.files.values()) {
    if (!code || !middleware.test(path)) continue;
    if (route.chain.some(({ file }) => file === path)) continue;
    if (folderOf(path) !== "" && !route.file.startsWith(folderOf(path)))
      continue;
    for (const { at, parent } of code.functions) {
      if (at === -1 || parent !== -1) continue;
      const [limiter] = limitersReached(project, { path, at });
      if (limiter) {
        const line = limiter.file === path ? limiter.line : 1;
        return {
          path,
          line,
          note: "The limiter, which runs for other paths only.",
        };
      }
    }
  }
  return undefined;
}

function folderOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return folder.endsWith("src/") ? folder.slice(0, -4) : folder;
}
