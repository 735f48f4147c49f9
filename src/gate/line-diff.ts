import type { LineRange } from "./finding.js";

/** Lines that differ between two texts; all others stand in both, in the same order. */
export interface ChangedLines {
  /** Lines of the new text that the old one lacks. */
  readonly added: readonly LineRange[];
  /** Lines of the old text that the new one lacks. */
  readonly removed: readonly LineRange[];
}

/** Steps after which a diff stops looking for the shortest script, so that a hostile text costs bounded time. */
const maxSteps = 8_000_000;
/** Edits of one stretch after which it counts as wholly changed; bounds memory at about 4 MB. */
const maxEdits = 1_000;

interface Stretch {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

interface Diff {
  readonly before: Uint32Array;
  readonly after: Uint32Array;
  readonly removed: Uint8Array;
  readonly added: Uint8Array;
  steps: number;
}

/**
 * Compares two texts line by line (lines end at a line feed, as git counts them). The shortest script where it is cheap
 * to find, else what unique common lines anchor, else everything between the common head and tail.
 *
 * @returns ranges from 1, sorted, none touching another.
 * @see http://www.xmailserver.org/diff2.pdf the greedy algorithm
 */
export function changedLines(before: string, after: string): ChangedLines {
  if (before === after) return { added: [], removed: [] };
  const diff = prepare(linesOf(before), linesOf(after));
  const whole: Stretch = {
    beforeStart: 0,
    beforeEnd: diff.before.length,
    afterStart: 0,
    afterEnd: diff.after.length,
  };
  if (!compareStretch(diff, trim(diff, whole))) compareAnchored(diff, whole);
  return { added: rangesOf(diff.added), removed: rangesOf(diff.removed) };
}

/** How many lines a text has; a line feed at the very end starts no further line. */
export function countLines(text: string): number {
  return linesOf(text).length;
}

/** All lines of a text as a list of ranges: one range, or none for an empty text. */
export function everyLine(text: string): readonly LineRange[] {
  const lines = countLines(text);
  return lines === 0 ? [] : [{ start: 1, end: lines }];
}

function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

function prepare(before: readonly string[], after: readonly string[]): Diff {
  const numbers = new Map<string, number>();
  const intern = (line: string): number => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  };
  return {
    before: Uint32Array.from(before, intern),
    after: Uint32Array.from(after, intern),
    removed: new Uint8Array(before.length),
    added: new Uint8Array(after.length),
    steps: 0,
  };
}

function trim(diff: Diff, stretch: Stretch): Stretch {
  let { beforeStart, beforeEnd, afterStart, afterEnd } = stretch;
  while (
    beforeStart < beforeEnd &&
    afterStart < afterEnd &&
    diff.before[beforeStart] === diff.after[afterStart]
  ) {
    beforeStart += 1;
    afterStart += 1;
  }
  while (
    beforeStart < beforeEnd &&
    afterStart < afterEnd &&
    diff.before[beforeEnd - 1] === diff.after[afterEnd - 1]
  ) {
    beforeEnd -= 1;
    afterEnd -= 1;
  }
  return { beforeStart, beforeEnd, afterStart, afterEnd };
}

function compareAnchored(diff: Diff, whole: Stretch): void {
  const { before, after } = diff;
  let beforeStart = 0;
  let afterStart = 0;
  const anchors = commonUniqueLines(diff);
  for (const [beforeEnd, afterEnd] of [
    ...anchors,
    [before.length, after.length] as const,
  ]) {
    const stretch = trim(diff, {
      ...whole,
      beforeStart,
      beforeEnd,
      afterStart,
      afterEnd,
    });
    if (!compareStretch(diff, stretch)) markAll(diff, stretch);
    beforeStart = beforeEnd + 1;
    afterStart = afterEnd + 1;
  }
}

/** Lines that stand exactly once in either text, as the longest run of pairs that ascends in both (patience diff). */
function commonUniqueLines(diff: Diff): readonly (readonly [number, number])[] {
  const inBefore = uniquePositions(diff.before);
  const inAfter = uniquePositions(diff.after);
  const pairs: (readonly [number, number])[] = [];
  for (const [line, position] of inBefore) {
    const other = inAfter.get(line);
    if (other !== undefined) pairs.push([position, other]);
  }
  pairs.sort((one, other) => one[0] - other[0]);
  return longestAscending(pairs);
}

