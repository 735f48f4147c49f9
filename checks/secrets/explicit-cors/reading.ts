import { assignmentsTo } from "#parse/scopes.js";
import { lineOf, ts } from "#parse/syntax.js";
import { type Answer, type Asking, both, said } from "./answers.js";
import type { Opening } from "./marks.js";
import { conditionsOf } from "./path-conditions.js";
import { answersOf, answersTo } from "./questions.js";
import type { OriginParameters } from "./request-origin.js";

/** How an expression is read: who is known to be the origin, on which ways it is reached, how much further to go. */
export interface Reading {
  readonly origins: OriginParameters;
  readonly ways: readonly Answer[];
  readonly depth: number;
  /** Arguments that a call binds to the parameters of a function of this file. */
  readonly bound: ReadonlyMap<ts.ParameterDeclaration, ts.Expression>;
  /** A `*` in a list is compared like any other text by this library. */
  readonly isStarInListText: boolean;
}

/** Where reading starts: nothing asked yet, nothing known. */
export const freshReading: Reading = {
  origins: new Set(),
  ways: [said.nothing],
  depth: 12,
  bound: new Map(),
  isStarInListText: false,
};

/** A reading of what stands at a node: only on the ways that lead there. */
export function readingAt(node: ts.Node, reading: Reading): Reading {
  const ways = answersTo(conditionsOf(node), askingFrom(reading));
  return { ...reading, ways: both(reading.ways, ways) };
}

/** What a question needs to know of a reading. */
export function askingFrom(reading: Reading): Asking {
  return { origins: reading.origins, depth: reading.depth };
}

/** The worst of the ways on which an open value is reached; none when each of them is guarded. */
export function decided(
  kind: "any" | "reflected",
  node: ts.Node,
  reading: Reading,
): readonly Opening[] {
  const line = lineOf(node.getSourceFile(), node.getStart());
  const guarded =
    said.checked | said.absent | said.development | said.configured;
  const open = reading.ways.filter((way) => (way & guarded) === 0);
  if (open.length === 0) return [];
  const isLoose = open.every((way) => (way & said.loose) !== 0);
  if (isLoose)
    return [
      { kind: "loose", line, note: "it compares less than the whole origin" },
    ];
  const isUnset = open.every((way) => (way & (said.unset | said.loose)) !== 0);
  return [{ kind: isUnset ? "unset" : kind, line }];
}

/** An opening that its author may not mean, or that others may override. */
export function doubted(opening: Opening): Opening {
  return opening.kind === "reference"
    ? opening
    : { ...opening, isDoubtful: true };
}

/** A reading on which no later assignment has replaced the first value. */
export function stillInitial(
  variable: ts.VariableDeclaration,
  reading: Reading,
): Reading {
  const scope = ts.findAncestor(variable, ts.isBlock) ?? variable;
  const kept = assignmentsTo(variable)
    .filter((assignment) => isReachedStraight(assignment, scope))
    .reduce<readonly Answer[]>((ways, assignment) => {
      const conditions = conditionsOf(assignment, scope);
      const missed = conditions.flatMap(({ question, answer }) =>
        answersOf(question, !answer, askingFrom(reading)),
      );
      return both(ways, missed);
    }, reading.ways);
  return { ...reading, ways: kept };
}

/** Whether nothing but conditions stands between an assignment and the block of its variable. */
function isReachedStraight(assignment: ts.Node, scope: ts.Node): boolean {
  const barrier = ts.findAncestor(
    assignment,
    (at) =>
      at === scope ||
      ts.isFunctionLike(at) ||
      ts.isIterationStatement(at, false) ||
      ts.isTryStatement(at) ||
      ts.isCaseBlock(at),
  );
  return barrier === scope;
}
