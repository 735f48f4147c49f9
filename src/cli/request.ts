import type { Phase } from "#gate/policy.js";
import type { Verdict } from "#gate/verdict.js";
import type { ReportSubject } from "#report/subject.js";

/** What somebody asked the command line to judge. Plain data: it crosses to the analysing thread. */
export interface JudgeRequest {
  /** Folder to judge; without one, the repository around the current folder. */
  readonly path?: string;
  /** What the change is measured from; without one, everything is judged. */
  readonly base?: string;
  /** The end of the change; without one, the work tree. */
  readonly head?: string;
  /** Whether to look at everything that the history holds, too. */
  readonly history?: boolean;
  /** A copy of the organization's file, whose floors and defaults then hold. */
  readonly organization?: string;
  /** Overrides what the configuration says, except for the organization's floor. */
  readonly phase?: Phase;
  /** Whether facts of earlier runs are used and kept; they are unless this is false. */
  readonly cache?: boolean;
}

/** What came of a request. */
export interface Judged {
  readonly verdict: Verdict;
  readonly subject: ReportSubject;
}

/** What the analysing thread says while it works and when it is done. */
export type JudgeMessage =
  | { readonly kind: "progress"; readonly doing: string }
  | { readonly kind: "judged"; readonly judged: Judged }
  /** All is done, also what was left to do after the answer. */
  | { readonly kind: "finished" }
  /** The request cannot be met, and the person can change that. */
  | { readonly kind: "refused"; readonly sentence: string }
  /** Our own mistake. */
  | { readonly kind: "crashed"; readonly stack: string };
