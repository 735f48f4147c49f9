/** Bytes that GitHub takes in a summary or a text. It says characters; counted in UTF-8, both readings hold. */
export const maxTextBytes = 65_535;

/** A part of a document: entries between a head and a foot. */
export interface Part {
  /** Parts with a higher rank lose their entries first; the rank says nothing of the place. */
  readonly rank: number;
  readonly head: string;
  readonly entries: readonly string[];
  readonly foot: string;
  /** The line that stands for entries that were cut. */
  readonly more: (count: number) => string;
}

/**
 * Joins parts, and where they do not fit, leaves out entries: from the part with the highest rank first, and within a
 * part from the end. Heads, feet and the lines that count what is missing always stand. The same parts give the same
 * text.
 *
 * @param maxBytes - Of the result in UTF-8.
 * @throws RangeError when not even the heads and feet fit.
 */
export function joinWithin(parts: readonly Part[], maxBytes: number): string {
  const kept = parts.map(({ entries }) => entries.length);
  const byRank = parts
    .map((part, index) => ({ rank: part.rank, index }))
    .sort((one, other) => other.rank - one.rank || other.index - one.index);
  let excess = sizeOf(parts, kept) - maxBytes;
  for (const { index } of byRank) {
    if (excess <= 0) break;
    const part = parts[index];
    if (part) kept[index] = fewer(part, excess);
    excess = sizeOf(parts, kept) - maxBytes;
  }
  if (excess > 0)
    throw new RangeError(`${String(maxBytes)} bytes do not hold the frame.`);
  return textOf(parts, kept);
}

/** How many entries of a part may stay when so many bytes have to go; 0 when that does not suffice. */
function fewer(part: Part, excess: number): number {
  let count = part.entries.length;
  let saved = 0;
  while (count > 0) {
    saved += byteLength(part.entries[--count] ?? "");
    const line = byteLength(part.more(part.entries.length - count));
    if (saved - line >= excess) return count;
  }
  return 0;
}

function sizeOf(parts: readonly Part[], kept: readonly number[]): number {
  return byteLength(textOf(parts, kept));
}

function textOf(parts: readonly Part[], kept: readonly number[]): string {
  return parts
    .map(({ head, entries, foot, more }, index) => {
      const count = kept[index] ?? 0;
      const missing = entries.length - count;
      const shown = entries.slice(0, count).join("");
      return head + shown + (missing > 0 ? more(missing) : "") + foot;
    })
    .join("");
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/** At most so many characters, cut between characters, with a mark where something is missing. */
export function shorten(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const kept = [...text.slice(0, maxCharacters)].slice(0, maxCharacters - 1);
  return `${kept.join("").replace(/\p{Surrogate}$/u, "")}…`;
}
