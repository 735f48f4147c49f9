/** How VibeGate's run stands among the checks that a branch requires, from the strictest to none. */
export type RunStanding = "pinned" | "by-name" | "not-required";

/** What the host enforces on the branch that changes are merged into, as far as it lets itself be seen. */
export interface BranchRules {
  readonly branch: string;
  /** Whether a commit can only come by a pull request or a merge queue; absent where only administrators see that. */
  readonly pullRequestsOnly?: boolean;
  /** `pinned`: required, and only from this app. `by-name`: required, and any app or token may post it. */
  readonly gateRun: RunStanding;
}