function uniquePositions(lines: Uint32Array): ReadonlyMap<number, number> {
  const positions = new Map<number, number>();
  const repeated = new Set<number>();
  lines.forEach((line, index) => {
    if (positions.has(line)) repeated.add(line);
    positions.set(line, index);
  });
  for (const line of repeated) positions.delete(line);
  return positions;
}

function longestAscending(
  pairs: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const value = (index: number) => pairs[index]?.[1] ?? -1;
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  for (let index = 0; index < pairs.length; index += 1) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value(tails[middle] ?? 0) < value(index)) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  }
  const chosen: (readonly [number, number])[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = pairs[at];
    if (pair) chosen.push(pair);
  }
  return chosen.reverse();
}

/** Marks the shortest script of a stretch. False, with nothing marked, when that takes too many edits or steps. */
function compareStretch(diff: Diff, stretch: Stretch): boolean {
  const rows = stretch.beforeEnd - stretch.beforeStart;
  const columns = stretch.afterEnd - stretch.afterStart;
  if (rows === 0 || columns === 0) {
    markAll(diff, stretch);
    return true;
  }
  const trace = forwardTrace(diff, stretch);
  if (trace) markTrace(diff, stretch, trace);
  return trace !== undefined;
}

/** Greedy search: entry `d` holds, for each diagonal, how far `d` edits reach; it is the state before round `d`. */
function forwardTrace(
  diff: Diff,
  stretch: Stretch,
): readonly Int32Array[] | undefined {
  const rows = stretch.beforeEnd - stretch.beforeStart;
  const columns = stretch.afterEnd - stretch.afterStart;
  const limit = Math.min(rows + columns, maxEdits);
  const reach = new Int32Array(2 * limit + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits += 1) {
    // Round `edits` reads diagonals -edits-1 to edits+1 only, so that is all that the way back needs.
    trace.push(reach.slice(limit - edits, limit + edits + 3));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = limit + 1 + diagonal;
      let row = startingRow(reach, at, diagonal, edits);
      const from = row;
      while (
        row < rows &&
        row - diagonal < columns &&
        diff.before[stretch.beforeStart + row] ===
          diff.after[stretch.afterStart + row - diagonal]
      )
        row += 1;
      diff.steps += row - from + 1;
      reach[at] = row;
      if (row >= rows && row - diagonal >= columns) return trace;
    }
    if (diff.steps > maxSteps) return undefined;
  }
  return undefined;
}

function startingRow(
  reach: Int32Array,
  at: number,
  diagonal: number,
  edits: number,
): number {
  if (edits === 0) return 0;
  const fromAbove = reach[at + 1] ?? 0;
  const fromLeft = reach[at - 1] ?? 0;
  const insertion =
    diagonal === -edits || (diagonal !== edits && fromLeft < fromAbove);
  return insertion ? fromAbove : fromLeft + 1;
}

function markTrace(
  diff: Diff,
  stretch: Stretch,
  trace: readonly Int32Array[],
): void {
  let row = stretch.beforeEnd - stretch.beforeStart;
  let column = stretch.afterEnd - stretch.afterStart;
  for (let edits = trace.length - 1; edits > 0; edits -= 1) {
    const reach = trace[edits] ?? new Int32Array();
    const diagonal = row - column;
    const at = edits + 1 + diagonal;
    const fromAbove = reach[at + 1] ?? 0;
    const fromLeft = reach[at - 1] ?? 0;
    const insertion =
      diagonal === -edits || (diagonal !== edits && fromLeft < fromAbove);
    row = insertion ? fromAbove : fromLeft;
    column = row - (insertion ? diagonal + 1 : diagonal - 1);
    if (insertion) diff.added[stretch.afterStart + column] = 1;
    else diff.removed[stretch.beforeStart + row] = 1;
  }
}

function markAll(diff: Diff, stretch: Stretch): void {
  diff.removed.fill(1, stretch.beforeStart, stretch.beforeEnd);
  diff.added.fill(1, stretch.afterStart, stretch.afterEnd);
}

function rangesOf(marked: Uint8Array): readonly LineRange[] {
  const ranges: LineRange[] = [];
  for (let index = 0; index < marked.length; index += 1) {
    if (marked[index] !== 1) continue;
    const start = index + 1;
    while (marked[index + 1] === 1) index += 1;
    ranges.push({ start, end: index + 1 });
  }
  return ranges;
}
