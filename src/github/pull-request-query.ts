/** Lists of a pull request that may go on over several pages. */
export type PagedList = "commits" | "reviews" | "timeline";

const actor = `__typename login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Organization { databaseId }`;

const gitActor = "name email user { login databaseId }";

const lists: Readonly<Record<PagedList, string>> = {
  // A hundred authors and parents each, which cost no more than ten: co-authors must not hide behind a page's end.
  commits: `commits(first: 100, after: $commits) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { commit {
      oid message committedDate
      tree { oid }
      parents(first: 100) { nodes { oid tree { oid } } }
      authors(first: 100) { pageInfo { hasNextPage } nodes { ${gitActor} } }
      committer { ${gitActor} }
    } }
  }`,
  reviews: `reviews(first: 100, after: $reviews) {
    pageInfo { hasNextPage endCursor }
    nodes {
      databaseId state submittedAt lastEditedAt
      author { ${actor} }
      commit { oid }
    }
  }`,
  timeline: `timelineItems(first: 100, after: $timeline, itemTypes: [
      REVIEW_DISMISSED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT, ASSIGNED_EVENT
    ]) {
    pageInfo { hasNextPage endCursor }
    nodes {
      __typename
      ... on ReviewDismissedEvent {
        createdAt previousReviewState actor { ${actor} } review { databaseId }
      }
      ... on HeadRefForcePushedEvent {
        createdAt actor { ${actor} } beforeCommit { oid } afterCommit { oid }
      }
      ... on BaseRefChangedEvent {
        createdAt actor { ${actor} } previousRefName currentRefName
      }
      ... on AssignedEvent {
        createdAt actor { ${actor} } assignee { __typename ... on User { login databaseId } }
      }
    }
  }`,
};

const configFields = "... on Blob { oid text byteSize isBinary isTruncated }";

/** Both places of the configuration, in the order in which they count. */
export const configPaths = [".vibegate.yml", ".github/vibegate.yml"] as const;

/** The whole of a pull request and the first page of each of its lists, in one query. */
export const pullRequestQuery = `query (
  $owner: String!, $repo: String!, $number: Int!,
  $rootConfig: String!, $folderConfig: String!,
  $commits: String, $reviews: String, $timeline: String
) {
  repository(owner: $owner, name: $repo) {
    databaseId
    defaultBranchRef { name target { oid } }
    rootConfig: object(expression: $rootConfig) { ${configFields} }
    folderConfig: object(expression: $folderConfig) { ${configFields} }
    pullRequest(number: $number) {
      title state isDraft isCrossRepository
      author { ${actor} }
      assignees(first: 20) { nodes { __typename login databaseId } }
      baseRefName
      baseRefOid
      baseRef { target { oid } }
      headRefName
      headRefOid
      headRepository { nameWithOwner }
      ${lists.commits}
      ${lists.reviews}
      ${lists.timeline}
    }
  }
}`;

/** The configuration at one commit. */
export const configQuery = `query (
  $owner: String!, $repo: String!, $rootConfig: String!, $folderConfig: String!
) {
  repository(owner: $owner, name: $repo) {
    rootConfig: object(expression: $rootConfig) { ${configFields} }
    folderConfig: object(expression: $folderConfig) { ${configFields} }
  }
}`;

/** A further page of one list. */
export function pageQuery(list: PagedList): string {
  return `query ($owner: String!, $repo: String!, $number: Int!, $${list}: String) {
    repository(owner: $owner, name: $repo) {
      pullRequest(number: $number) { headRefOid ${lists[list]} }
    }
  }`;
}
