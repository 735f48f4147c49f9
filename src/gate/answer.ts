import type { Check, Outcome } from "./check.js";

/** What one check said of one project. */
export interface Answer<Project> {
  readonly check: Check<Project>;
  readonly outcome: Outcome;
  /** Whether it could not be asked properly: it crashed, or something it needed could not be seen. */
  readonly incomplete: boolean;
}
