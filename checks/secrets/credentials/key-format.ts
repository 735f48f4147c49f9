import type { Level } from "#gate/finding.js";

/** How one provider's keys look, and what to do about one that leaked. */
export interface KeyFormat {
  /** Slug of provider and sort of key: part of a finding's identity. */
  readonly kind: string;
  /** What it is, for a sentence: `a Stripe live secret key`. */
  readonly what: string;
  /** How each such key begins. */
  readonly prefix: string;
  /** What follows the prefix: sticky, of bounded length. */
  readonly body: RegExp;
  /** Where its owner replaces it. */
  readonly rotate: string;
  /** The prefix alone is too common for files full of hashes. */
  readonly loose?: boolean;
  /** A test key, or one that opens little. */
  readonly atMost?: Level;
  /** The body is made of words or structure, so that randomness says nothing. */
  readonly structured?: boolean;
  /** What the shape alone cannot say. Gets the whole key. */
  readonly accepts?: (key: string) => boolean;
}

type Row<Kind extends string> = readonly [
  kind: Kind,
  what: string,
  prefix: string,
  body: RegExp,
  more?: Pick<KeyFormat, "loose" | "atMost" | "structured" | "accepts">,
];

/**
 * The formats of some providers.
 *
 * @param rotate - Where each sort of key is replaced: one place for all of a provider, or one for each sort.
 */
export function keysOf<const Kind extends string>(
  rotate: string | Readonly<Record<NoInfer<Kind>, string>>,
  rows: readonly Row<Kind>[],
): KeyFormat[] {
  return rows.map(([kind, what, prefix, body, more]) => ({
    kind,
    what,
    prefix,
    body,
    rotate: typeof rotate === "string" ? rotate : rotate[kind],
    ...more,
  }));
}
