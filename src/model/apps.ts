import { projectReader } from "#gate/project-of.js";
import type { Project } from "./project.js";

/**
 * Sorts what was found by the app of the monorepo that it stands in, as the configuration names them; what they share
 * is its own part, and all there is where the configuration names none.
 */
export function byApp<Placed extends { readonly path: string }>(
  { settings }: Project,
  some: readonly Placed[],
): ReadonlyMap<string | undefined, readonly Placed[]> {
  const appOf = projectReader(settings.projects);
  return Map.groupBy(some, ({ path }) => appOf(path)?.name);
}
