import type { FileChange, Snapshot, SourceFile } from "./snapshot.js";
import type { Growth, JudgedFinding, Verdict } from "./verdict.js";

/**
 * The repository as it was before a change, as far as a snapshot of the change can tell: what was read now, with the
 * changed files put back. Files that no check read for this change are in neither, so counts of both can be compared.
 * A changed file whose old text could not be read stands as it is now, and counts alike on both sides.
 *
 * @returns undefined when there is no change to look behind.
 */
export function snapshotBefore(snapshot: Snapshot): Snapshot | undefined {
  if (snapshot.scope !== "change") return undefined;
  const files = new Map(snapshot.files.map((file) => [file.path, file]));
  const paths = new Set(snapshot.paths);
  for (const change of snapshot.changes) putBack(change, files, paths);
  return Object.freeze({
    ...snapshot,
    scope: "repository",
    paths: [...paths].sort(),
    files: [...files.values()].sort((one, other) =>
      one.path < other.path ? -1 : 1,
    ),
    changes: [],
    commits: [],
  });
}

function putBack(
  { path, status, previousPath, before }: FileChange,
  files: Map<string, SourceFile>,
  paths: Set<string>,
): void {
  const isNew = status === "added" || status === "renamed";
  const isUnread = before === undefined && !isNew;
  if (isUnread) return;
  files.delete(path);
  if (isNew) paths.delete(path);
  const oldPath = previousPath ?? path;
  if (status !== "added") paths.add(oldPath);
  if (before) files.set(oldPath, { ...before, path: oldPath });
}

/**
 * Lets nothing grow: where a rule has more findings than before the change, those that are new count as introduced,
 * also on lines that the change left alone (a guard that was taken away shows on the route that it guarded).
 *
 * @param before - The verdict on {@link snapshotBefore} under the same policy.
 */
export function ratcheted(verdict: Verdict, before: Verdict): Verdict {
  const grown = growthOf(verdict.findings, before.findings);
  if (grown.length === 0) return { ...verdict, grown };
  const names = new Set(grown.map(ruleOf));
  const known = countBy(before.findings.filter(isAtHead), fingerprintOf);
  const findings = verdict.findings.map((finding): JudgedFinding => {
    if (!isAtHead(finding) || !names.has(ruleOf(finding))) return finding;
    const left = known.get(finding.fingerprint) ?? 0;
    known.set(finding.fingerprint, left - 1);
    if (left > 0 || finding.introduced) return finding;
    return { ...finding, introduced: true, grown: true };
  });
  const blocks = findings.some(
    ({ introduced, level }) => introduced && level === "block",
  );
  const conclusion = blocks ? "blocked" : verdict.conclusion;
  return { ...verdict, conclusion, findings: introducedFirst(findings), grown };
}

function growthOf(
  after: readonly JudgedFinding[],
  before: readonly JudgedFinding[],
): Growth[] {
  const now = Map.groupBy(after.filter(isAtHead), ruleOf);
  const then = countBy(before.filter(isAtHead), ruleOf);
  return [...now]
    .map(([name, [first, ...rest]]) => ({
      check: first?.check ?? "",
      rule: first?.rule ?? "",
      before: then.get(name) ?? 0,
      after: rest.length + 1,
    }))
    .filter((growth) => growth.after > growth.before);
}

/** What only the history holds was not looked for before the change. */
function isAtHead({ commit }: JudgedFinding): boolean {
  return commit === undefined;
}

function ruleOf({ check, rule }: Pick<JudgedFinding, "check" | "rule">) {
  return `${check}/${rule}`;
}

function fingerprintOf({ fingerprint }: JudgedFinding): string {
  return fingerprint;
}

function countBy(
  findings: readonly JudgedFinding[],
  key: (finding: JudgedFinding) => string,
): Map<string, number> {
  const groups = Map.groupBy(findings, key);
  return new Map([...groups].map(([name, some]) => [name, some.length]));
}

function introducedFirst(findings: readonly JudgedFinding[]): JudgedFinding[] {
  return [
    ...findings.filter(({ introduced }) => introduced),
    ...findings.filter(({ introduced }) => !introduced),
  ];
}
