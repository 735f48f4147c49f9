import type { z } from "zod";
import { commentRecord } from "./comment-record.js";
import { mergeRecord } from "./merge-record.js";
import type {
  issueCommentEvent,
  pullRequestEvent,
  reviewEvent,
} from "./payloads.js";
import { pullPushRecord } from "./push-record.js";
import { reviewRecord } from "./review-record.js";
import type { PullRequestWork } from "./work.js";
import {
  type IncomingEvent,
  nothing,
  wholeLook,
  type Wishes,
} from "./wishes.js";

type PullRequestEvent = z.infer<typeof pullRequestEvent>;

/** Wishes of a `pull_request` event, and who pushed or merged. */
export function ofPullRequest(
  payload: PullRequestEvent,
  { receivedAt: since }: IncomingEvent,
): Wishes {
  const { action, number, pull_request: pull } = payload;
  const reason = `pull_request.${action}`;
  const look: PullRequestWork = {
    ...wholeLook(payload, number, reason),
    ...(pull && { awaited: { sha: pull.head.sha, since } }),
  };
  if (isAboutAgent(payload)) return { works: [{ ...look, fullLook: false }] };
  if (!isWanted(payload)) return nothing;
  const records = [...pullPushRecord(payload), ...mergeRecord(payload)];
  return { works: [look], ...(records.length > 0 && { records }) };
}

function isWanted({ action, changes }: PullRequestEvent): boolean {
  return action === "edited"
    ? changes?.base !== undefined
    : [
        "opened",
        "reopened",
        "synchronize",
        "ready_for_review",
        "converted_to_draft",
        "closed",
      ].includes(action);
}

/** Whom an agent's pull request is assigned to says who is behind it. */
function isAboutAgent({ action, pull_request: pull }: PullRequestEvent) {
  const isAssignment = action === "assigned" || action === "unassigned";
  return isAssignment && pull?.user?.type === "Bot";
}

/** Wishes of a `pull_request_review` event, and what was approved. */
export function ofReview(
  payload: z.infer<typeof reviewEvent>,
  event: IncomingEvent,
): Wishes {
  const { action, pull_request: pull } = payload;
  if (!["submitted", "edited", "dismissed"].includes(action)) return nothing;
  const reason = `pull_request_review.${action}`;
  const work = wholeLook(payload, pull.number, reason);
  return {
    works: [{ ...work, fullLook: false }],
    records: [reviewRecord(payload, event)],
  };
}

/** Wishes of an `issue_comment` event: only where the comment means something for the second reviewer. */
export function ofIssueComment(
  payload: z.infer<typeof issueCommentEvent>,
  event: IncomingEvent,
): Wishes {
  const record = commentRecord(payload, event);
  if (!record) return nothing;
  const reason = `issue_comment.${payload.action}`;
  const work = wholeLook(payload, payload.issue.number, reason);
  return { works: [{ ...work, fullLook: false }], records: [record] };
}
