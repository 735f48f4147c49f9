import type { Project } from "#model/project.js";

/** Whether the change wrote a line. */
export function isAdded(project: Project, path: string, line: number): boolean {
  const change = project.snapshot.changes.find((one) => one.path === path);
  return (
    change?.added.some(({ start, end }) => start <= line && line <= end) ??
    false
  );
}
