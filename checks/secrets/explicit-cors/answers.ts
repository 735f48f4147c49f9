import type { OriginParameters } from "./request-origin.js";

/** What an answer says of the origin. An `AND` of answers is the union of their bits. */
export const said = {
  nothing: 0,
  /** It stands in a list, equals a text, or passed a function that was asked about it. */
  checked: 1,
  /** It passed a test that strangers can pass. */
  loose: 2,
  /** There is none: no browser of another site is asking. */
  absent: 4,
  /** A list or setting is empty. */
  unset: 8,
  /** The program does not run in production. */
  development: 16,
  /** The operator allowed every origin by a setting. */
  configured: 32,
} as const;

/** One way in which a question can be answered: bits of `said`. */
export type Answer = number;

/** More ways than these say nothing that matters. */
const maxAnswers = 32;

/** What the answering of a question needs to know. */
export interface Asking {
  readonly origins: OriginParameters;
  readonly depth: number;
}

/** All ways in which one and the other hold. */
export function both(
  one: readonly Answer[],
  other: readonly Answer[],
): readonly Answer[] {
  return distinct(one.flatMap((a) => other.map((b) => a | b)));
}

/** All ways in which one or the other holds. */
export function either(
  one: readonly Answer[],
  other: readonly Answer[],
): readonly Answer[] {
  return distinct([...one, ...other]);
}

function distinct(answers: readonly Answer[]): readonly Answer[] {
  return [...new Set(answers)].slice(0, maxAnswers);
}
