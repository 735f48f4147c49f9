import { assembleSnapshot } from "#gate/assemble-snapshot.js";
import type { Needs } from "#gate/check.js";
import { type DecodedText, decodeText } from "#gate/decode-text.js";
import { planReads, type ReadPlan, type Trees } from "#gate/read-plan.js";
import type { Gap, Snapshot } from "#gate/snapshot.js";
import { wantedBy } from "#gate/wanted.js";
import type { BlobStore } from "./blob-store.js";
import { readBlobs } from "./blobs.js";
import { type CommitsRead, readCommitChanges } from "./commit-changes.js";
import type { ComparedCommit } from "./merge-base.js";
import type { Octokit, RepositoryName } from "./octokit.js";
import type { CommitRef, PullRequest } from "./pull-request-facts.js";
import { type FlatTree, readTree } from "./trees.js";
import type { TreeStore } from "./tree-store.js";

/** What to look at: a commit by itself, or what it changed since another one. */
export interface Look extends RepositoryName {
  readonly head: CommitRef;
  /** Commit that the change is measured from; absent to judge the head as it is. */
  readonly base?: CommitRef;
  /** Commits of the change, from old to new. */
  readonly commits: readonly ComparedCommit[];
  /** False when there are more than are listed. */
  readonly hasAllCommits: boolean;
}

/** What is kept between looks, and the time of this one. */
export interface LookOptions {
  readonly blobs: BlobStore;
  readonly trees: TreeStore;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
}

/** The look at a pull request. */
export function pullRequestLook(
  pullRequest: PullRequest,
  mergeBase: CommitRef,
): Look {
  const { owner, repo, commits, hasAllCommits, head } = pullRequest;
  const last = commits.find(({ sha }) => sha === head.sha);
  return {
    ...{ owner, repo, commits, hasAllCommits },
    head: { sha: head.sha, ...(last && { tree: last.tree }) },
    base: mergeBase,
  };
}

/**
 * Reads everything that the checks need, all of it by object ids in the base repository: a fork's objects are there too,
 * and stay when the fork is deleted.
 *
 * @throws one of the classes of `failures.ts`; a file that cannot be read is a gap instead.
 */
export async function readSnapshot(
  octokit: Octokit,
  look: Look,
  needs: readonly Needs[],
  options: LookOptions,
): Promise<Snapshot> {
  const wanted = wantedBy(needs);
  const tree = ({ sha, tree: id }: CommitRef): Promise<FlatTree> =>
    readTree(octokit, look, id ?? sha, options.trees);
  const head = await tree(look.head);
  const base = look.base && (await tree(look.base));
  const history = wanted.inCommits
    ? await readCommits(octokit, look, options)
    : { commits: [], gaps: [] };
  const trees: Trees = {
    head: head.entries,
    ...(base && { base: base.entries }),
    commits: history.commits,
  };
  const plan = planReads(trees, wanted);
  const texts = await readTexts(octokit, look, { plan, trees }, options.blobs);
  return assembleSnapshot(frameOf(look, options), {
    plan,
    paths: head.entries.map(({ path }) => path),
    textOf: (id) => texts.get(id),
    gaps: [...head.gaps, ...(base?.gaps ?? []), ...history.gaps],
  });
}

async function readCommits(
  octokit: Octokit,
  look: Look,
  { trees }: LookOptions,
): Promise<CommitsRead> {
  const read = await readCommitChanges(octokit, look, look.commits, trees);
  if (!look.base || look.hasAllCommits) return read;
  const unlisted: Gap = {
    path: "",
    kind: "truncated",
    because: `GitHub lists only ${String(look.commits.length)} of its commits`,
  };
  return { ...read, gaps: [...read.gaps, unlisted] };
}

async function readTexts(
  octokit: Octokit,
  look: Look,
  { plan, trees }: { readonly plan: ReadPlan; readonly trees: Trees },
  store: BlobStore,
): Promise<ReadonlyMap<string, DecodedText>> {
  const texts = new Map<string, DecodedText>();
  const treeBytes = trees.head.reduce((sum, { size = 0 }) => sum + size, 0);
  const { owner, repo } = look;
  await readBlobs(
    octokit,
    {
      repository: { owner, repo },
      blobs: [...plan.blobs.values()],
      archive: { commit: look.head.sha, treeBytes },
      store,
    },
    (id, bytes) => texts.set(id, decodeText(bytes)),
  );
  return texts;
}

function frameOf(look: Look, { takenAt }: LookOptions) {
  return {
    takenAt,
    repository: `${look.owner}/${look.repo}`,
    scope: look.base ? ("change" as const) : ("repository" as const),
    head: look.head.sha,
    ...(look.base && { base: look.base.sha }),
    hasHistory: true,
  };
}
