import type { ConfigFile } from "./base-config.js";
import type {
  ActorAnswer,
  CommitAnswer,
  GitActorAnswer,
  ReviewAnswer,
  TimelineAnswer,
} from "./pull-request-answer.js";

/** An account on GitHub, named as REST names it: a bot's login ends in `[bot]`. */
export interface Account {
  readonly login: string;
  /** GitHub's number, which survives a rename; absent for kinds of accounts that show none. */
  readonly id?: number;
  readonly type: "User" | "Bot" | "Organization" | "Other";
}

/** Who a commit names as author, co-author or committer. */
export interface CommitPerson {
  readonly name: string;
  readonly email: string;
  /** Absent when GitHub knows no account with this address. */
  readonly account?: Account;
}

/** A commit and its tree. */
export interface CommitRef {
  readonly sha: string;
  /** Id of its tree, where known. */
  readonly tree?: string;
}

/** A commit of the pull request. */
export interface PullRequestCommit {
  readonly sha: string;
  readonly tree: string;
  readonly message: string;
  /** ISO 8601. */
  readonly committedAt: string;
  readonly parents: readonly CommitRef[];
  /** Git's author first, then the co-authors of its trailers. */
  readonly authors: readonly CommitPerson[];
  /** False when there are more authors than GitHub showed. */
  readonly hasAllAuthors: boolean;
  readonly committer?: CommitPerson;
}

/** A review as it stands now. */
export interface Review {
  readonly id?: number;
  readonly state:
    "approved" | "changes-requested" | "commented" | "dismissed" | "pending";
  /** Absent when the account was deleted. */
  readonly author?: Account;
  /** ISO 8601; absent while pending. */
  readonly submittedAt?: string;
  readonly editedAt?: string;
  /** Head that it was given for; absent when that commit is gone. */
  readonly commit?: string;
}

/** That someone dismissed a review. */
export interface Dismissal {
  readonly at: string;
  readonly actor?: Account;
  readonly reviewId?: number;
  readonly previousState?: string;
}

/** That the head was replaced rather than added to. */
export interface ForcePush {
  readonly at: string;
  readonly actor?: Account;
  readonly before?: string;
  readonly after?: string;
}

/** That the pull request was pointed at another branch. */
export interface BaseChange {
  readonly at: string;
  readonly actor?: Account;
  readonly from: string;
  readonly to: string;
}

/** That somebody was given the pull request to care for. */
export interface Assignment {
  readonly at: string;
  readonly actor?: Account;
  readonly assignee?: Account;
}

/** All that GitHub says of a pull request but its files. */
export interface PullRequest {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly title: string;
  readonly state: "open" | "closed" | "merged";
  readonly isDraft: boolean;
  /** Absent when the account was deleted. */
  readonly author?: Account;
  /** Who is assigned now. */
  readonly assignees: readonly Account[];
  readonly defaultBranch: string;
  readonly base: {
    readonly ref: string;
    /** Commit at the tip of the base branch, or the last one known of a deleted branch. */
    readonly tip: string;
    readonly isDefaultBranch: boolean;
  };
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    readonly isFork: boolean;
    /** `owner/name`; absent when the fork was deleted. */
    readonly repository?: string;
  };
  /** Configuration at the base's tip; the first file counts. */
  readonly config: readonly ConfigFile[];
  /** From old to new. */
  readonly commits: readonly PullRequestCommit[];
  /** False when there are more than GitHub lists. */
  readonly hasAllCommits: boolean;
  readonly reviews: readonly Review[];
  readonly dismissals: readonly Dismissal[];
  readonly forcePushes: readonly ForcePush[];
  readonly baseChanges: readonly BaseChange[];
  readonly assignments: readonly Assignment[];
}

