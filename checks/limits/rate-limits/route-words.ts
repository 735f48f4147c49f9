import type { Finding } from "#gate/finding.js";
import type { Route } from "#model/routes.js";

/** Where a finding about a route stands, and what tells it from others. */
export function placeOf(
  route: Route,
): Pick<Finding, "path" | "lines" | "identity"> {
  const { file, line, path, methods } = route;
  return {
    path: file,
    lines: { start: line, end: line },
    identity: `${methods.join()} ${path}`,
  };
}

/** A route as the subject of a sentence. */
export function subjectOf({ methods, path, framework }: Route): string {
  const [method = ""] = methods;
  if (method === "ACTION" || method === "PROCEDURE")
    return `The ${method === "ACTION" ? "action" : "procedure"} ${path || framework}`;
  return `${method === "*" || method === "" ? "" : `${methods.join(", ")} `}${path || "This endpoint"}`;
}
