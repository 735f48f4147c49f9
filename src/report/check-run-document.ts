import type { LineRange } from "#gate/finding.js";

/** What a check run says, ready to be sent: texts are cut and escaped already. */
export interface CheckRunDocument {
  /** The one line of the merge box. */
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  /** Markdown, at most 65,535 characters. */
  readonly text?: string;
  /** In the order of their weight. */
  readonly annotations: readonly CheckRunAnnotation[];
  readonly conclusion: CheckRunConclusion;
  /** At most three buttons. */
  readonly actions?: readonly CheckRunAction[];
}

/** How a run ends. A required check lets `success`, `neutral` and `skipped` pass. */
export type CheckRunConclusion =
  | "action_required"
  | "cancelled"
  | "failure"
  | "neutral"
  | "skipped"
  | "success"
  | "timed_out";

/** A note on lines of a file. */
export interface CheckRunAnnotation {
  readonly path: string;
  readonly lines: LineRange;
  /** First and last column from 1, where they are known and on one line. */
  readonly columns?: LineRange;
  readonly level: "notice" | "warning" | "failure";
  /** Plain text, at most 64 KB. */
  readonly message: string;
  /** At most 255 characters. */
  readonly title?: string;
  /** At most 64 KB. */
  readonly details?: string;
}

/** A button: at most 20, 40 and 20 characters. */
export interface CheckRunAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}
