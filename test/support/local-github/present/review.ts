import type { LocalPullRequest } from "../world/local-pull-request.js";
import type { Review } from "../world/reviews.js";
import { nodeId, simpleUser } from "./account.js";
import { associationOf } from "./pull.js";
import { repositoryPage, repositoryUrl } from "./repository.js";

/** A review, as REST answers it. */
export function reviewAnswer(pull: LocalPullRequest, review: Review) {
  const { repository } = pull;
  const number = String(pull.number);
  const page = `${repositoryPage(repository)}/pull/${number}#pullrequestreview-${String(review.id)}`;
  const pullUrl = `${repositoryUrl(repository)}/pulls/${number}`;
  return {
    id: review.id,
    node_id: nodeId("PullRequestReview", review.id),
    user: simpleUser(repository.world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pullUrl,
    author_association: associationOf(repository, review.author),
    _links: { html: { href: page }, pull_request: { href: pullUrl } },
    submitted_at: review.submittedAt,
    commit_id: review.commitId,
  };
}

/** A review, as webhooks carry it: the state in small letters. */
export function webhookReview(pull: LocalPullRequest, review: Review) {
  return {
    ...reviewAnswer(pull, review),
    body: review.body === "" ? null : review.body,
    state: review.state.toLowerCase(),
    updated_at: review.editedAt ?? review.submittedAt,
  };
}