/** An account as one type everywhere; undefined for a deleted one. */
export function accountOf(
  actor: ActorAnswer | null | undefined,
): Account | undefined {
  if (!actor) return undefined;
  const { __typename: type, login, databaseId } = actor;
  const isBot = type === "Bot" && !login.endsWith("[bot]");
  return {
    login: isBot ? `${login}[bot]` : login,
    ...(typeof databaseId === "number" && { id: databaseId }),
    type:
      type === "User" || type === "Bot" || type === "Organization"
        ? type
        : "Other",
  };
}

/** A commit of the query's answer. */
export function commitOf(commit: CommitAnswer): PullRequestCommit {
  const parents = commit.parents.nodes ?? [];
  const authors = commit.authors.nodes ?? [];
  return {
    sha: commit.oid,
    tree: commit.tree.oid,
    message: commit.message,
    committedAt: commit.committedDate,
    parents: parents.flatMap((parent) =>
      parent ? [{ sha: parent.oid, tree: parent.tree.oid }] : [],
    ),
    authors: authors.flatMap((author) => (author ? [personOf(author)] : [])),
    hasAllAuthors: !commit.authors.pageInfo.hasNextPage,
    ...(commit.committer && { committer: personOf(commit.committer) }),
  };
}

function personOf({ name, email, user }: GitActorAnswer): CommitPerson {
  const account =
    user && accountOf({ ...user, __typename: typeOf(user.login) });
  return {
    name: name ?? "",
    email: email ?? "",
    ...(account && { account }),
  };
}

/** Commits name accounts as users only; a bot shows by the ending of its login. */
function typeOf(login: string): string {
  return login.endsWith("[bot]") ? "Bot" : "User";
}

/** A review of the query's answer. */
export function reviewOf(review: ReviewAnswer): Review {
  const author = accountOf(review.author);
  return {
    ...(review.databaseId !== null && { id: review.databaseId }),
    state: reviewStates[review.state] ?? "commented",
    ...(author && { author }),
    ...(review.submittedAt !== null && { submittedAt: review.submittedAt }),
    ...(review.lastEditedAt !== null && { editedAt: review.lastEditedAt }),
    ...(review.commit && { commit: review.commit.oid }),
  };
}

const reviewStates: Readonly<Partial<Record<string, Review["state"]>>> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes-requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
  PENDING: "pending",
};

/** The events of the timeline, by kind. */
export function eventsOf(
  items: readonly TimelineAnswer[],
): Pick<
  PullRequest,
  "dismissals" | "forcePushes" | "baseChanges" | "assignments"
> {
  const of = (type: string) =>
    items.filter(({ __typename }) => __typename === type);
  return {
    dismissals: of("ReviewDismissedEvent").map((item) => ({
      ...eventOf(item),
      ...(typeof item.review?.databaseId === "number" && {
        reviewId: item.review.databaseId,
      }),
      ...(item.previousReviewState !== undefined && {
        previousState:
          reviewStates[item.previousReviewState] ?? item.previousReviewState,
      }),
    })),
    forcePushes: of("HeadRefForcePushedEvent").map((item) => ({
      ...eventOf(item),
      ...(item.beforeCommit && { before: item.beforeCommit.oid }),
      ...(item.afterCommit && { after: item.afterCommit.oid }),
    })),
    baseChanges: of("BaseRefChangedEvent").map((item) => ({
      ...eventOf(item),
      from: item.previousRefName ?? "",
      to: item.currentRefName ?? "",
    })),
    assignments: of("AssignedEvent").map((item) => {
      const { __typename = "", login, databaseId } = item.assignee ?? {};
      const assignee =
        login === undefined
          ? undefined
          : accountOf({ __typename, login, databaseId: databaseId ?? null });
      return { ...eventOf(item), ...(assignee && { assignee }) };
    }),
  };
}

function eventOf({ createdAt, actor }: TimelineAnswer): {
  readonly at: string;
  readonly actor?: Account;
} {
  const account = accountOf(actor);
  return { at: createdAt ?? "", ...(account && { actor: account }) };
}
