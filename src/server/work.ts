/** Whose work it is. */
export interface Installed {
  readonly installationId: number;
}

/** Where a piece of work lives. Names may be out of date after a rename; ids are not. */
export interface Place extends Installed {
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

/**
 * The head that an event spoke of. GitHub may answer with an older one for some seconds after it sent the event, and then
 * no other event comes.
 */
export interface AwaitedHead {
  readonly sha: string;
  /** Milliseconds since 1970 at which the event came. */
  readonly since: number;
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
  /** The head that the latest event spoke of. */
  readonly awaited?: AwaitedHead;
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
export interface RightsChangedWork extends Installed {
  readonly kind: "rights-changed";
  /** Absent when it may be any repository. */
  readonly repositoryId?: number;
}

/** Every repository of an installation is to be held against what we know. */
export interface ReconcileInstallationWork extends Installed {
  readonly kind: "reconcile-installation";
}

/** The open pull requests of a repository are to be held against what we know. */
export interface ReconcileRepositoryWork extends Place {
  readonly kind: "reconcile-repository";
}

/** An installation is gone, or rests: nothing more is done for it. */
export interface ForgetWork extends Installed {
  readonly kind: "forget";
  /** Also what is kept of its repositories. */
  readonly forGood: boolean;
  readonly repositoryIds: readonly number[];
}

/** What we know is to be held against what GitHub knows of the whole app. */
export interface SweepWork extends Installed {
  readonly kind: "sweep";
}

/** What the server does. Only what to look at, never what was seen: the truth is read from GitHub when the work is done. */
export type Work =
  | PullRequestWork
  | CommitRerunWork
  | MergeGroupWork
  | FirstLookWork
  | ReviewAuditWork
  | BranchPushWork
  | RightsChangedWork
  | ReconcileInstallationWork
  | ReconcileRepositoryWork
  | ForgetWork
  | SweepWork;

/** One name for all wishes that one run answers. */
export function workKey(work: Work): string {
  switch (work.kind) {
    case "pull-request":
      return `pull:${String(work.repositoryId)}:${String(work.number)}`;
    case "commit-rerun":
      return `commit:${String(work.repositoryId)}:${work.sha}`;
    case "merge-group":
      return `merge-group:${String(work.repositoryId)}:${work.headSha}`;
    case "first-look":
      return `first-look:${String(work.repositoryId)}`;
    case "review-audit":
      return `review-audit:${String(work.repositoryId)}`;
    case "branch-push":
      return `branch-push:${String(work.repositoryId)}:${work.branch}`;
    case "rights-changed":
      return `rights-changed:${String(work.installationId)}:${String(work.repositoryId ?? "all")}`;
    case "reconcile-installation":
      return `reconcile:${String(work.installationId)}`;
    case "reconcile-repository":
      return `reconcile:${String(work.installationId)}:${String(work.repositoryId)}`;
    case "forget":
      return `forget:${String(work.installationId)}`;
    case "sweep":
      return "sweep";
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
  if (earlier.kind === "forget" && later.kind === "forget")
    return {
      ...later,
      forGood: earlier.forGood || later.forGood,
      repositoryIds: [
        ...new Set([...earlier.repositoryIds, ...later.repositoryIds]),
      ],
    };
  if (earlier.kind !== "pull-request" || later.kind !== "pull-request")
    return later;
  const awaited = latest(earlier.awaited, later.awaited);
  return {
    ...later,
    ...(awaited && { awaited }),
    reasons: [...new Set([...earlier.reasons, ...later.reasons])],
    fullLook: earlier.fullLook || later.fullLook,
    rerun: earlier.rerun || later.rerun,
    actions: distinct([...earlier.actions, ...later.actions]),
  };
}

function latest(
  one: AwaitedHead | undefined,
  other: AwaitedHead | undefined,
): AwaitedHead | undefined {
  if (!one || !other) return one ?? other;
  return other.since >= one.since ? other : one;
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
