import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, deflateSync } from "node:zlib";
import type { GitObject } from "./object-reader.js";
import { parseCommit } from "./parse-objects.js";
import { parseTree, submoduleMode } from "./tree.js";

/** Larger ones are read again, so that a test may write what it likes. */
const maxKeptBytes = 1024 * 1024;

/**
 * Objects that this process wrote or read before. All lie on the disk as well, where git itself finds them: starting a git
 * for each question takes longer than everything else that the local GitHub does.
 */
export class ObjectStore {
  readonly #folder: string;
  readonly #sharing: ObjectStore | undefined;
  readonly #known = new Map<string, GitObject>();

  /** @param sharing - Whose objects are this one's, too. */
  constructor(folder: string, sharing?: ObjectStore) {
    this.#folder = join(folder, "objects");
    this.#sharing = sharing;
  }

  /** An object that was written or read here; one that was not may be there all the same. */
  get(oid: string): GitObject | undefined {
    return this.#known.get(oid) ?? this.#sharing?.get(oid);
  }

  /** Remembers what git has read. */
  keep(object: GitObject): void {
    if (object.data.length <= maxKeptBytes) this.#known.set(object.oid, object);
  }

  /**
   * Gives another store an object with all that it needs.
   *
   * @returns false where something of it is not known here.
   */
  give(target: ObjectStore, oid: string): boolean {
    if (target.get(oid)) return true;
    const object = this.get(oid);
    if (!object) return false;
    if (!neededBy(object).every((one) => this.give(target, one))) return false;
    target.write(object.type, object.data);
    return true;
  }

  /** Writes an object as git does. @returns its id. */
  write(type: GitObject["type"], data: Buffer): string {
    const head = Buffer.from(`${type} ${String(data.length)}\0`);
    const whole = Buffer.concat([head, data]);
    const oid = createHash("sha1").update(whole).digest("hex");
    if (this.get(oid)) return oid;
    const folder = join(this.#folder, oid.slice(0, 2));
    const file = join(folder, oid.slice(2));
    if (!existsSync(file)) {
      mkdirSync(folder, { recursive: true });
      // Nobody may find half an object under its name.
      const level = constants.Z_BEST_SPEED;
      writeFileSync(`${file}.part`, deflateSync(whole, { level }));
      renameSync(`${file}.part`, file);
    }
    this.keep({ oid, type, data });
    return oid;
  }
}

function neededBy({ oid, type, data }: GitObject): string[] {
  if (type === "tree")
    return parseTree(data)
      .filter(({ mode }) => mode !== submoduleMode)
      .map((line) => line.oid);
  if (type !== "commit") return [];
  const { tree, parents } = parseCommit(oid, data);
  return [tree, ...parents];
}
