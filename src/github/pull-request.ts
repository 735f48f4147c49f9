import { readBaseConfig } from "./base-config.js";
import { GitHubGone, GitHubUnavailable } from "./failures.js";
import { type Octokit, query, type RepositoryName } from "./octokit.js";
import type {
  ListsAnswer,
  Page,
  PullRequestAnswer,
  PullRequestFields,
  RepositoryAnswer,
} from "./pull-request-answer.js";
import {
  accountOf,
  commitOf,
  eventsOf,
  type PullRequest,
  reviewOf,
} from "./pull-request-facts.js";
import {
  configPaths,
  type PagedList,
  pageQuery,
  pullRequestQuery,
} from "./pull-request-query.js";

/** A pull request by its place. */
export interface PullRequestPlace extends RepositoryName {
  readonly number: number;
}

/** GitHub lists no more commits of a pull request than this. https://docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request */
const mostCommits = 250;

/**
 * Reads all that is to be known of a pull request but its files: one query for all but the longest.
 *
 * @param baseHint - The base branch, where an event named it: saves a query off the default branch.
 * @throws GitHubGone when there is no such pull request.
 */
export async function readPullRequest(
  octokit: Octokit,
  place: PullRequestPlace,
  baseHint?: string,
): Promise<PullRequest> {
  const { owner, repo, number } = place;
  const treeish = baseHint === undefined ? "HEAD" : `refs/heads/${baseHint}`;
  const answer = await query<PullRequestAnswer>(octokit, pullRequestQuery, {
    ...{ owner, repo, number },
    rootConfig: `${treeish}:${configPaths[0]}`,
    folderConfig: `${treeish}:${configPaths[1]}`,
  });
  const repository = answer.repository;
  const fields = repository?.pullRequest;
  if (!repository || !fields) throw new GitHubGone(undefined);
  const lists = await readFurtherPages(octokit, place, fields);
  const config = await readBaseConfig(octokit, place, repository, baseHint);
  return { ...factsOf(place, repository, fields), ...lists, config };
}

function factsOf(
  place: PullRequestPlace,
  repository: RepositoryAnswer,
  fields: PullRequestFields,
): Omit<PullRequest, "config" | keyof Lists> {
  const defaultBranch = repository.defaultBranchRef?.name ?? "";
  const author = accountOf(fields.author);
  return {
    ...place,
    title: fields.title,
    state: stateNames[fields.state],
    isDraft: fields.isDraft,
    ...(author && { author }),
    assignees: (fields.assignees.nodes ?? []).flatMap(
      (assignee) => accountOf(assignee) ?? [],
    ),
    defaultBranch,
    base: {
      ref: fields.baseRefName,
      tip: fields.baseRef?.target?.oid ?? fields.baseRefOid,
      isDefaultBranch: fields.baseRefName === defaultBranch,
    },
    head: {
      ref: fields.headRefName,
      sha: fields.headRefOid,
      isFork: fields.isCrossRepository,
      ...(fields.headRepository && {
        repository: fields.headRepository.nameWithOwner,
      }),
    },
  };
}

const stateNames = {
  OPEN: "open",
  CLOSED: "closed",
  MERGED: "merged",
} as const;

type Lists = Pick<
  PullRequest,
  | "commits"
  | "hasAllCommits"
  | "reviews"
  | "dismissals"
  | "forcePushes"
  | "baseChanges"
  | "assignments"
>;

async function readFurtherPages(
  octokit: Octokit,
  place: PullRequestPlace,
  first: PullRequestFields,
): Promise<Lists> {
  const pages = <Item>(
    list: PagedList,
    page: Page<Item> | null,
    pick: (answer: ListsAnswer) => Page<Item> | null,
  ) => readPages(octokit, place, first.headRefOid, { list, page, pick });
  const commits = await pages("commits", first.commits, (a) => a.commits);
  const reviews = await pages("reviews", first.reviews, (a) => a.reviews);
  const timeline = await pages(
    "timeline",
    first.timelineItems,
    (a) => a.timelineItems,
  );
  return {
    commits: commits.map(({ commit }) => commitOf(commit)),
    hasAllCommits:
      commits.length === first.commits.totalCount &&
      commits.length < mostCommits,
    reviews: reviews.map(reviewOf),
    ...eventsOf(timeline),
  };
}

interface Reading<Item> {
  readonly list: PagedList;
  readonly page: Page<Item> | null;
  readonly pick: (answer: ListsAnswer) => Page<Item> | null;
}

async function readPages<Item>(
  octokit: Octokit,
  { owner, repo, number }: PullRequestPlace,
  head: string,
  { list, page, pick }: Reading<Item>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let current = page; current;) {
    for (const node of current.nodes ?? []) if (node !== null) items.push(node);
    if (!current.pageInfo.hasNextPage) break;
    const variables = {
      owner,
      repo,
      number,
      [list]: current.pageInfo.endCursor,
    };
    const answer = await query<PullRequestAnswer>(
      octokit,
      pageQuery(list),
      variables,
    );
    const next = answer.repository?.pullRequest;
    // A push in between: the pages belong to two different heads, and a new try reads the new one.
    if (next?.headRefOid !== head) throw new GitHubUnavailable(undefined);
    current = pick(next);
  }
  return items;
}
