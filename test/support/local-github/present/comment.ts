import type { IssueComment } from "../world/comments.js";
import type { LocalPullRequest } from "../world/local-pull-request.js";
import type { LocalRepository } from "../world/local-repository.js";
import { nodeId, simpleUser } from "./account.js";
import { appAnswer } from "./app.js";
import { associationOf, simplePull } from "./pull.js";
import { repositoryPage, repositoryUrl } from "./repository.js";

/** A comment of a conversation, as REST and webhooks carry it. */
export function commentAnswer(
  repository: LocalRepository,
  comment: IssueComment,
) {
  const { world } = repository;
  const api = repositoryUrl(repository);
  const url = `${api}/issues/comments/${String(comment.id)}`;
  const issue = String(comment.issue);
  return {
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    url,
    html_url: `${repositoryPage(repository)}/pull/${issue}#issuecomment-${String(comment.id)}`,
    issue_url: `${api}/issues/${issue}`,
    body: comment.body,
    user: simpleUser(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(repository, comment.author),
    performed_via_github_app: comment.byApp ? appAnswer(world) : null,
    reactions: noReactions(url),
  };
}

/** A pull request as the issue that it also is. */
export function issueOf(pull: LocalPullRequest) {
  const { repository } = pull;
  const simple = simplePull(pull);
  const url = simple.issue_url;
  const comments = repository.comments.filter(
    (comment) => comment.issue === pull.number,
  );
  return {
    id: pull.id,
    node_id: simple.node_id,
    number: pull.number,
    title: pull.title,
    body: simple.body,
    state: pull.state,
    locked: false,
    active_lock_reason: null,
    user: simple.user,
    labels: [],
    assignee: simple.assignee,
    assignees: simple.assignees,
    milestone: null,
    author_association: simple.author_association,
    comments: comments.length,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: simple.closed_at,
    url,
    html_url: simple.html_url,
    repository_url: repositoryUrl(repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    reactions: noReactions(url),
    pull_request: {
      url: simple.url,
      html_url: simple.html_url,
      diff_url: simple.diff_url,
      patch_url: simple.patch_url,
    },
  };
}

function noReactions(url: string) {
  return {
    url: `${url}/reactions`,
    total_count: 0,
    "+1": 0,
    "-1": 0,
    laugh: 0,
    hooray: 0,
    confused: 0,
    heart: 0,
    rocket: 0,
    eyes: 0,
  };
}
