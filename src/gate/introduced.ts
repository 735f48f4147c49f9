import type { Finding, LineRange } from "./finding.js";
import type { FileChange, Snapshot } from "./snapshot.js";

/**
 * Whether the change brought the finding: it stands on a line that the change wrote, or in a commit of the change.
 * A whole repository is judged as it is, so there everything counts.
 */
export function isIntroduced(
  finding: Finding,
  snapshot: Snapshot,
  changes: ReadonlyMap<string, FileChange>,
): boolean {
  if (snapshot.scope === "repository" || finding.commit !== undefined)
    return true;
  const change = changes.get(finding.path);
  return change?.added.some((range) => overlaps(range, finding.lines)) ?? false;
}

/** Whether a change wrote this line; false for a repository that is judged whole. */
export function isIntroducedLine(
  path: string,
  line: number,
  snapshot: Snapshot,
): boolean {
  return snapshot.changes.some(
    (change) =>
      change.path === path &&
      change.added.some((range) => range.start <= line && line <= range.end),
  );
}

function overlaps(one: LineRange, other: LineRange): boolean {
  return one.start <= other.end && other.start <= one.end;
}
