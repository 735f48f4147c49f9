import { maxFileBytes, type NoText } from "#gate/decode-text.js";
import type { TreeEntry } from "#gate/tree-compare.js";
import { blobIdOf } from "./content-id.js";
import { noText, type View } from "./view.js";
import type { WorkEntry, WorkFiles } from "./work-files.js";

/** Collects what stands at the paths of a folder tree, file by file, into a view. */
export class WorkViewBuilder {
  readonly #files: WorkFiles;
  readonly #hash: "sha1" | "sha256";
  readonly #entries: TreeEntry[] = [];
  readonly #obstacles = new Map<string, NoText>();
  readonly #contents = new Map<string, Buffer>();

  constructor(files: WorkFiles, hash: "sha1" | "sha256") {
    this.#files = files;
    this.#hash = hash;
  }

  /**
   * Adds what stands at a path; nothing when nothing does.
   *
   * @param committed - The same path in the commit that the work tree started from: its mode is kept, and its id when
   *   the content is the same.
   * @returns whether anything that belongs to a tree was there.
   */
  add(path: string, committed?: TreeEntry): boolean {
    const found = this.#files.read(path, maxFileBytes);
    switch (found.kind) {
      case "absent":
      case "folder":
        return false;
      case "link":
        this.#addContent(path, "120000", found.target);
        return true;
      case "file":
        this.#addFile(path, found, committed);
        return true;
      case "special":
        this.addObstacle(path, noText("it is no regular file"));
        return true;
      case "unreadable":
        this.addObstacle(path, noText("the system refused to open it"));
        return true;
    }
  }

  /** Adds a path that stands in the tree and cannot be read. */
  addObstacle(path: string, obstacle: NoText): void {
    const id = this.#newId();
    this.#entries.push({ path, mode: "100644", id });
    this.#obstacles.set(id, obstacle);
  }

  /** An id that no content has: whatever stands there differs from everything else. */
  #newId(): string {
    return `unread-${String(this.#entries.length)}`;
  }

  /** Adds a folder that another repository owns, as git would add a submodule. */
  addNestedRepository(path: string): void {
    this.#entries.push({ path, mode: "160000", id: this.#newId() });
  }

  /** Adds a path as the index has it, without a look at the disk. */
  addEntry(entry: TreeEntry): void {
    this.#entries.push(entry);
  }

  /** @param fallback - Answers for ids that are not in the folder, for example what a file was before. */
  build(fallback: View["read"]): View {
    const contents = this.#contents;
    const read: View["read"] = async (ids) => {
      const others = ids.filter(
        (id) => !contents.has(id) && !id.startsWith("unread-"),
      );
      const here = ids.flatMap((id): [string, Uint8Array][] => {
        const bytes = contents.get(id);
        return bytes ? [[id, bytes]] : [];
      });
      return new Map([...(await fallback(others)), ...here]);
    };
    const entries = this.#entries;
    return { entries, obstacles: this.#obstacles, isCut: false, read };
  }

  #addFile(
    path: string,
    { size, bytes }: Extract<WorkEntry, { kind: "file" }>,
    committed: TreeEntry | undefined,
  ): void {
    const mode = committed?.mode.startsWith("100") ? committed.mode : "100644";
    if (bytes === undefined) {
      // Too large to be judged; whether it changed matters all the same.
      const isSameSize = committed?.size === size;
      const id = isSameSize ? this.#files.blobId(path, this.#hash) : undefined;
      this.#entries.push({ path, mode, id: id ?? this.#newId(), size });
    } else if (committed && this.#isCheckoutOf(committed, bytes)) {
      this.#entries.push(committed);
    } else this.#addContent(path, mode, bytes);
  }

  #addContent(path: string, mode: string, bytes: Buffer): void {
    const id = blobIdOf(bytes, this.#hash);
    this.#contents.set(id, bytes);
    this.#entries.push({ path, mode, id, size: bytes.length });
  }

  /** Whether the bytes are the committed ones, give or take the line ends that a checkout converts. */
  #isCheckoutOf({ id, mode, size }: TreeEntry, bytes: Buffer): boolean {
    if (!mode.startsWith("100")) return false;
    if (blobIdOf(bytes, this.#hash) === id) {
      this.#contents.set(id, bytes);
      return true;
    }
    if (size === undefined || size >= bytes.length) return false;
    const unixLines = bytes.toString("latin1").replaceAll("\r\n", "\n");
    const converted = Buffer.from(unixLines, "latin1");
    return blobIdOf(converted, this.#hash) === id;
  }
}
