import type { Evidence } from "#gate/finding.js";
import { summaryOf } from "#model/guard-scan.js";
import { exportedHandler } from "#model/routes/handlers.js";
import { matcherOf } from "#model/routes/next-matcher.js";
import type { Project } from "#model/project.js";
import type { Route } from "#model/routes.js";

/** The middleware that asks who calls, where its matcher leaves a route out. */
export function missedBy(project: Project, route: Route): Evidence | undefined {
  if (
    !/^next-(?:app|pages)$/.test(route.framework) ||
    route.chain.some(({ name }) => name === "middleware")
  )
    return undefined;
  for (const path of project.files.keys()) {
    if (
      !/(?:^|\/)(?:middleware|proxy)\.[cm]?[jt]s$/.test(path) ||
      matcherOf(project, path) === undefined
    )
      continue;
    const handler = ["middleware", "proxy", "default"]
      .map((name) => exportedHandler(project, path, name)?.handler)
      .find((one) => one !== undefined);
    const guards = handler ? summaryOf(handler, { project }).guards : [];
    const [first] = guards;
    if (first)
      return {
        path,
        line: first.line,
        note: "this middleware asks who calls, and its matcher leaves the path out",
      };
  }
  return undefined;
}
