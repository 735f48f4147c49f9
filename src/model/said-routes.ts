import { globMatcher } from "#gate/glob.js";
import type { knownOptions } from "#gate/known-options.js";
import type { Project } from "./project.js";
import type { Route } from "./route.js";

/** Whether an option of a check names an endpoint. A parameter is a part like any other: `/users/:id` or `/users/*`. */
export function isSaidRoute(
  { settings }: Project,
  { check, name }: Pick<(typeof knownOptions)[number], "check" | "name">,
  { path }: Pick<Route, "path">,
): boolean {
  const patterns = settings.options[check]?.[name];
  if (!Array.isArray(patterns)) return false;
  const bare = (text: unknown) => String(text).replace(/^\//, "");
  return globMatcher(patterns.map(bare))(bare(path));
}
