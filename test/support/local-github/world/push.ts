import type { Signature } from "../git/commit-writer.js";
import { announcePush } from "../webhooks/push-events.js";
import type { Account, Person } from "./accounts.js";
import { zeroOid } from "./notation.js";
import type {
  CommitOptions,
  LocalRepository,
  PushOptions,
} from "./local-repository.js";

/** One move of a branch, as `GET /activity` lists it. */
export interface Activity {
  readonly id: number;
  readonly before: string;
  readonly after: string;
  readonly ref: string;
  readonly timestamp: string;
  readonly type:
    | "push"
    | "force_push"
    | "branch_creation"
    | "pr_merge"
    | "merge_queue_merge";
  readonly actor: Account;
}

/** A branch's move, for those who are told of it. */
export interface Push {
  readonly repository: LocalRepository;
  readonly branch: string;
  /** Forty zeros for a new branch. */
  readonly before: string;
  readonly after: string;
  readonly by: Account;
  readonly type: Activity["type"];
}

/** Who commits when nobody is named. */
const defaultAuthor = "builder";

/** Writes commits on top of each other, and tells everybody of the push. */
export async function pushCommits(
  repository: LocalRepository,
  commits: readonly CommitOptions[],
  options: PushOptions,
): Promise<string[]> {
  const branch = options.branch ?? repository.defaultBranch;
  const before = await repository.git.findCommit(`refs/heads/${branch}`);
  let tip = before?.oid ?? (await startOf(repository, options.from));
  const written = [];
  for (const commit of commits) {
    tip = await writeOne(repository, branch, commit, tip);
    written.push(tip);
  }
  if (options.announce !== false) {
    const author = commits[0]?.author;
    const by = options.by ?? (typeof author === "string" ? author : undefined);
    await announceMove(repository, branch, before?.oid, {
      by: repository.world.accounts.named(by ?? defaultAuthor),
    });
  }
  return written;
}

/** Tells everybody that a branch was moved. */
export async function announceMove(
  repository: LocalRepository,
  branch: string,
  before: string | undefined,
  options: { readonly by: Account; readonly type?: Activity["type"] },
): Promise<void> {
  const after = await repository.sha(branch);
  const push: Push = {
    repository,
    branch,
    before: before ?? zeroOid,
    after,
    by: options.by,
    type: options.type ?? (await kindOfMove(repository, before, after)),
  };
  repository.activity.unshift({
    id: repository.world.nextId(),
    before: push.before,
    after,
    ref: `refs/heads/${branch}`,
    timestamp: repository.world.timestamp(),
    type: push.type,
    actor: push.by,
  });
  await announcePush(push);
}

async function kindOfMove(
  repository: LocalRepository,
  before: string | undefined,
  after: string,
): Promise<Activity["type"]> {
  if (before === undefined) return "branch_creation";
  const base = await repository.git.mergeBase(before, after);
  return base === before ? "push" : "force_push";
}

async function startOf(
  repository: LocalRepository,
  from: string | undefined,
): Promise<string | undefined> {
  const start = await repository.git.findCommit(
    from ?? `refs/heads/${repository.defaultBranch}`,
  );
  return start?.oid;
}

async function writeOne(
  repository: LocalRepository,
  branch: string,
  commit: CommitOptions,
  tip: string | undefined,
): Promise<string> {
  const named = commit.parents ?? (tip === undefined ? [] : [tip]);
  const parents = await Promise.all(
    named.map(async (name) => (await repository.git.commit(name)).oid),
  );
  const author = signature(repository, commit, commit.author ?? defaultAuthor);
  return repository.git.write({
    ref: `refs/heads/${branch}`,
    parents,
    author,
    committer: commit.committer
      ? signature(repository, commit, commit.committer)
      : author,
    message: messageOf(repository, commit),
    files: commit.files ?? {},
    remove: commit.remove ?? [],
  });
}

function signature(
  { world }: LocalRepository,
  commit: CommitOptions,
  who: string | Person,
): Signature {
  return { ...world.accounts.signatureOf(who), at: commit.at ?? world.now() };
}

function messageOf({ world }: LocalRepository, commit: CommitOptions): string {
  const message = commit.message ?? "Change the app";
  const trailers = (commit.coAuthors ?? []).map((who) => {
    const { name, email } = world.accounts.signatureOf(who);
    return `Co-authored-by: ${name} <${email}>`;
  });
  return trailers.length === 0
    ? message
    : `${message}\n\n${trailers.join("\n")}\n`;
}
