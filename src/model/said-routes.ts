import { globMatcher } from "#gate/glob.js";
import type { knownOptions } from "#gate/known-options.js";
import type { Project } from "./project.js";
import type { Route } from "./route.js";

/**
 * Whether an option of a check names an endpoint. A parameter is a part like any other: `/users/:id` or `/users/*`.
 *
 * @param rule - Looks at what is said of this rule alone, rather than of the whole check.
 */
export function isSaidRoute(
  { settings }: Project,
  { check, name }: Pick<(typeof knownOptions)[number], "check" | "name">,
  { path }: Pick<Route, "path">,
  rule?: string,
): boolean {
  const subject = rule === undefined ? check : `${check}/${rule}`;
  const patterns = settings.options[subject]?.[name];
  if (!Array.isArray(patterns)) return false;
  const bare = (text: unknown) => String(text).replace(/^\//, "");
  return globMatcher(patterns.map(bare))(bare(path));
}
