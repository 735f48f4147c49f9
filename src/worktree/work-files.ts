import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** What stands at a path of a folder tree. A file above the limit has no bytes here. */
export type WorkEntry =
  | { readonly kind: "file"; readonly size: number; readonly bytes?: Buffer }
  | { readonly kind: "link"; readonly target: Buffer }
  | { readonly kind: "folder" | "special" | "unreadable" | "absent" };

/**
 * Reads the files of one folder tree without ever leaving it: never follows a symbolic link, not even in the folders
 * above a file, and never waits for a pipe. Synchronous, because it runs beside the main thread and is faster so.
 */
export class WorkFiles {
  readonly #root: string;
  readonly #honestFolders = new Map<string, boolean>();

  /** @param root - Absolute, and itself without symbolic links. */
  constructor(root: string) {
    this.#root = root;
    this.#honestFolders.set(root, true);
  }

  /** Looks at one path, and reads it if it is a regular file of at most `maxBytes`. */
  read(path: string, maxBytes: number): WorkEntry {
    const absolute = join(this.#root, path);
    if (!this.#isHonest(dirname(absolute))) return { kind: "absent" };
    try {
      return readEntry(absolute, maxBytes);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      const isAbsent = code === "ENOENT" || code === "ENOTDIR";
      return { kind: isAbsent ? "absent" : "unreadable" };
    }
  }

  /** Git's id of a file of any size, without keeping its content; undefined when it cannot be read. */
  blobId(path: string, hash: "sha1" | "sha256"): string | undefined {
    const absolute = join(this.#root, path);
    if (!this.#isHonest(dirname(absolute))) return undefined;
    try {
      return withFile(absolute, (file, size) => hashOf(file, size, hash));
    } catch {
      return undefined;
    }
  }

  /** Whether a folder is where its path says, with no symbolic link on the way. */
  #isHonest(folder: string): boolean {
    const known = this.#honestFolders.get(folder);
    if (known !== undefined) return known;
    let isHonest = false;
    try {
      isHonest =
        dirname(folder) !== folder &&
        this.#isHonest(dirname(folder)) &&
        lstatSync(folder).isDirectory();
    } catch {
      // A folder that is gone has no files.
    }
    this.#honestFolders.set(folder, isHonest);
    return isHonest;
  }
}

function readEntry(absolute: string, maxBytes: number): WorkEntry {
  const entry = lstatSync(absolute);
  if (entry.isSymbolicLink())
    return { kind: "link", target: readlinkSync(absolute, "buffer") };
  if (entry.isDirectory()) return { kind: "folder" };
  if (!entry.isFile()) return { kind: "special" };
  if (entry.size > maxBytes) return { kind: "file", size: entry.size };
  return withFile(absolute, (file, size) => {
    if (size > maxBytes) return { kind: "file", size };
    const bytes = wholeOf(file, size);
    return { kind: "file", size: bytes.length, bytes };
  });
}

/** What a file held when its size was asked for; what is written to it meanwhile belongs to the next look. */
function wholeOf(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(file, bytes, filled, size - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** Opens a regular file; between the look and the opening, somebody may have put another thing there. */
function withFile<T>(
  absolute: string,
  use: (file: number, size: number) => T,
): T {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = openSync(absolute, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const entry = fstatSync(file);
    if (!entry.isFile()) throw new Error("It is no regular file any more.");
    return use(file, entry.size);
  } finally {
    closeSync(file);
  }
}

function hashOf(file: number, size: number, hash: "sha1" | "sha256"): string {
  const digest = createHash(hash).update(`blob ${String(size)}\0`);
  const buffer = Buffer.allocUnsafe(1_000_000);
  for (;;) {
    const count = readSync(file, buffer);
    if (count === 0) return digest.digest("hex");
    digest.update(buffer.subarray(0, count));
  }
}
