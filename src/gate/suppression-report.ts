import type { Day } from "./day.js";
import type { Place } from "./policy.js";

/** One suppression as the reports list it. */
export interface SuppressionEntry {
  /** `check` or `check/rule`, as written. */
  readonly subject: string;
  readonly at: Place;
  readonly inline: boolean;
  readonly reason?: string;
  /** One account or team, or up to three of CODEOWNERS, apart by commas. */
  readonly owner?: string;
  /** Who named the owner, where a comment does not. */
  readonly ownerFrom?: "CODEOWNERS";
  readonly until?: Day;
  /** Findings that it silences, or would silence if it applied. */
  readonly findings: number;
  /** Why it does not apply, as one sentence; absent where it does. */
  readonly because?: string;
}

/** Every suppression that could be seen, by what became of it. */
export interface SuppressionReport {
  /** They apply and silence something. */
  readonly used: readonly SuppressionEntry[];
  /** They would apply, and match nothing. */
  readonly unused: readonly SuppressionEntry[];
  /** Their last day is over: what they silenced counts again. */
  readonly lapsed: readonly SuppressionEntry[];
  /** They cannot apply as they are written. */
  readonly malformed: readonly SuppressionEntry[];
  /** The change itself adds them, so they apply once it is merged. */
  readonly pending: readonly SuppressionEntry[];
}
