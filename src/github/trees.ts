import type { Gap } from "#gate/snapshot.js";
import type { TreeEntry } from "#gate/tree-compare.js";
import { ask, type Octokit, type RepositoryName } from "./octokit.js";
import type { TreeStore } from "./tree-store.js";

/** A tree as a flat list of its files, and what of it GitHub would not list. */
export interface FlatTree {
  readonly entries: readonly TreeEntry[];
  readonly gaps: readonly Gap[];
}

/** Requests for one tree at most; a tree that needs more is named as not wholly seen. */
const maxRequests = 200;

interface TreeAnswer {
  readonly truncated: boolean;
  readonly tree: readonly {
    readonly path?: string;
    readonly mode?: string;
    readonly type?: string;
    readonly sha?: string;
    readonly size?: number;
  }[];
}

/**
 * Lists a tree with all its folders: one request, or none when it was seen before. GitHub cuts the list at 100,000
 * entries or 7 MB; then each folder is listed by itself.
 *
 * @param id - Of a tree; a commit's works too.
 */
export async function readTree(
  octokit: Octokit,
  repository: RepositoryName,
  id: string,
  store: TreeStore,
): Promise<FlatTree> {
  const known = await store.get(id);
  if (known) return { entries: known, gaps: [] };
  const walk = new TreeWalk(octokit, repository);
  await walk.list(id, "");
  if (walk.gaps.length === 0) await store.put(id, walk.entries);
  return { entries: walk.entries, gaps: walk.gaps };
}

class TreeWalk {
  readonly entries: TreeEntry[] = [];
  readonly gaps: Gap[] = [];
  readonly #octokit: Octokit;
  readonly #repository: RepositoryName;
  #requests = 0;

  constructor(octokit: Octokit, repository: RepositoryName) {
    this.#octokit = octokit;
    this.#repository = repository;
  }

  async list(id: string, folder: string): Promise<void> {
    if (this.#requests >= maxRequests) {
      this.#cut(folder);
      return;
    }
    const whole = await this.#ask(id, true);
    if (!whole.truncated) {
      this.#take(whole, folder);
      return;
    }
    const level = await this.#ask(id, false);
    if (level.truncated) this.#cut(folder);
    this.#take(level, folder);
    for (const { type, path, sha } of level.tree) {
      if (type !== "tree" || path === undefined || sha === undefined) continue;
      await this.list(sha, `${folder}${path}/`);
    }
  }

  #ask(id: string, recursive: boolean): Promise<TreeAnswer> {
    this.#requests += 1;
    const { owner, repo } = this.#repository;
    return ask<TreeAnswer>(
      this.#octokit,
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
      {
        ...{ owner, repo },
        tree_sha: id,
        // Any value, even "false", means recursive.
        ...(recursive && { recursive: "1" }),
      },
    );
  }

  #take({ tree }: TreeAnswer, folder: string): void {
    for (const { path, mode, type, sha, size } of tree) {
      if (type === "tree" || path === undefined || sha === undefined) continue;
      this.entries.push({
        path: folder + path,
        mode: mode ?? "100644",
        id: sha,
        ...(size !== undefined && { size }),
      });
    }
  }

  #cut(folder: string): void {
    const where = folder === "" ? "the repository" : folder;
    const because = `GitHub lists ${where} only in part: it has too many files`;
    this.gaps.push({ path: "", kind: "truncated", because });
  }
}
