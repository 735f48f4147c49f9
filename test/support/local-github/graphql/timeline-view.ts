import { nodeId } from "../present/account.js";
import type { LocalPullRequest } from "../world/local-pull-request.js";
import type { TimelineEvent } from "../world/timeline.js";
import { actorView } from "./actor-view.js";
import { commitView } from "./object-view.js";
import { pullView, reviewView } from "./pull-view.js";

const kinds = {
  assigned: { type: "AssignedEvent", item: "ASSIGNED_EVENT" },
  "base-changed": {
    type: "BaseRefChangedEvent",
    item: "BASE_REF_CHANGED_EVENT",
  },
  "force-pushed": {
    type: "HeadRefForcePushedEvent",
    item: "HEAD_REF_FORCE_PUSHED_EVENT",
  },
  "review-dismissed": {
    type: "ReviewDismissedEvent",
    item: "REVIEW_DISMISSED_EVENT",
  },
} as const;

/** The name that `itemTypes` knows an event by. */
export function timelineKind(event: TimelineEvent): string {
  return kinds[event.what.kind].item;
}

/** An event of the timeline, as GraphQL shows it. */
export function timelineView(pull: LocalPullRequest, event: TimelineEvent) {
  const { type } = kinds[event.what.kind];
  return {
    __typename: type,
    id: nodeId(type, event.id),
    databaseId: event.id,
    actor: actorView(pull.repository.world, event.actor),
    createdAt: event.createdAt,
    pullRequest: () => pullView(pull),
    ...details(pull, event.what),
  };
}

function details(pull: LocalPullRequest, what: TimelineEvent["what"]): object {
  const { repository } = pull;
  switch (what.kind) {
    case "assigned":
      return { assignee: actorView(repository.world, what.assignee) };
    case "base-changed":
      return { previousRefName: what.from, currentRefName: what.to };
    case "force-pushed":
      return {
        beforeCommit: () => commitView(repository, what.before),
        afterCommit: () => commitView(repository, what.after),
      };
    case "review-dismissed":
      return {
        dismissalMessage: what.message,
        previousReviewState: what.previousState,
        review: () => reviewView(pull, what.review),
      };
  }
}
