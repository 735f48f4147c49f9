import type { CommitChanges } from "#gate/read-plan.js";
import type { Gap } from "#gate/snapshot.js";
import { compareTrees, type TreeEntry } from "#gate/tree-compare.js";
import { type FolderEntry, readFolders } from "./folder-listings.js";
import type { Octokit, RepositoryName } from "./octokit.js";

/** Folders listed for one change at most. */
const maxFolders = 5_000;

/** Two trees that one commit lies between; without `before` it has no parent. */
export interface CommitTrees {
  readonly sha: string;
  readonly before?: string;
  readonly after: string;
}

interface Pair {
  readonly commit: Differences;
  /** Ends with a slash, or is empty. */
  readonly folder: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

interface Differences {
  readonly sha: string;
  readonly before: TreeEntry[];
  readonly after: TreeEntry[];
}

/**
 * Compares the trees of many commits by descending only where their folders differ, all commits one level at a time:
 * some queries altogether, where listing every tree would take a request a commit.
 */
export async function compareByFolders(
  octokit: Octokit,
  repository: RepositoryName,
  commits: readonly CommitTrees[],
): Promise<{
  readonly commits: readonly CommitChanges[];
  readonly gaps: readonly Gap[];
}> {
  const walk = new FolderWalk((ids) => readFolders(octokit, repository, ids));
  const differences = commits.map(({ sha }) => ({
    sha,
    before: [],
    after: [],
  }));
  const roots = commits.flatMap(({ before, after }, index) => {
    const commit = differences[index];
    return commit ? [{ commit, folder: "", before, after }] : [];
  });
  await walk.descend(roots);
  return {
    commits: differences.map(({ sha, before, after }) => ({
      sha,
      changes: compareTrees(before, after),
    })),
    gaps: walk.gaps,
  };
}

type Read = (
  ids: readonly string[],
) => Promise<ReadonlyMap<string, readonly FolderEntry[]>>;

class FolderWalk {
  readonly gaps: Gap[] = [];
  readonly #read: Read;
  readonly #listings = new Map<string, readonly FolderEntry[]>();
  #asked = 0;

  constructor(read: Read) {
    this.#read = read;
  }

  async descend(roots: readonly Pair[]): Promise<void> {
    let pairs = roots.filter(({ before, after }) => before !== after);
    while (pairs.length > 0) {
      await this.#list(pairs.flatMap(({ before, after }) => [before, after]));
      pairs = pairs.flatMap((pair) => this.#compare(pair));
    }
  }

  async #list(ids: readonly (string | undefined)[]): Promise<void> {
    const fresh = new Set(
      ids.filter((id) => id !== undefined && !this.#listings.has(id)),
    ) as Set<string>;
    const room = Math.max(0, maxFolders - this.#asked);
    const asked = [...fresh].slice(0, room);
    this.#asked += asked.length;
    for (const [id, listing] of await this.#read(asked))
      this.#listings.set(id, listing);
  }

  /** Notes the files that differ. @returns the folders that differ. */
  #compare({ commit, folder, before, after }: Pair): readonly Pair[] {
    const old = this.#byName(before, folder, commit);
    const fresh = this.#byName(after, folder, commit);
    const deeper: Pair[] = [];
    for (const name of new Set([...old.keys(), ...fresh.keys()])) {
      const one = old.get(name);
      const other = fresh.get(name);
      if (one?.id === other?.id && one?.mode === other?.mode) continue;
      const path = folder + name;
      commit.before.push(...filesOf(one, path));
      commit.after.push(...filesOf(other, path));
      const folders = { before: folderOf(one), after: folderOf(other) };
      if (folders.before !== folders.after)
        deeper.push({ commit, folder: `${path}/`, ...folders });
    }
    return deeper;
  }

  #byName(
    id: string | undefined,
    folder: string,
    { sha }: Differences,
  ): ReadonlyMap<string, FolderEntry> {
    const listing = id === undefined ? [] : this.#listings.get(id);
    if (!listing) {
      const where = folder === "" ? "the root" : folder;
      const because = `${where} of commit ${sha.slice(0, 7)} could not be listed`;
      this.gaps.push({ path: "", kind: "truncated", because });
    }
    return new Map(listing?.map((entry) => [entry.path, entry]));
  }
}

function filesOf(entry: FolderEntry | undefined, path: string): TreeEntry[] {
  if (!entry || entry.isFolder) return [];
  const { mode, id, size } = entry;
  return [{ path, mode, id, ...(size !== undefined && { size }) }];
}

function folderOf(entry: FolderEntry | undefined): string | undefined {
  return entry?.isFolder ? entry.id : undefined;
}
