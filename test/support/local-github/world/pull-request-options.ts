import type { LocalRepository } from "./local-repository.js";

/** What can be said about a new pull request. */
export interface PullRequestOptions {
  /** Branch with the change; it must exist, in the fork if there is one. */
  readonly head: string;
  /** The default branch unless told. */
  readonly base?: string;
  readonly title?: string;
  readonly body?: string;
  /** Login; `builder` unless told. */
  readonly author?: string;
  /** Where the head is, if not in this repository. */
  readonly fork?: LocalRepository;
  readonly draft?: boolean;
  readonly assignees?: readonly string[];
}
