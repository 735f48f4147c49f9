import type { PullRequest } from "#github/pull-request-facts.js";
import type { RememberedHead } from "./head-memory.js";
import type { PolicyInForce } from "./policy-for.js";
import type { PullRequestWork } from "./work.js";

/** What the facts are gathered about. */
export interface ReviewSubject {
  readonly work: PullRequestWork;
  readonly pullRequest: PullRequest;
  readonly change: RememberedHead;
  readonly policy: PolicyInForce;
}
