import type { TreeEntry } from "#gate/tree-compare.js";
import { packBatches, readBatch, readRawBlob } from "./blob-batch.js";
import type { BlobStore } from "./blob-store.js";
import { GitHubGone, GitHubLimited, GitHubUnavailable } from "./failures.js";
import { isObjectId } from "./object-id.js";
import type { Octokit, RepositoryName } from "./octokit.js";
import { readTarball } from "./tarball.js";

/** Missing blobs above which the archive is cheaper than queries. */
const tarballAbove = 300;
/** Single reads for one snapshot at most: a repository of binaries must not use up the budget of the others. */
const maxRawReads = 100;
/** Queries at one time. */
const concurrency = 4;

/** Which blobs to read, and where from. */
export interface BlobOrder {
  readonly repository: RepositoryName;
  /** One entry for each blob. */
  readonly blobs: readonly TreeEntry[];
  /** Commit whose archive holds most of them, and the bytes of its whole tree. */
  readonly archive?: { readonly commit: string; readonly treeBytes: number };
  readonly store: BlobStore;
}

/**
 * Reads blobs by id, from the store where it has them. Each content has been hashed to its id.
 *
 * @param take - Gets each blob once, as soon as it is there; one that cannot be had is not handed over.
 */
export async function readBlobs(
  octokit: Octokit,
  order: BlobOrder,
  take: (id: string, bytes: Uint8Array) => void,
): Promise<void> {
  const reader = new BlobReader(octokit, order, take);
  await reader.fromStore(order.blobs.filter(({ id }) => isObjectId(id)));
  if (reader.missing.size > tarballAbove) await reader.fromArchive();
  await reader.fromQueries();
  await reader.oneByOne();
}

class BlobReader {
  readonly missing = new Map<string, TreeEntry>();
  readonly #octokit: Octokit;
  readonly #order: BlobOrder;
  readonly #take: (id: string, bytes: Uint8Array) => void;

  constructor(
    octokit: Octokit,
    order: BlobOrder,
    take: (id: string, bytes: Uint8Array) => void,
  ) {
    this.#octokit = octokit;
    this.#order = order;
    this.#take = take;
  }

  async fromStore(blobs: readonly TreeEntry[]): Promise<void> {
    for (const blob of blobs) {
      const bytes = await this.#order.store.get(blob.id);
      if (bytes) this.#take(blob.id, bytes);
      else this.missing.set(blob.id, blob);
    }
  }

  async fromArchive(): Promise<void> {
    const { archive, repository } = this.#order;
    if (!archive) return;
    // Headers and padding of the archive's format come on top of the files.
    const maxBytes = archive.treeBytes * 2 + 50_000_000;
    const wanted = new Set(this.missing.keys());
    const { commit } = archive;
    try {
      await readTarball(
        this.#octokit,
        { ...repository, commit, wanted, maxBytes },
        (id, bytes) => this.#keep(id, bytes),
      );
    } catch (error) {
      // It only spares requests; what it did not give is asked for by id.
      if (error instanceof GitHubLimited) throw error;
    }
  }

  async fromQueries(): Promise<void> {
    const batches = [...packBatches([...this.missing.values()])];
    const work = async () => {
      for (let ids = batches.shift(); ids; ids = batches.shift()) {
        const { found } = await readBatch(
          this.#octokit,
          this.#order.repository,
          ids,
        );
        for (const [id, bytes] of found) await this.#keep(id, bytes);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  }

  /** What is binary for GitHub may be UTF-16, so it is read as well; the smallest first, as they are the likeliest texts. */
  async oneByOne(): Promise<void> {
    const left = [...this.missing.values()].sort(
      (one, other) => (one.size ?? 0) - (other.size ?? 0),
    );
    for (const { id } of left.slice(0, maxRawReads)) {
      const bytes = await this.#raw(id);
      if (bytes) await this.#keep(id, bytes);
    }
  }

  async #raw(id: string): Promise<Uint8Array | undefined> {
    try {
      return await readRawBlob(this.#octokit, this.#order.repository, id);
    } catch (error) {
      // Named as not read; everything else is still worth a review.
      if (error instanceof GitHubGone || error instanceof GitHubUnavailable)
        return undefined;
      throw error;
    }
  }

  async #keep(id: string, bytes: Uint8Array): Promise<void> {
    this.missing.delete(id);
    this.#take(id, bytes);
    await this.#order.store.put(id, bytes);
  }
}
