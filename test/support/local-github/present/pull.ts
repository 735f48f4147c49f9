import type { Account } from "../world/accounts.js";
import type { LocalPullRequest } from "../world/local-pull-request.js";
import type { LocalRepository } from "../world/local-repository.js";
import { nodeId, simpleUser } from "./account.js";
import { hookRepository, repositoryPage, repositoryUrl } from "./repository.js";
import { teamSimple } from "./team.js";

/** A pull request with its counts, as `GET /pulls/{n}` and its webhooks carry it. */
export async function fullPull(pull: LocalPullRequest) {
  const { world } = pull.repository;
  const [files, commits] = await Promise.all([pull.files(), pull.commits()]);
  const sum = (key: "additions" | "deletions") =>
    files.reduce((total, file) => total + file[key], 0);
  return {
    ...simplePull(pull),
    merged: pull.mergedAt !== undefined,
    mergeable: pull.state === "open" ? true : null,
    rebaseable: null,
    mergeable_state: pull.state === "open" ? "clean" : "unknown",
    merged_by: pull.mergedBy ? simpleUser(world, pull.mergedBy) : null,
    comments: pull.repository.comments.filter(
      ({ issue }) => issue === pull.number,
    ).length,
    review_comments: 0,
    maintainer_can_modify: pull.isCrossRepository,
    commits: commits.length,
    additions: sum("additions"),
    deletions: sum("deletions"),
    changed_files: files.length,
  };
}

/** A pull request, as lists carry it. */
export function simplePull(pull: LocalPullRequest) {
  const { repository } = pull;
  const { world } = repository;
  const user = (account: Account) => simpleUser(world, account);
  const assignees = pull.assignees.map(user);
  return {
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    number: pull.number,
    ...addresses(pull),
    state: pull.state,
    locked: false,
    active_lock_reason: null,
    title: pull.title,
    body: pull.body ?? null,
    user: user(pull.author),
    labels: [],
    milestone: null,
    draft: pull.isDraft,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt ?? null,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommitSha ?? null,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: pull.requestedReviewers.map(user),
    requested_teams: pull.requestedTeams.map((team) => teamSimple(world, team)),
    head: side(pull.headRepository, pull.headRef, pull.headSha),
    base: side(repository, pull.baseRef, pull.baseSha),
    author_association: associationOf(repository, pull.author),
    auto_merge: null,
  };
}

/** A pull request as check runs and suites name it. */
export function minimalPull(pull: LocalPullRequest) {
  const minimal = (repository: LocalRepository) => ({
    id: repository.id,
    url: repositoryUrl(repository),
    name: repository.name,
  });
  return {
    id: pull.id,
    number: pull.number,
    url: `${repositoryUrl(pull.repository)}/pulls/${String(pull.number)}`,
    head: {
      ref: pull.headRef,
      sha: pull.headSha,
      repo: minimal(pull.headRepository),
    },
    base: {
      ref: pull.baseRef,
      sha: pull.baseSha,
      repo: minimal(pull.repository),
    },
  };
}

/** What somebody is to a repository, in GitHub's words. */
export function associationOf(
  repository: LocalRepository,
  account: Account,
): "OWNER" | "COLLABORATOR" | "CONTRIBUTOR" {
  if (account === repository.owner) return "OWNER";
  const role = repository.roleOf(account);
  return role === "none" || role === "read" ? "CONTRIBUTOR" : "COLLABORATOR";
}

function side(repository: LocalRepository, ref: string, sha: string) {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: simpleUser(repository.world, repository.owner),
    repo: hookRepository(repository),
  };
}

function addresses(pull: LocalPullRequest) {
  const number = String(pull.number);
  const url = repositoryUrl(pull.repository);
  const page = `${repositoryPage(pull.repository)}/pull/${number}`;
  const api = `${url}/pulls/${number}`;
  const issue = `${url}/issues/${number}`;
  const links = {
    self: api,
    html: page,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${api}/comments`,
    review_comment: `${url}/pulls/comments{/number}`,
    commits: `${api}/commits`,
    statuses: `${url}/statuses/${pull.headSha}`,
  };
  return {
    url: api,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    _links: Object.fromEntries(
      Object.entries(links).map(([name, href]) => [name, { href }]),
    ),
  };
}
