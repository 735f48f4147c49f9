/** A `vibegate-ignore` comment as it stands in a file. */
export interface InlineSuppression {
  /** Line of the comment, from 1. */
  readonly line: number;
  /** Line that it is about: its own, or the next one where it stands alone. */
  readonly target: number;
  /** Check slug, as written. */
  readonly check: string;
  /** Rule slug; absent when it is about all rules of the check. */
  readonly rule?: string;
  /** Last day on which it applies, as written. */
  readonly until?: string;
  readonly reason?: string;
  readonly owner?: string;
  /** What keeps it from applying, as one sentence; absent when it is well formed. */
  readonly problem?: string;
}

/** A comment with the file that holds it. */
export interface PlacedSuppression extends InlineSuppression {
  readonly path: string;
  /** Who named the owner, where the comment does not. */
  readonly ownerFrom?: "CODEOWNERS";
}
