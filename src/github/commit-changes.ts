import type { CommitChanges } from "#gate/read-plan.js";
import type { Gap } from "#gate/snapshot.js";
import { compareTrees } from "#gate/tree-compare.js";
import { type CommitTrees, compareByFolders } from "./folder-walk.js";
import type { ComparedCommit } from "./merge-base.js";
import type { Octokit, RepositoryName } from "./octokit.js";
import { type FlatTree, readTree } from "./trees.js";
import type { TreeStore } from "./tree-store.js";

/** What the commits of a change did, as far as their trees could be listed. */
export interface CommitsRead {
  readonly commits: readonly CommitChanges[];
  readonly gaps: readonly Gap[];
}

/** Trees that were not seen before, above which many commits are compared folder by folder. */
const maxTreeRequests = 6;

/** Compares each commit with its first parent, in few requests however many commits there are. */
export async function readCommitChanges(
  octokit: Octokit,
  repository: RepositoryName,
  commits: readonly ComparedCommit[],
  store: TreeStore,
): Promise<CommitsRead> {
  const pairs = commits.map(({ sha, tree, parents }): CommitTrees => {
    const [first] = parents;
    const before = first && (first.tree ?? treeOf(commits, first.sha));
    return { sha, after: tree, ...(before !== undefined && { before }) };
  });
  if ((await countUnseen(pairs, store)) > maxTreeRequests)
    return compareByFolders(octokit, repository, pairs);
  const trees = new RecentTrees((id) =>
    readTree(octokit, repository, id, store),
  );
  const read: CommitChanges[] = [];
  const gaps: Gap[] = [];
  for (const { sha, before, after } of pairs) {
    const old = before === undefined ? undefined : await trees.read(before);
    const fresh = await trees.read(after);
    gaps.push(...(old?.gaps ?? []), ...fresh.gaps);
    const changes = compareTrees(old?.entries ?? [], fresh.entries);
    read.push({ sha, changes });
  }
  return { commits: read, gaps };
}

async function countUnseen(
  pairs: readonly CommitTrees[],
  store: TreeStore,
): Promise<number> {
  const ids = new Set(pairs.flatMap(({ before, after }) => [before, after]));
  let unseen = 0;
  for (const id of ids) {
    if (id !== undefined && !(await store.get(id))) unseen += 1;
    if (unseen > maxTreeRequests) break;
  }
  return unseen;
}

/** Comparisons name parents by commit only; a commit is as good as its tree when it is listed. */
function treeOf(commits: readonly ComparedCommit[], sha: string): string {
  return commits.find((commit) => commit.sha === sha)?.tree ?? sha;
}

/** A commit's parent mostly is the commit before it, so two trees in hand are enough. */
class RecentTrees {
  readonly #read: (id: string) => Promise<FlatTree>;
  #recent: readonly (readonly [string, FlatTree])[] = [];

  constructor(read: (id: string) => Promise<FlatTree>) {
    this.#read = read;
  }

  async read(id: string): Promise<FlatTree> {
    const known = this.#recent.find(([recent]) => recent === id)?.[1];
    if (known) return known;
    const tree = await this.#read(id);
    this.#recent = [[id, tree], ...this.#recent.slice(0, 1)];
    return tree;
  }
}
