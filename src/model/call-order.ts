import type { FunctionRef } from "./function-ref.js";
import { callsIn, functionAt } from "./functions.js";
import { calleeOf } from "./costly-calls.js";
import type { Project } from "./project.js";

/** A line of the last function on a way of calls. */
export interface Spot {
  /** From the start to the function that the line stands in, both included. */
  readonly via: readonly FunctionRef[];
  /** Line from 1. */
  readonly line: number;
}

/**
 * The lines of the way's first function that lead to a spot: its own line, or those of the calls that go on along the
 * way. None where the next function is handed to somebody, who may call it at any time.
 */
export function linesOfStart(
  project: Project,
  { via, line }: Spot,
): readonly number[] {
  const [from, to] = via;
  if (from === undefined || to === undefined) return [line];
  const facts = functionAt(project, from);
  if (facts === undefined) return [];
  return callsIn(facts)
    .filter(({ call }) => {
      const called = calleeOf(project, from.path, facts, call);
      return called !== undefined && isSame(called, to);
    })
    .map((site) => site.line);
}

/** Whether one spot only runs when the other has run, by their order in the function in which their ways part. */
export function runsAfter(project: Project, late: Spot, early: Spot): boolean {
  let shared = 0;
  while (
    shared + 1 < late.via.length &&
    shared + 1 < early.via.length &&
    isSame(late.via[shared + 1], early.via[shared + 1])
  )
    shared += 1;
  const cut = ({ via, line }: Spot) =>
    linesOfStart(project, { via: via.slice(shared), line });
  const [after, before] = [cut(late), cut(early)];
  return (
    after.length > 0 &&
    before.length > 0 &&
    Math.min(...after) > Math.max(...before)
  );
}

function isSame(
  one: FunctionRef | undefined,
  other: FunctionRef | undefined,
): boolean {
  return one?.at === other?.at && one?.path === other?.path;
}
