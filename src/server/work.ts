/** Where a piece of work lives. Names may be out of date after a rename; ids are not. */
export interface Place {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly repo: string;
}

/** Somebody pressed a button of a check run. Whether he may is for the receiver to find out. */
export interface RequestedAction {
  readonly identifier: string;
  readonly senderId: number;
  readonly senderLogin: string;
}

/** A pull request needs a look. */
export interface PullRequestWork extends Place {
  readonly kind: "pull-request";
  readonly number: number;
  /** Events that asked for it, for example `pull_request.synchronize`; each once. */
  readonly reasons: readonly string[];
  /** False when only reviews may have changed: then the gate need not run again. */
  readonly fullLook: boolean;
  /** Somebody asked for new check runs although the head is judged already. */
  readonly rerun: boolean;
  readonly actions: readonly RequestedAction[];
}

/** Somebody asked for new check runs on a commit, and the event does not tell whose pull request it is. */
export interface CommitRerunWork extends Place {
  readonly kind: "commit-rerun";
  readonly sha: string;
}

/** A merge queue asks about a group of pull requests. */
export interface MergeGroupWork extends Place {
  readonly kind: "merge-group";
  readonly headSha: string;
  readonly baseSha: string;
  /** Full name of the base branch's ref. */
  readonly baseRef: string;
  /** Full name of the group's own temporary ref; names its pull requests. */
  readonly headRef: string;
}

/** The app was installed on a repository: its default branch gets a first pair of runs. */
export interface FirstLookWork extends Place {
  readonly kind: "first-look";
}

/** The default branch is asked which of its sensitive files nobody else has looked at. */
export interface ReviewAuditWork extends Place {
  readonly kind: "review-audit";
}

/** One move of a branch. */
export interface BranchMove {
  /** Forty zeros for a new branch. */
  readonly before: string;
  readonly after: string;
  readonly by: { readonly id: number; readonly login: string };
  readonly isForced: boolean;
  /** Its tip was made on GitHub's pages: a merge perhaps, or an edit. */
  readonly isFromWeb: boolean;
}

/** Somebody pushed to the default branch, or changed the configuration of a branch. */
export interface BranchPushWork extends Place {
  readonly kind: "branch-push";
  readonly branch: string;
  readonly isDefault: boolean;
  readonly changesConfig: boolean;
  readonly moves: readonly BranchMove[];
}

/** Somebody's rights changed, in a repository or in a whole organization. */
export interface RightsChangedWork {
  readonly kind: "rights-changed";
  readonly installationId: number;
  /** Absent when it may be any repository. */
  readonly repositoryId?: number;
}

/** What the server does. Only what to look at, never what was seen: the truth is read from GitHub when the work is done. */
export type Work =
  | PullRequestWork
  | CommitRerunWork
  | MergeGroupWork
  | FirstLookWork
  | ReviewAuditWork
  | BranchPushWork
  | RightsChangedWork;

/** One name for all wishes that one run answers. */
export function workKey(work: Work): string {
  const repository = String(work.repositoryId ?? "all");
  switch (work.kind) {
    case "pull-request":
      return `pull:${repository}:${String(work.number)}`;
    case "commit-rerun":
      return `commit:${repository}:${work.sha}`;
    case "merge-group":
      return `merge-group:${repository}:${work.headSha}`;
    case "first-look":
      return `first-look:${repository}`;
    case "review-audit":
      return `review-audit:${repository}`;
    case "branch-push":
      return `branch-push:${repository}:${work.branch}`;
    case "rights-changed":
      return `rights-changed:${String(work.installationId)}:${repository}`;
  }
}

/** Folds a later wish into an earlier one of the same key: names from the later one, demands from both. */
export function mergeWork(earlier: Work, later: Work): Work {
  if (earlier.kind === "branch-push" && later.kind === "branch-push")
    return {
      ...later,
      changesConfig: earlier.changesConfig || later.changesConfig,
      moves: [...earlier.moves, ...later.moves],
    };
  if (earlier.kind !== "pull-request" || later.kind !== "pull-request")
    return later;
  return {
    ...later,
    reasons: [...new Set([...earlier.reasons, ...later.reasons])],
    fullLook: earlier.fullLook || later.fullLook,
    rerun: earlier.rerun || later.rerun,
    actions: distinct([...earlier.actions, ...later.actions]),
  };
}

function distinct(
  actions: readonly RequestedAction[],
): readonly RequestedAction[] {
  const byName = actions.map(
    (action) =>
      [`${action.identifier} ${String(action.senderId)}`, action] as const,
  );
  return [...new Map(byName).values()];
}
