import type { Check } from "#gate/check.js";
import type { Snapshot } from "#gate/snapshot.js";

/** What a report says of what was judged, besides the verdict. Plain data. */
export interface ReportSubject extends Pick<
  Snapshot,
  "scope" | "repository" | "head" | "base"
> {
  /** The checks that were at hand, for their titles and reasons. */
  readonly checks: readonly CheckDescription[];
}

/** A check as a reader meets it. */
export type CheckDescription = Pick<
  Check<never>,
  "id" | "name" | "title" | "why" | "rules"
>;
