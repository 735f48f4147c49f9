import { nodeId } from "../present/account.js";
import { associationOf } from "../present/pull.js";
import { repositoryPage } from "../present/repository.js";
import type { Account } from "../world/accounts.js";
import type { LocalPullRequest } from "../world/local-pull-request.js";
import type { Review } from "../world/reviews.js";
import { actorView } from "./actor-view.js";
import { connection, type ListArguments } from "./connection.js";
import { commitView } from "./object-view.js";
import { refView, repositoryView } from "./repository-view.js";
import { timelineKind, timelineView } from "./timeline-view.js";

interface ReviewArguments extends ListArguments {
  readonly author?: string | null;
  readonly states?: readonly string[] | null;
}

interface TimelineArguments extends ListArguments {
  readonly itemTypes?: readonly string[] | null;
}

/** A pull request, as GraphQL shows it. */
export function pullView(pull: LocalPullRequest): object {
  const { repository } = pull;
  return {
    ...plainFields(pull),
    ...countFields(pull),
    author: actorView(repository.world, pull.author),
    baseRef: () => refView(repository, `refs/heads/${pull.baseRef}`),
    headRef: () => refView(pull.headRepository, `refs/heads/${pull.headRef}`),
    headRepository: () => repositoryView(pull.headRepository),
    assignees: (args: ListArguments) =>
      connection("assignees", pull.assignees, args, (account: Account) =>
        actorView(repository.world, account),
      ),
    commits: async (args: ListArguments) =>
      connection("commits", await pull.commits(), args, (oid) =>
        pullCommitView(pull, oid),
      ),
    reviews: (args: ReviewArguments) =>
      connection("reviews", wantedReviews(pull, args), args, (review) =>
        reviewView(pull, review),
      ),
    timelineItems: (args: TimelineArguments) => {
      const { itemTypes } = args;
      const events = pull.timeline.filter(
        (event) => !itemTypes || itemTypes.includes(timelineKind(event)),
      );
      return connection("timelineItems", events, args, (event) =>
        timelineView(pull, event),
      );
    },
  };
}

function plainFields(pull: LocalPullRequest) {
  return {
    __typename: "PullRequest",
    id: nodeId("PullRequest", pull.id),
    databaseId: pull.id,
    number: pull.number,
    title: pull.title,
    body: pull.body ?? "",
    url: `${repositoryPage(pull.repository)}/pull/${String(pull.number)}`,
    state: pull.mergedAt ? "MERGED" : pull.state.toUpperCase(),
    closed: pull.state === "closed",
    merged: pull.mergedAt !== undefined,
    mergedAt: pull.mergedAt ?? null,
    createdAt: pull.createdAt,
    isDraft: pull.isDraft,
    isCrossRepository: pull.isCrossRepository,
    authorAssociation: associationOf(pull.repository, pull.author),
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
  };
}

function countFields(pull: LocalPullRequest) {
  const files = () => pull.files();
  const sum = async (key: "additions" | "deletions") =>
    (await files()).reduce((total, file) => total + file[key], 0);
  return {
    additions: () => sum("additions"),
    deletions: () => sum("deletions"),
    changedFiles: async () => (await files()).length,
  };
}

function pullCommitView(pull: LocalPullRequest, oid: string) {
  return {
    id: nodeId("PullRequestCommit", `${String(pull.id)}:${oid}`),
    commit: () => commitView(pull.repository, oid),
    pullRequest: () => pullView(pull),
  };
}

function wantedReviews(
  pull: LocalPullRequest,
  { author, states }: ReviewArguments,
): Review[] {
  return pull.reviews.filter(
    (review) =>
      (!states || states.includes(review.state)) &&
      (!author || review.author.login.toLowerCase() === author.toLowerCase()),
  );
}

/** A review, as GraphQL shows it. */
export function reviewView(pull: LocalPullRequest, review: Review) {
  const { repository } = pull;
  return {
    __typename: "PullRequestReview",
    id: nodeId("PullRequestReview", review.id),
    databaseId: review.id,
    author: actorView(repository.world, review.author),
    authorAssociation: associationOf(repository, review.author),
    body: review.body,
    commit: () => commitView(repository, review.commitId),
    createdAt: review.submittedAt,
    submittedAt: review.submittedAt,
    lastEditedAt: review.editedAt ?? null,
    pullRequest: () => pullView(pull),
    state: review.state,
  };
}
