import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { TreeEntry } from "#gate/tree-compare.js";
import { ContentFolder } from "./content-folder.js";

/** Keeps flattened trees by git's id for them; a tree never changes under its id. */
export interface TreeStore {
  readonly get: (id: string) => Promise<readonly TreeEntry[] | undefined>;
  readonly put: (id: string, entries: readonly TreeEntry[]) => Promise<void>;
}

const defaultMaxBytes = 500_000_000;

/** Entries of trees that stay in memory; about 100 MB. */
const maxEntriesInMemory = 500_000;

/** A store on disk with the latest trees in memory. */
export function openTreeStore(
  folder: string,
  { maxBytes = defaultMaxBytes }: { readonly maxBytes?: number } = {},
): TreeStore {
  const content = new ContentFolder(folder, maxBytes);
  const latest = new LRUCache<string, readonly TreeEntry[]>({
    maxSize: maxEntriesInMemory,
    sizeCalculation: (entries) => entries.length + 1,
  });
  return {
    get: async (id) => {
      const known = latest.get(id) ?? parse(await content.read(id));
      if (known) latest.set(id, known);
      return known;
    },
    put: async (id, entries) => {
      latest.set(id, entries);
      await content.write(id, print(entries));
    },
  };
}

/** A checksum in front: half a tree after a crash of the machine would hide the other half from the gate. */
function print(entries: readonly TreeEntry[]): Uint8Array {
  const rows = entries.map(({ path, mode, id, size }) => [
    path,
    mode,
    id,
    size,
  ]);
  const body = JSON.stringify(rows);
  return Buffer.from(`${checksum(body)}\n${body}`);
}

function parse(
  bytes: Uint8Array | undefined,
): readonly TreeEntry[] | undefined {
  if (!bytes) return undefined;
  const text = Buffer.from(bytes).toString("utf8");
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (checksum(body) !== text.slice(0, end)) return undefined;
  return (JSON.parse(body) as [string, string, string, number | null][]).map(
    ([path, mode, id, size]) => ({
      ...{ path, mode, id },
      ...(typeof size === "number" && { size }),
    }),
  );
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
