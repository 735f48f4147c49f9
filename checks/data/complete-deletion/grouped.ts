import type { Evidence, Finding } from "#gate/finding.js";
import { isIntroducedLine } from "#gate/introduced.js";
import type { Project } from "#model/project.js";

/** One place of many that show the same. */
export interface Shown extends Evidence {
  /** What goes into the finding's sentence. */
  readonly subject: string;
}

/** The same where not every place is sure to show it. */
interface Weighed extends Shown {
  readonly isSure: boolean;
}

/** Places that a reader can be asked to look at. */
const maxEvidence = 12;

/**
 * One finding for the places that a change wrote, and one for all the others; the rest of each is its evidence. Places
 * that are sure come first.
 */
export function grouped(
  project: Project,
  all: readonly Weighed[],
  finding: (
    places: readonly [Weighed, ...Weighed[]],
  ) => Pick<Finding, "rule" | "message" | "fix" | "confidence">,
): Finding[] {
  const places = all.toSorted(
    (one, other) => Number(other.isSure) - Number(one.isSure),
  );
  const isNew = ({ path, line }: Shown) =>
    isIntroducedLine(path, line, project.snapshot);
  const groups = [
    { identity: "change", shown: places.filter(isNew) },
    { identity: "repository", shown: places.filter((one) => !isNew(one)) },
  ];
  return groups.flatMap(({ identity, shown }) => {
    const [first, ...rest] = shown;
    if (first === undefined) return [];
    const { path, line } = first;
    return [
      {
        ...finding([first, ...rest]),
        ...{ path, lines: { start: line, end: line }, identity },
        ...(rest.length > 0 && {
          evidence: rest
            .slice(0, maxEvidence)
            .map(({ path: at, line: on, note }) => ({
              path: at,
              line: on,
              note,
            })),
        }),
      },
    ];
  });
}

/** Names that one sentence holds; more are counted. */
const maxNamed = 4;

/** `a, b and c`, or `a, b, c, d and 3 more`; each name once. */
export function listed(names: readonly string[]): string {
  const all = [...new Set(names)];
  const shown = all.slice(0, maxNamed);
  const rest = all.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${String(rest)} more`;
  const last = shown.pop() ?? "";
  return shown.length > 0 ? `${shown.join(", ")} and ${last}` : last;
}
