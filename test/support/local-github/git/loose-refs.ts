import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** A name that is one and nothing else: no expression, no option, no way out of the folder. */
const plainName = /^(?!-)(?!.*(?:\.\.|\.lock$|\/\/|\/\.|\/$))[\w./-]+$/;
const objectId = /^[0-9a-f]{40}$/;

/** The refs of a bare repository that never packs them: each is a file. */
export class LooseRefs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The id that a branch, tag or ref names.
   *
   * @returns undefined for what is no plain name of a ref that is there; git may know more.
   */
  find(name: string): string | undefined {
    if (!plainName.test(name)) return undefined;
    const places = name.startsWith("refs/")
      ? [name]
      : [name, `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`];
    const place = places.find((one) => this.#isFile(one));
    if (place === undefined) return undefined;
    const content = readFileSync(join(this.#folder, place), "utf8").trim();
    return objectId.test(content) ? content : undefined;
  }

  /** Whether it can be said for sure that there is no such ref. */
  lacks(name: string): boolean {
    return (
      name.startsWith("refs/") && plainName.test(name) && !this.#isFile(name)
    );
  }

  /**
   * Moves a ref.
   *
   * @returns false where it is not as simple as that, and nothing was done.
   */
  move(name: string, oid: string): boolean {
    if (!name.startsWith("refs/") || !plainName.test(name)) return false;
    const file = join(this.#folder, name);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.lock`, `${oid}\n`, { flag: "wx" });
      renameSync(`${file}.lock`, file);
      return true;
    } catch {
      return false;
    }
  }

  /** Refs below a prefix, by full name. */
  below(prefix: string): { name: string; oid: string }[] {
    const start = prefix.replace(/\/+$/, "");
    if (!plainName.test(start)) return [];
    const names = this.#isFile(start) ? [start] : this.#filesIn(start);
    return names
      .sort((one, other) =>
        Buffer.compare(Buffer.from(one), Buffer.from(other)),
      )
      .flatMap((name) => {
        const oid = this.find(name);
        return oid === undefined ? [] : [{ name, oid }];
      });
  }

  #filesIn(folder: string): string[] {
    const place = join(this.#folder, folder);
    if (!existsSync(place)) return [];
    return readdirSync(place, { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter((name) => !name.endsWith(".lock") && this.#isFile(name));
  }

  #isFile(name: string): boolean {
    return (
      statSync(join(this.#folder, name), { throwIfNoEntry: false })?.isFile() ??
      false
    );
  }
}
