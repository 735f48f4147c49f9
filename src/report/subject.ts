import type { Check } from "#gate/check.js";
import type { Snapshot } from "#gate/snapshot.js";
import type { ConfigNotes } from "./config-notes.js";

/** What a report says of what was judged, besides the verdict. Plain data. */
export interface ReportSubject extends Pick<
  Snapshot,
  "scope" | "repository" | "head" | "base"
> {
  /** The checks that were at hand, for their titles and reasons. */
  readonly checks: readonly CheckDescription[];
  /** Address that a path is put behind to link its content at the head, for example `https://github.com/a/b/blob/<sha>`. */
  readonly filesUrl?: string;
  /** What is to be said of the configuration. */
  readonly config?: ConfigNotes;
}

/** A check as a reader meets it. */
export type CheckDescription = Pick<
  Check<never>,
  "id" | "name" | "title" | "why" | "rules"
>;
