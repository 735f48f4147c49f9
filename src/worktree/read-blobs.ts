import { git, GitError, startGit } from "./git.js";
import type { ObjectStore } from "./object-store.js";

/**
 * Reads many blobs with one process.
 *
 * @param ids - Each is read once, however often it is named.
 * @returns contents by id; an object that is not in this clone has none.
 */
export function readBlobs(
  store: ObjectStore,
  ids: Iterable<string>,
): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  return eachBlob(store, ids, (id, bytes) => {
    blobs.set(id, Buffer.from(bytes));
  }).then(() => blobs);
}

/**
 * Reads many blobs with one process and hands on each as it comes.
 *
 * @param ids - Each is read once, however often it is named; one that is not in this clone is passed over.
 * @param take - Given a view of bytes that are only there until it returns.
 */
export function eachBlob(
  store: ObjectStore,
  ids: Iterable<string>,
  take: (id: string, bytes: Buffer) => void,
): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const process = startGit(store.place, ["cat-file", "--batch"]);
    const answers = new AnswerParser(take);
    process.stdout.on("data", (chunk: Buffer) => {
      answers.take(chunk);
    });
    process.on("error", reject);
    process.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new GitError("cat-file", code ?? -1, "objects unreadable"));
    });
    process.stderr.resume();
    process.stdin.on("error", () => undefined);
    process.stdin.end(wanted.map((id) => `${id}\n`).join(""));
  });
}

/**
 * The sizes of blobs, without their contents.
 *
 * @returns bytes by id; an object that is not in this clone has none.
 */
export async function blobSizes(
  store: ObjectStore,
  ids: Iterable<string>,
): Promise<Map<string, number>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const input = wanted.map((id) => `${id}\n`).join("");
  const answer = await git(store.place, ["cat-file", "--batch-check"], input);
  return new Map(
    answer
      .toString("latin1")
      .split("\n")
      .flatMap((line): [string, number][] => {
        const [id, type, size] = line.split(" ");
        return id !== undefined && type === "blob" ? [[id, Number(size)]] : [];
      }),
  );
}

/** Takes `cat-file --batch` output apart: `<id> <type> <size>`, a line break, the content, a line break. */
class AnswerParser {
  private readonly give: (id: string, bytes: Buffer) => void;
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  /** The object whose content is being collected, and how many bytes complete it. */
  private current: { id: string; type: string; size: number } | undefined;

  constructor(give: (id: string, bytes: Buffer) => void) {
    this.give = give;
  }

  take(chunk: Buffer): void {
    this.pending.push(chunk);
    this.pendingBytes += chunk.length;
    // A large blob comes in many chunks; joining them once, when all are here, keeps this linear.
    if (this.current && this.pendingBytes <= this.current.size) return;
    let rest: Buffer = Buffer.concat(this.pending);
    for (;;) {
      const after = this.current
        ? this.contentOf(this.current, rest)
        : this.headerIn(rest);
      if (after === undefined) break;
      rest = after;
    }
    this.pending = [rest];
    this.pendingBytes = rest.length;
  }

  private headerIn(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf(10);
    if (end < 0) return undefined;
    const header = bytes.subarray(0, end).toString("latin1").split(" ");
    const [id = "", type = "", size] = header;
    if (size !== undefined) this.current = { id, type, size: Number(size) };
    return bytes.subarray(end + 1);
  }

  private contentOf(
    { id, type, size }: { id: string; type: string; size: number },
    bytes: Buffer,
  ): Buffer | undefined {
    if (bytes.length <= size) return undefined;
    if (type === "blob") this.give(id, bytes.subarray(0, size));
    this.current = undefined;
    return bytes.subarray(size + 1);
  }
}
