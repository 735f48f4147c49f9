import type { NoText } from "#gate/decode-text.js";
import type { TreeEntry } from "#gate/tree-compare.js";
import { listTree } from "./list-tree.js";
import type { ObjectStore } from "./object-store.js";
import { readBlobs } from "./read-blobs.js";

/** One state of all files: of a commit, of a work tree or of a plain folder. */
export interface View {
  readonly entries: readonly TreeEntry[];
  /** Why some entries cannot be read whatever their content is, by id. */
  readonly obstacles: ReadonlyMap<string, NoText>;
  /** Whether it ends before the end, because there was too much. */
  readonly isCut: boolean;
  /** Contents by id; an id whose content is not at hand has none. */
  readonly read: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, Uint8Array>>;
}

/** A state without any file. */
export const emptyView: View = {
  entries: [],
  obstacles: new Map(),
  isCut: false,
  read: () => Promise.resolve(new Map()),
};

/** The files of a commit, below a folder of it. */
export async function commitView(
  store: ObjectStore,
  commit: string,
  prefix: string,
): Promise<View> {
  const listing = await listTree(store, commit, prefix);
  const obstacles = new Map<string, NoText>();
  const entries = listing.entries.map((entry) => {
    if (!listing.foreignPaths.has(entry.path)) return entry;
    // An id of its own, because the same content may stand under a readable name too.
    const id = `${entry.id}?`;
    obstacles.set(id, foreignName);
    return { ...entry, id };
  });
  const read: View["read"] = (ids) =>
    readBlobs(
      store,
      ids.filter((id) => !obstacles.has(id)),
    );
  return { entries, obstacles, isCut: false, read };
}

/** A path that no report can name faithfully and no check can match. */
export const foreignName = noText("its name is not UTF-8");

/** Why something on this machine has no text. */
export function noText(because: string): NoText {
  return { gap: { kind: "unreadable", because } };
}
