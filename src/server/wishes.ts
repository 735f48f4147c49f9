import type { RecordWrite } from "#queue/records.js";
import type { Place, PullRequestWork, Work } from "./work.js";

/** An event, as far as it matters what it asks for. */
export interface IncomingEvent {
  readonly id: string;
  readonly name: string;
  /** Parsed JSON of any shape. */
  readonly payload: unknown;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** What is wanted, and what must be remembered of it. */
export interface Wishes {
  readonly works: readonly Work[];
  readonly records?: readonly RecordWrite[];
}

/** Nothing is wanted. */
export const nothing: Wishes = { works: [] };

/** A payload with a place in it. */
export interface Placed {
  readonly installation: { readonly id: number };
  readonly repository: {
    readonly id: number;
    readonly name: string;
    readonly owner: { readonly login: string };
  };
}

/** The place that a payload is about. */
export function placeOf({ installation, repository }: Placed): Place {
  return {
    installationId: installation.id,
    repositoryId: repository.id,
    owner: repository.owner.login,
    repo: repository.name,
  };
}

/** A whole look at a pull request. @param reason - The event, for example `pull_request.opened`. */
export function wholeLook(
  payload: Placed,
  number: number,
  reason: string,
): PullRequestWork {
  return {
    kind: "pull-request",
    ...placeOf(payload),
    number,
    reasons: [reason],
    fullLook: true,
    rerun: false,
    actions: [],
  };
}
