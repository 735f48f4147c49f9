import { maxFileBytes, tooLarge } from "./decode-text.js";
import { isMedia } from "./media.js";
import type { Gap } from "./snapshot.js";
import {
  compareTrees,
  type TreeChange,
  type TreeEntry,
} from "./tree-compare.js";
import type { Wanted } from "./wanted.js";

/** One commit of a change, compared with its first parent. */
export interface CommitChanges {
  readonly sha: string;
  readonly changes: readonly TreeChange[];
}

/** What is to be judged, as lists of ids: nothing of it has been read yet. */
export interface Trees {
  readonly head: readonly TreeEntry[];
  /** Tree that the change is measured from; absent when everything is judged. */
  readonly base?: readonly TreeEntry[];
  /** Commits of the change from old to new. */
  readonly commits: readonly CommitChanges[];
}

/** A file of one commit that has to be read, with what it replaced. */
export interface PlannedCommitFile {
  readonly after: TreeEntry;
  readonly before?: TreeEntry;
}

/** What has to be read for a snapshot. */
export interface ReadPlan {
  /** Files of the head, by path. */
  readonly files: readonly TreeEntry[];
  /** Every change of the trees; a wanted one is read on both sides. */
  readonly changes: readonly PlannedChange[];
  readonly commits: readonly {
    readonly sha: string;
    readonly files: readonly PlannedCommitFile[];
  }[];
  /** One entry for every blob that has to be read, by id. */
  readonly blobs: ReadonlyMap<string, TreeEntry>;
  /** Wanted paths that cannot be read for what they are. */
  readonly gaps: readonly Gap[];
}

/** A change, and whether its lines are of interest to any check. */
export interface PlannedChange extends TreeChange {
  readonly wanted: boolean;
}

/** Decides by names, modes and sizes alone what has to be read, so that it can be fetched in few requests. */
export function planReads(trees: Trees, wanted: Wanted): ReadPlan {
  const planner = new Planner();
  const changes = trees.base ? compareTrees(trees.base, trees.head) : [];
  const changed = new Set(changes.map(({ path }) => path));
  const isWanted = (path: string) =>
    wanted.anywhere(path) ||
    ((!trees.base || changed.has(path)) && wanted.inChange(path));
  const files = trees.head.filter(
    (entry) => isWanted(entry.path) && planner.take(entry),
  );
  return {
    files,
    changes: changes.map((change) => planner.change(change, wanted)),
    commits: planner.commits(trees, wanted),
    blobs: planner.blobs,
    gaps: [...planner.gaps.values()],
  };
}

class Planner {
  readonly blobs = new Map<string, TreeEntry>();
  readonly gaps = new Map<string, Gap>();

  /** Plans an entry. @returns whether it can be read; if not, that is a gap now, unless nobody could read it anyway. */
  take(entry: TreeEntry): boolean {
    const gap = obstacle(entry);
    if (gap?.kind === "too-large" && isMedia(entry.path)) return false;
    if (gap) this.gaps.set(`${gap.kind} ${gap.path}`, gap);
    else this.blobs.set(entry.id, entry);
    return gap === undefined;
  }

  change(change: TreeChange, wanted: Wanted): PlannedChange {
    const interesting = wanted.inChange(change.path);
    const { before, after } = change;
    // Where the new side cannot be read, that is the gap already. A link had no lines that could have changed.
    if (interesting && before && isFile(before) && !(after && obstacle(after)))
      this.take(before);
    return { ...change, wanted: interesting };
  }

  commits(trees: Trees, { inCommits }: Wanted): ReadPlan["commits"] {
    if (!inCommits) return [];
    // What stands at the base already was not brought by any of the commits: a merge of the base brings much of it.
    const known = new Set(trees.base?.map(({ id }) => id));
    return trees.commits.map(({ sha, changes }) => ({
      sha,
      files: changes.flatMap(({ path, before, after }) => {
        if (!after || !inCommits(path) || known.has(after.id)) return [];
        if (before?.id === after.id || !this.take(after)) return [];
        if (!before || obstacle(before)) return [{ after }];
        this.blobs.set(before.id, before);
        return [{ after, before }];
      }),
    }));
  }
}

/** Why an entry is not read whatever it holds, if so. */
export function obstacle({ path, mode, size }: TreeEntry): Gap | undefined {
  if (mode === "120000")
    return {
      path,
      kind: "symlink",
      because: "it is a symbolic link, and links are never followed",
    };
  if (mode === "160000")
    return {
      path,
      kind: "submodule",
      because: "it is a submodule, whose files live in another repository",
    };
  if (size === undefined || size <= maxFileBytes) return undefined;
  return { path, ...tooLarge(size).gap };
}

/** Whether an entry is a regular file, executable or not. */
export function isFile({ mode }: TreeEntry): boolean {
  return mode.startsWith("100");
}
