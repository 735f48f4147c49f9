import type { z } from "zod";
import { parseExternalId } from "#github/check-run-id.js";
import type { checkRunEvent, checkSuiteEvent } from "./payloads.js";
import {
  type IncomingEvent,
  nothing,
  type Placed,
  placeOf,
  wholeLook,
  type Wishes,
} from "./wishes.js";
import type { RequestedAction, Work } from "./work.js";

/** Wishes of a `check_run` event: a new run, or a pressed button. */
export function ofCheckRun(
  payload: z.infer<typeof checkRunEvent>,
  _event: IncomingEvent,
  appId: number,
): Wishes {
  const { action, check_run: run, requested_action: button, sender } = payload;
  if (run.app?.id !== appId) return nothing;
  const number = numberIn(run.external_id ?? "", run.head_sha);
  const mentioned = number === undefined ? run : { ...run, own: number };
  if (action === "rerequested")
    return { works: rerun(payload, mentioned, "check_run.rerequested") };
  if (action !== "requested_action" || !button) return nothing;
  const pressed: RequestedAction = {
    identifier: button.identifier,
    senderId: sender.id,
    senderLogin: sender.login,
  };
  return {
    works: numbersOf(payload, mentioned).map((found) => ({
      ...wholeLook(payload, found, "check_run.requested_action"),
      fullLook: false,
      actions: [pressed],
    })),
  };
}

/** Wishes of a `check_suite` event: new runs for its whole commit. */
export function ofCheckSuite(
  payload: z.infer<typeof checkSuiteEvent>,
  _event: IncomingEvent,
  appId: number,
): Wishes {
  const { action, check_suite: suite } = payload;
  if (suite.app?.id !== appId || action !== "rerequested") return nothing;
  return { works: rerun(payload, suite, "check_suite.rerequested") };
}

/** What a check event tells of its pull requests. */
interface Mentions {
  /** Number that we wrote into the run ourselves. */
  readonly own?: number;
  readonly head_sha: string;
  readonly pull_requests: readonly {
    readonly number: number;
    readonly base?: { readonly repo: { readonly id: number } } | undefined;
  }[];
}

/** For a pull request from a fork the event names none; then only its commit is known. */
function rerun(payload: Placed, mentions: Mentions, reason: string): Work[] {
  const numbers = numbersOf(payload, mentions);
  if (numbers.length === 0)
    return [
      {
        kind: "commit-rerun",
        ...placeOf(payload),
        sha: mentions.head_sha,
      },
    ];
  return numbers.map((number) => ({
    ...wholeLook(payload, number, reason),
    rerun: true,
  }));
}

function numbersOf({ repository }: Placed, mentions: Mentions): number[] {
  if (mentions.own !== undefined) return [mentions.own];
  // A list may hold pull requests of other repositories of the fork network that have the same head.
  const here = mentions.pull_requests.filter(
    ({ base }) => base === undefined || base.repo.id === repository.id,
  );
  return [...new Set(here.map(({ number }) => number))];
}

/** The number in an external id of ours, when it is about this commit. Its names may be older than a rename. */
function numberIn(id: string, sha: string): number | undefined {
  const subject = parseExternalId(id);
  return subject?.sha === sha ? subject.number : undefined;
}
