import type { Finding } from "#gate/finding.js";
import { isOffered } from "#model/offered.js";
import type { Project } from "#model/project.js";
import { flowOf } from "#model/request-flow.js";
import { type Route, routesOf } from "#model/routes.js";
import { isReachable } from "#model/runtimes.js";
import { isSaidRoute } from "#model/said-routes.js";
import { nameOf, publicRoutes } from "./open-routes.js";
import { protectionOf } from "./protection.js";
import { isPublicOnPurpose } from "./public-purpose.js";

/** Endpoints that undo, spend or publish something at another service, with the key of the app, for anyone. */
export function openActions(project: Project): Finding[] {
  return routesOf(project).flatMap((route): Finding[] => {
    const { acts, operations } = flowOf(project, route);
    const [act] = acts;
    if (act === undefined || isForOthers(route)) return [];
    // A row that the policies let the caller read decides for them.
    if (operations.some(({ rights }) => rights === "policies")) return [];
    const protection = protectionOf(project, route);
    if (protection === "known" || protection === "unknown") return [];
    if (isSaidRoute(project, publicRoutes, route, "open-action")) return [];
    const isWeak =
      protection === "platform" ||
      !isReachable(project, route.file) ||
      !isOffered(project, route);
    return [
      {
        rule: "open-action",
        path: route.file,
        lines: { start: route.line, end: route.line },
        message: `${nameOf(route)} ${act.what}, for ${protection === "platform" ? "anyone who holds the app's public key" : "anyone who calls it"}.`,
        fix: "Look up the session before it, answer 401 without one, and test that the caller may do this.",
        confidence: isWeak ? "possible" : "likely",
        identity: `${route.methods.join()} ${route.path} acts`,
        evidence: [{ path: act.file, line: act.line, note: "it is done here" }],
        ...(isWeak && { atMost: "advise" as const }),
      },
    ];
  });
}

/** What events of a provider do is another rule's question; and some things visitors may do. */
function isForOthers(route: Route): boolean {
  return (
    /hook|callback/i.test(route.path) ||
    isPublicOnPurpose(route, { kind: "update", table: "", predicates: [] })
  );
}
