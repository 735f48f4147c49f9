import { commentAnswer, issueOf } from "../present/comment.js";
import type { Account } from "../world/accounts.js";
import type { IssueComment } from "../world/comments.js";
import type { LocalPullRequest } from "../world/local-pull-request.js";
import { emitFor } from "./events.js";

/** Adds a comment to a pull request's conversation, and tells the app. */
export async function addComment(
  pull: LocalPullRequest,
  details: {
    readonly author: Account;
    readonly body: string;
    readonly byApp?: boolean;
  },
): Promise<IssueComment> {
  const comment = newComment(pull, details);
  await emitFor(pull.repository, "issue_comment", details.author, {
    action: "created",
    issue: issueOf(pull),
    comment: commentAnswer(pull.repository, comment),
  });
  return comment;
}

/** Adds a comment without telling anybody. */
function newComment(
  pull: LocalPullRequest,
  details: {
    readonly author: Account;
    readonly body: string;
    readonly byApp?: boolean;
  },
): IssueComment {
  const { world } = pull.repository;
  const comment: IssueComment = {
    id: world.nextId(),
    issue: pull.number,
    author: details.author,
    body: details.body,
    byApp: details.byApp ?? false,
    createdAt: world.timestamp(),
    updatedAt: world.timestamp(),
  };
  pull.repository.comments.push(comment);
  return comment;
}

/** Changes the words of a comment, and tells the app. */
export async function editComment(
  pull: LocalPullRequest,
  comment: IssueComment,
  body: string,
): Promise<void> {
  const changes = { body: { from: comment.body } };
  comment.body = body;
  comment.updatedAt = pull.repository.world.timestamp();
  await emitFor(pull.repository, "issue_comment", comment.author, {
    action: "edited",
    changes,
    issue: issueOf(pull),
    comment: commentAnswer(pull.repository, comment),
  });
}
