import type { Finding } from "#gate/finding.js";
import { guardsOf } from "#model/guards.js";
import type { Project } from "#model/project.js";
import {
  flowOf,
  type Operation,
  type RequestFlow,
} from "#model/request-flow.js";
import { type Route, routesOf } from "#model/routes.js";
import { isReachable } from "#model/runtimes.js";
import { nameOf } from "./open-routes.js";
import { hasRoleGuard, isPersonal, protectionOf } from "./protection.js";

const adminPath =
  /(?:^|[/#.])(?:admins?|administrators?|super-?admins?|admin-panel|back-?office|moderation|moderators?|staff)(?:[/#.:?]|$)/i;

/** The administrators' endpoints that let in whoever is signed in. */
export function adminsWithoutRole(project: Project): Finding[] {
  // Where everybody who may sign in may do everything, everybody is an administrator.
  if (project.settings.tenancy === "single") return [];
  const admin = routesOf(project).filter(isAdminRoute);
  if (admin.length === 0) return [];
  const knowsRoles = routesOf(project).some(
    (route) =>
      hasRoleGuard(project, route) || flowOf(project, route).asksForRole,
  );
  return admin.flatMap((route) => {
    const touched = touchedBy(flowOf(project, route));
    return touched && isForAnyUser(project, route)
      ? [findingFor(project, route, touched, knowsRoles)]
      : [];
  });
}

function isAdminRoute({ path, file, methods }: Route): boolean {
  return methods.includes("ACTION")
    ? /(?:^|\/)admin\w*(?:\/|\.[jt]sx?$)/i.test(file)
    : adminPath.test(path);
}

/** Signed in is all that is asked for. */
function isForAnyUser(project: Project, route: Route): boolean {
  if (protectionOf(project, route) !== "known") return false;
  if (hasRoleGuard(project, route)) return false;
  if (flowOf(project, route).asksForRole) return false;
  return guardsOf(project, route).some(({ kind }) => kind === "session");
}

function touchedBy({ operations }: RequestFlow): Operation | undefined {
  const own = operations.filter(
    ({ rights, namesCaller }) => rights !== "policies" && !namesCaller,
  );
  return (
    own.find(({ kind }) => kind === "delete" || kind === "update") ??
    own.find(({ kind }) => kind === "create") ??
    own.find(({ kind, table }) => kind === "read" && isPersonal(table))
  );
}

function findingFor(
  project: Project,
  route: Route,
  { file, line, table, kind }: Operation,
  knowsRoles: boolean,
): Finding {
  const isSure = knowsRoles && isReachable(project, route.file);
  return {
    rule: "weak-admin-test",
    path: route.file,
    lines: { start: route.line, end: route.line },
    message: `${nameOf(route)} is made for administrators, and everyone who is signed in passes.`,
    fix: "Test the caller's role on the server before anything else, and answer 403 to everyone without it.",
    confidence: isSure ? "likely" : "possible",
    identity: `admin ${route.methods.join()} ${route.path}`,
    evidence: [
      {
        path: file,
        line,
        note: `${kind}s ${table || "data"} here, whatever the caller's role`,
      },
    ],
    ...(!isSure && { atMost: "advise" as const }),
  };
}
