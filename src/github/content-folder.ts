import { randomUUID } from "node:crypto";
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";

/** Once full, this share of the room is freed at a time, so that not every write has to. */
const keptShare = 0.9;

/**
 * A folder of files named by object ids, which forgets what was not used for longest. Every failure of the disk is a
 * miss: the content can always be fetched again.
 */
export class ContentFolder {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** Sizes by name, the least recently used first. */
  #sizes: Promise<Map<string, number>> | undefined;
  #bytes = 0;

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      const bytes = await readFile(this.#path(name));
      await this.#touch(name, bytes.length);
      return bytes;
    } catch {
      // Not there, or not readable: for a cache that is the same.
      return undefined;
    }
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > this.#maxBytes) return;
    const path = this.#path(name);
    const fresh = `${path}.${randomUUID()}.new`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(fresh, bytes, { mode: 0o600 });
      await rename(fresh, path);
    } catch {
      // A full disk must not stop a review.
      await rm(fresh, { force: true }).catch(() => undefined);
      return;
    }
    const sizes = await this.#known();
    this.#note(sizes, name, bytes.length);
    if (this.#bytes > this.#maxBytes) await this.#evict(sizes);
  }

  async remove(name: string): Promise<void> {
    const sizes = await this.#known();
    this.#bytes -= sizes.get(name) ?? 0;
    sizes.delete(name);
    await rm(this.#path(name), { force: true }).catch(() => undefined);
  }

  #path(name: string): string {
    return join(this.#folder, name.slice(0, 2), name.slice(2));
  }

  async #touch(name: string, size: number): Promise<void> {
    this.#note(await this.#known(), name, size);
    const now = new Date();
    await utimes(this.#path(name), now, now);
  }

  #note(sizes: Map<string, number>, name: string, size: number): void {
    this.#bytes += size - (sizes.get(name) ?? 0);
    sizes.delete(name);
    sizes.set(name, size);
  }

  async #evict(sizes: Map<string, number>): Promise<void> {
    for (const name of sizes.keys()) {
      if (this.#bytes <= this.#maxBytes * keptShare) return;
      await this.remove(name);
    }
  }

  #known(): Promise<Map<string, number>> {
    this.#sizes ??= this.#scan();
    return this.#sizes;
  }

  async #scan(): Promise<Map<string, number>> {
    const found: { name: string; size: number; usedAt: number }[] = [];
    for (const shard of await readdir(this.#folder).catch(() => [])) {
      const folder = join(this.#folder, shard);
      for (const rest of await readdir(folder).catch(() => [])) {
        const path = join(folder, rest);
        // What a crash left half written.
        if (rest.endsWith(".new")) await removeWhenOld(path);
        const about = await stat(path).catch(() => undefined);
        if (!about?.isFile() || rest.endsWith(".new")) continue;
        const usedAt = about.mtimeMs;
        found.push({ name: shard + rest, size: about.size, usedAt });
      }
    }
    found.sort((one, other) => one.usedAt - other.usedAt);
    this.#bytes += found.reduce((sum, { size }) => sum + size, 0);
    return new Map(found.map(({ name, size }) => [name, size]));
  }
}

/** Milliseconds after which a half written file has no writer any more. */
const abandonedMs = 3_600_000;

async function removeWhenOld(path: string): Promise<void> {
  const about = await stat(path).catch(() => undefined);
  if (about && Date.now() - about.mtimeMs > abandonedMs)
    await rm(path, { force: true }).catch(() => undefined);
}
