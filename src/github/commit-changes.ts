import type { CommitChanges } from "#gate/read-plan.js";
import type { Gap } from "#gate/snapshot.js";
import { compareTrees, type TreeEntry } from "#gate/tree-compare.js";
import type { ComparedCommit } from "./merge-base.js";
import type { Octokit, RepositoryName } from "./octokit.js";
import { type FlatTree, readTree } from "./trees.js";
import type { TreeStore } from "./tree-store.js";

/** What the commits of a change did, as far as their trees could be listed. */
export interface CommitsRead {
  readonly commits: readonly CommitChanges[];
  readonly gaps: readonly Gap[];
}

/** Compares each commit with its first parent: one request a commit that was not seen before. */
export async function readCommitChanges(
  octokit: Octokit,
  repository: RepositoryName,
  commits: readonly ComparedCommit[],
  store: TreeStore,
): Promise<CommitsRead> {
  const read: CommitChanges[] = [];
  const gaps: Gap[] = [];
  const trees = new RecentTrees((id) =>
    readTree(octokit, repository, id, store),
  );
  for (const { sha, tree, parents } of commits) {
    const first = parents[0];
    const before = first
      ? await trees.read(first.tree ?? treeOf(commits, first.sha))
      : undefined;
    const after = await trees.read(tree);
    gaps.push(...(before?.gaps ?? []), ...after.gaps);
    const old: readonly TreeEntry[] = before?.entries ?? [];
    read.push({ sha, changes: compareTrees(old, after.entries) });
  }
  return { commits: read, gaps };
}

/** Comparisons name parents by commit only; GitHub lists a tree by its commit as well. */
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
