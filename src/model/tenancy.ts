import { projectReader } from "#gate/project-of.js";
import type { Project } from "./project.js";

/** Whether whoever may sign in may see everything, in the app that a file belongs to. */
export function isSingleTenant({ settings }: Project, path: string): boolean {
  const own = projectReader(settings.projects)(path)?.tenancy;
  return (own ?? settings.tenancy) === "single";
}
