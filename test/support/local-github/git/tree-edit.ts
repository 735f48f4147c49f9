import type { GitObject } from "./object-reader.js";
import type { ObjectStore } from "./object-store.js";
import { folderMode, parseTree, treeData, type TreeLine } from "./tree.js";

/** What is to stand at a path. */
export interface Leaf {
  readonly mode: string;
  readonly oid: string;
}

/** Where trees are read from and written to. */
interface Trees {
  readonly read: (oid: string) => Promise<GitObject | undefined>;
  readonly store: ObjectStore;
}

/** A tree that is being changed: what is not touched is not even read. */
export class TreeEdit {
  readonly #trees: Trees;
  readonly #oid: string | undefined;
  #entries: Map<string, Leaf | TreeEdit> | undefined;

  /** @param oid - The tree to begin with; empty when not given. */
  constructor(trees: Trees, oid?: string) {
    this.#trees = trees;
    this.#oid = oid;
  }

  /** Puts something at a path, whatever stood there or on the way. */
  async put(path: string, leaf: Leaf): Promise<void> {
    await this.#change(path.split("/"), leaf);
  }

  /** Takes away what stands at a path: a file, or a whole folder. */
  async remove(path: string): Promise<void> {
    await this.#change(path.split("/"), undefined);
  }

  /** Writes what has changed. @returns the tree's id. */
  write(): string {
    return this.#written() ?? this.#trees.store.write("tree", Buffer.alloc(0));
  }

  async #change(
    [name = "", ...rest]: readonly string[],
    leaf: Leaf | undefined,
  ): Promise<void> {
    const entries = (this.#entries ??= await this.#read());
    if (rest.length === 0) {
      if (leaf) entries.set(name, leaf);
      else entries.delete(name);
      return;
    }
    let inner = entries.get(name);
    if (!(inner instanceof TreeEdit)) {
      if (!leaf) return;
      inner = new TreeEdit(this.#trees);
      entries.set(name, inner);
    }
    await inner.#change(rest, leaf);
  }

  async #read(): Promise<Map<string, Leaf | TreeEdit>> {
    if (this.#oid === undefined) return new Map();
    const tree = await this.#trees.read(this.#oid);
    if (!tree) throw new Error(`There is no tree ${this.#oid}.`);
    return new Map(
      parseTree(tree.data).map(({ name, mode, oid }) => [
        name,
        mode === folderMode ? new TreeEdit(this.#trees, oid) : { mode, oid },
      ]),
    );
  }

  /** @returns undefined for an empty one, which git does not keep in a folder. */
  #written(): string | undefined {
    if (!this.#entries) return this.#oid;
    const lines: TreeLine[] = [];
    for (const [name, entry] of this.#entries) {
      if (!(entry instanceof TreeEdit)) lines.push({ name, ...entry });
      else {
        const oid = entry.#written();
        if (oid !== undefined) lines.push({ name, mode: folderMode, oid });
      }
    }
    if (lines.length === 0) return undefined;
    return this.#trees.store.write("tree", treeData(lines));
  }
}
