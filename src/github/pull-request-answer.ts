/** What GitHub answers to the queries on a pull request; only what is asked for. */
export interface PullRequestAnswer {
  readonly repository: RepositoryAnswer | null;
}

/** The repository with the pull request in it. */
export interface RepositoryAnswer extends ConfigAnswer {
  readonly databaseId: number | null;
  readonly defaultBranchRef: {
    readonly name: string;
    readonly target: ObjectAnswer | null;
  } | null;
  readonly pullRequest: PullRequestFields | null;
}

/** The configuration's places. */
export interface ConfigAnswer {
  readonly rootConfig: ConfigBlob | null;
  readonly folderConfig: ConfigBlob | null;
}

/** A config file; without `oid` the path is something else than a file. */
export interface ConfigBlob {
  readonly oid?: string;
  readonly text?: string | null;
  readonly byteSize?: number;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
}

/** The pull request itself. */
export interface PullRequestFields extends ListsAnswer {
  readonly title: string;
  readonly state: "OPEN" | "CLOSED" | "MERGED";
  readonly isDraft: boolean;
  readonly isCrossRepository: boolean;
  readonly author: ActorAnswer | null;
  readonly assignees: {
    readonly nodes: readonly (ActorAnswer | null)[] | null;
  };
  readonly baseRefName: string;
  readonly baseRefOid: string;
  readonly baseRef: { readonly target: ObjectAnswer | null } | null;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly headRepository: { readonly nameWithOwner: string } | null;
}

/** The lists that may go on over several pages. */
export interface ListsAnswer {
  readonly commits: Page<{ readonly commit: CommitAnswer }> & {
    readonly totalCount: number;
  };
  readonly reviews: Page<ReviewAnswer> | null;
  readonly timelineItems: Page<TimelineAnswer>;
}

/** One page of a list. */
export interface Page<Item> {
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly endCursor: string | null;
  };
  readonly nodes: readonly (Item | null)[] | null;
}

interface ObjectAnswer {
  readonly oid: string;
}

/** Whoever did something; `login` of a bot lacks REST's ending `[bot]`. */
export interface ActorAnswer {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number | null;
}

/** Who a commit names. */
export interface GitActorAnswer {
  readonly name: string | null;
  readonly email: string | null;
  readonly user: {
    readonly login: string;
    readonly databaseId: number | null;
  } | null;
}

/** A commit of the pull request. */
export interface CommitAnswer {
  readonly oid: string;
  readonly message: string;
  readonly committedDate: string;
  readonly tree: ObjectAnswer;
  readonly parents: {
    readonly nodes:
      | readonly ({
          readonly oid: string;
          readonly tree: ObjectAnswer;
        } | null)[]
      | null;
  };
  readonly authors: {
    readonly pageInfo: { readonly hasNextPage: boolean };
    readonly nodes: readonly (GitActorAnswer | null)[] | null;
  };
  readonly committer: GitActorAnswer | null;
}

/** A review. */
export interface ReviewAnswer {
  readonly databaseId: number | null;
  readonly state: string;
  readonly submittedAt: string | null;
  readonly lastEditedAt: string | null;
  readonly author: ActorAnswer | null;
  readonly commit: ObjectAnswer | null;
}

/** An event; which fields there are depends on its type. */
export interface TimelineAnswer {
  readonly __typename: string;
  readonly createdAt?: string;
  readonly actor?: ActorAnswer | null;
  readonly previousReviewState?: string;
  readonly review?: { readonly databaseId: number | null } | null;
  readonly beforeCommit?: ObjectAnswer | null;
  readonly afterCommit?: ObjectAnswer | null;
  readonly previousRefName?: string;
  readonly currentRefName?: string;
  /** Without a login unless it is a user. */
  readonly assignee?: Partial<ActorAnswer> | null;
}
