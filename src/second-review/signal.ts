import type { SensitiveCategory } from "#gate/review-policy.js";
import type { ts } from "#parse/syntax.js";

/** A place in code that tells what the code around it is about. */
export interface Signal {
  readonly category: SensitiveCategory;
  readonly node: ts.Node;
  /** A clause; never a value out of the file. */
  readonly signal: string;
  /**
   * How far it speaks: for the function that it stands in, such as a guard or a query, or for its own expression only,
   * such as a setting.
   */
  readonly reach: "function" | "expression";
}
