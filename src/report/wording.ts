import type { JudgedFinding, Verdict } from "#gate/verdict.js";

/** A number with its noun, in the plural where it has to be. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/** The findings of a verdict by what they ask of the reader. */
export interface Sorted {
  /** What the change brought and weighs `block`, whatever the phase is. */
  readonly blocking: readonly JudgedFinding[];
  /** What the change brought and weighs less. */
  readonly advisory: readonly JudgedFinding[];
  /** What was there before the change. */
  readonly older: readonly JudgedFinding[];
}

/** Sorts the findings; each keeps its place in the verdict's order. */
export function sortFindings({ findings }: Verdict): Sorted {
  const introduced = findings.filter((finding) => finding.introduced);
  return {
    blocking: introduced.filter(({ level }) => level === "block"),
    advisory: introduced.filter(({ level }) => level !== "block"),
    older: findings.filter((finding) => !finding.introduced),
  };
}

/** The lines of a finding for people: `3` or `3-5`. */
export function lineNumbers({ lines }: Pick<JudgedFinding, "lines">): string {
  const { start, end } = lines;
  return start === end ? String(start) : `${String(start)}-${String(end)}`;
}

/** Where a finding stands, with the commit when only the history holds it. */
export function placeOf(finding: JudgedFinding): string {
  const place = `${finding.path}:${lineNumbers(finding)}`;
  const { commit } = finding;
  return commit === undefined
    ? place
    : `${place} in commit ${commit.slice(0, 10)}`;
}

/** What a gap is about. */
export function gapPlace(path: string): string {
  return path === "" ? "The whole" : path;
}
