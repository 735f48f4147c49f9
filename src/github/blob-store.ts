import { ContentFolder } from "./content-folder.js";
import { blobId } from "./object-id.js";

/** Keeps the bytes of files by git's id for them. What it gives back always has that id. */
export interface BlobStore {
  readonly get: (id: string) => Promise<Uint8Array | undefined>;
  readonly put: (id: string, bytes: Uint8Array) => Promise<void>;
}

/** Bytes that the store of files may take on disk where nothing else is said. */
const defaultMaxBytes = 2_000_000_000;

/** A store on disk. A file that was damaged there is removed and counts as missing. */
export function openBlobStore(
  folder: string,
  { maxBytes = defaultMaxBytes }: { readonly maxBytes?: number } = {},
): BlobStore {
  const content = new ContentFolder(folder, maxBytes);
  return {
    get: async (id) => {
      const bytes = await content.read(id);
      if (!bytes || blobId(bytes, id) === id) return bytes;
      await content.remove(id);
      return undefined;
    },
    put: async (id, bytes) => {
      await content.write(id, bytes);
    },
  };
}
