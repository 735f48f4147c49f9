import { expect, test } from "@jest/globals";
import type { LineRange } from "#gate/finding.js";
import { changedLines, everyLine } from "#gate/line-diff.js";
import { processorMs } from "#support/processor-time.js";

test("a changed line is removed on the old side and added on the new one", () => {
  expect(changedLines("a\nb\nc\n", "a\nx\nc\n")).toEqual({
    added: [{ start: 2, end: 2 }],
    removed: [{ start: 2, end: 2 }],
  });
});

test("neighbouring new lines are one range", () => {
  const { added, removed } = changedLines("a\nd\n", "a\nb\nc\nd\n");

  expect(added).toEqual([{ start: 2, end: 3 }]);
  expect(removed).toEqual([]);
});

test("a new file is wholly added and a removed one wholly removed", () => {
  expect(changedLines("", "a\nb\n").added).toEqual([{ start: 1, end: 2 }]);
  expect(changedLines("a\nb\n", "").removed).toEqual([{ start: 1, end: 2 }]);
});

test("every line of a text is one range, of an empty text none", () => {
  expect(everyLine("a\nb")).toEqual([{ start: 1, end: 2 }]);
  expect(everyLine("")).toEqual([]);
});

test("line endings count as content", () => {
  expect(changedLines("a\nb\n", "a\r\nb\n").added).toEqual([
    { start: 1, end: 1 },
  ]);
});

test.each(seeds(300))("what both texts keep is the same (seed %i)", (seed) => {
  const random = randomFrom(seed);
  const before = randomLines(random, 60);
  const after = edited(before, random);

  const { added, removed } = changedLines(before.join("\n"), after.join("\n"));

  expect(without(after, added)).toEqual(without(before, removed));
});

test.each(seeds(60))("no shorter script exists (seed %i)", (seed) => {
  const random = randomFrom(seed);
  const before = randomLines(random, 12);
  const after = edited(before, random);

  const { added } = changedLines(before.join("\n"), after.join("\n"));

  const kept = after.length - sizeOf(added);
  expect(kept).toBe(longestCommon(before, after));
});

test("two large texts with little in common cost bounded time", () => {
  const random = randomFrom(7);
  const line = () => `line ${String(Math.floor(random() * 400))}`;
  const before = Array.from({ length: 60_000 }, line);
  const after = Array.from({ length: 60_000 }, line);
  const started = processorMs();

  const { added, removed } = changedLines(before.join("\n"), after.join("\n"));

  expect(processorMs() - started).toBeLessThan(5_000);
  expect(without(after, added)).toEqual(without(before, removed));
});

test("unique lines anchor a text that changed too much for the shortest script", () => {
  const random = randomFrom(11);
  const before = Array.from({ length: 4_000 }, (_, n) => `common ${String(n)}`);
  const after = before.flatMap((line) => [
    `new ${String(Math.floor(random() * 5))}`,
    line,
  ]);

  const { removed } = changedLines(before.join("\n"), after.join("\n"));

  expect(removed).toEqual([]);
});

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** A small linear congruential generator, so that a failure can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomLines(random: () => number, most: number): string[] {
  const length = 1 + Math.floor(random() * most);
  return Array.from({ length }, () => "abcdef"[Math.floor(random() * 6)]!);
}

function edited(lines: string[], random: () => number): string[] {
  const kept = lines.flatMap((line) => {
    const choice = random();
    if (choice < 0.15) return [];
    if (choice < 0.3) return [line, ...randomLines(random, 3)];
    return [line];
  });
  return kept.length === 0 ? ["z"] : kept;
}

function without(lines: string[], ranges: readonly LineRange[]): string[] {
  const gone = new Set<number>();
  for (const { start, end } of ranges)
    for (let line = start; line <= end; line += 1) gone.add(line);
  return lines.filter((_, index) => !gone.has(index + 1));
}

function sizeOf(ranges: readonly LineRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
}

function longestCommon(one: string[], other: string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const line of one) {
    const next = [0];
    other.forEach((candidate, index) => {
      next.push(
        candidate === line
          ? row[index]! + 1
          : Math.max(row[index + 1]!, next[index]!),
      );
    });
    row = next;
  }
  return row.at(-1)!;
}
