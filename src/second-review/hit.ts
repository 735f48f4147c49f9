import type { SensitiveCategory } from "#gate/review-policy.js";

/** Why a changed file is sensitive: which kind, where, and what gave it away. */
export interface Hit {
  readonly category: SensitiveCategory;
  readonly path: string;
  /** From 1; in the text before the change where `isBefore`. */
  readonly line: number;
  readonly isBefore: boolean;
  /** A clause that completes "is sensitive because of …". Never a value out of the file. */
  readonly signal: string;
}

/** One side of a change: what stood there, or what stands there now, and which lines of it the change touches. */
export interface Side {
  readonly path: string;
  readonly text: string;
  readonly isBefore: boolean;
  readonly isTouched: (line: number) => boolean;
  /** Whether the change touches any line of it. */
  readonly hasTouched: boolean;
}

/** A hit on a side. */
export function hitOn(
  side: Pick<Side, "path" | "isBefore">,
  category: SensitiveCategory,
  line: number,
  signal: string,
): Hit {
  return { category, path: side.path, line, isBefore: side.isBefore, signal };
}
