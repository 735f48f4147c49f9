import { globMatcher } from "./glob.js";
import type { ProjectSettings } from "./settings.js";

/** Compiles which app of a monorepo a path belongs to: the first that names it; undefined for what they share. */
export function projectReader<Project extends Pick<ProjectSettings, "paths">>(
  projects: readonly Project[],
): (path: string) => Project | undefined {
  const compiled = projects.map((project) => ({
    project,
    matches: globMatcher(project.paths),
  }));
  return (path) => compiled.find(({ matches }) => matches(path))?.project;
}
