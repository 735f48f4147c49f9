/** How sure a check is. `certain` and `likely` may block, `possible` never does. */
export type Confidence = "certain" | "likely" | "possible";

/** What a finding weighs in the commitment phase. */
export type Level = "block" | "advise" | "notice";

/** Lines of a file from 1, both included. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** One thing that is wrong, at one place. Never holds the value of a secret, nor a part of one. */
export interface Finding {
  /** Slug of the rule within its check, for example `provider-key`. */
  readonly rule: string;
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly lines: LineRange;
  /** What is wrong here, in one sentence. */
  readonly message: string;
  /** What to do, as an order that the reader can follow. */
  readonly fix: string;
  readonly confidence: Confidence;
  /**
   * Tells this finding from others of its rule in this file and survives edits elsewhere in it: no line numbers.
   * Findings with the same rule, path and identity are one.
   */
  readonly identity: string;
  /** Commit that holds it, when the head no longer does: the leak remains in the history. */
  readonly commit?: string;
  /** Other places that belong to the evidence, in the order to read them. */
  readonly evidence?: readonly Evidence[];
  /** Weighs less here than its rule does by default; can lower, never raise. */
  readonly atMost?: Level;
}

/** A place that explains a finding, for example the constant that a call refers to. */
export interface Evidence {
  readonly path: string;
  readonly line: number;
  readonly note: string;
}
