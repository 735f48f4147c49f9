import { describe, expect, test } from "@jest/globals";
import { joinWithin, type Part, shorten } from "#report/cut.js";

describe("a text that is too long", () => {
  test("loses the entries of the highest rank first, and says how many", () => {
    const parts = [
      aPart(2, ["advice 1\n", "advice 2\n", "advice 3\n"]),
      aPart(1, ["block 1\n", "block 2\n"]),
    ];

    expect(joinWithin(parts, 45)).toBe(
      "<\nadvice 1\n2 more\n>\n<\nblock 1\nblock 2\n>\n",
    );
  });

  test("is refused when not even its frame fits", () => {
    expect(() => joinWithin([aPart(1, [])], 3)).toThrow(RangeError);
  });

  test("is left alone when it fits exactly", () => {
    const parts = [aPart(1, ["é\n"])];
    const whole = joinWithin(parts, Infinity);

    expect(joinWithin(parts, Buffer.byteLength(whole))).toBe(whole);
  });
});

describe("for 300 documents of all shapes, the cut", () => {
  const random = randomNumbers(42);
  const documents = Array.from({ length: 300 }, () => ({
    parts: Array.from({ length: 1 + below(5) }, randomPart),
    maxBytes: 300 + below(3_000),
  }));

  test("keeps within the limit, whatever the characters are", () => {
    for (const { parts, maxBytes } of documents) {
      const text = joinWithin(parts, maxBytes);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  test("accounts for every entry: shown or counted", () => {
    for (const { parts, maxBytes } of documents) {
      const text = joinWithin(parts, maxBytes);
      const shown = text.match(/^\d+:/gm)?.length ?? 0;
      const counted = [...text.matchAll(/^(\d+) more$/gm)];
      const missing = counted.reduce((sum, [, n]) => sum + Number(n), 0);
      const all = parts.reduce((sum, part) => sum + part.entries.length, 0);
      expect(shown + missing).toBe(all);
    }
  });

  test("spares a lower rank as long as a higher one has entries", () => {
    for (const { parts, maxBytes } of documents) {
      const text = joinWithin(parts, maxBytes);
      const ranks = [...text.matchAll(/^(\d+): .*$/gm)].map(([, n]) =>
        Number(n),
      );
      const cut = parts.filter(
        ({ rank, entries }) =>
          ranks.filter((shown) => shown === rank).length <
            parts
              .filter((part) => part.rank === rank)
              .reduce((sum, part) => sum + part.entries.length, 0) &&
          entries.length > 0,
      );
      const lowestCut = Math.min(...cut.map(({ rank }) => rank));
      expect(ranks.filter((rank) => rank > lowestCut)).toEqual([]);
    }
  });

  test("does not lose more than it must: one more entry would not fit", () => {
    for (const { parts, maxBytes } of documents) {
      const text = joinWithin(parts, maxBytes);
      const isCut = / more$/m.test(text);
      const spare = maxBytes - Buffer.byteLength(text);
      expect(isCut && spare > longestEntry).toBe(false);
    }
  });

  test("is the same each time", () => {
    for (const { parts, maxBytes } of documents)
      expect(joinWithin(parts, maxBytes)).toBe(joinWithin(parts, maxBytes));
  });

  function below(limit: number): number {
    return Math.floor(random() * limit);
  }

  function randomPart(_: unknown, index: number): Part {
    const alphabet = ["a", "é", "漢", "😀", "`", "\u0301"];
    const entries = Array.from({ length: below(40) }, () => {
      const word = Array.from({ length: below(60) }, () => alphabet[below(6)]);
      return `${String(index)}: ${word.join("")}\n`;
    });
    return aPart(index, entries);
  }
});

test("a shortened text ends between characters", () => {
  expect(shorten("abcdef", 4)).toBe("abc…");
  expect(shorten("😀😀😀", 4).isWellFormed()).toBe(true);
  expect(shorten("abc", 3)).toBe("abc");
});

const longestEntry = 60 * 4 + 10;

function aPart(rank: number, entries: readonly string[]): Part {
  const more = (count: number) => `${String(count)} more\n`;
  return { rank, head: "<\n", entries, foot: ">\n", more };
}

/** A small generator with a seed, so that a failure can be repeated (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
