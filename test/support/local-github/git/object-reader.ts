import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawnGit } from "./run-git.js";

/** A git object as it is stored. */
export interface GitObject {
  readonly oid: string;
  readonly type: "blob" | "tree" | "commit" | "tag";
  readonly data: Buffer;
}

interface Waiting {
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (cause: Error) => void;
}

const headerLine = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/;

/** Reads objects through one long-lived `git cat-file --batch`. */
export class ObjectReader {
  readonly #folder: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiting: Waiting[] = [];
  #received: Buffer[] = [];
  #receivedBytes = 0;
  /** How much the object needs that is under way. */
  #neededBytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param expression - Whatever `git rev-parse` reads: an id, `main:src/a.ts`,
   *   `main^{tree}`.
   * @returns Undefined when it names nothing.
   */
  read(expression: string): Promise<GitObject | undefined> {
    // One line is one question; a name with a line feed in it cannot be asked for.
    if (expression === "" || /[\n\0]/.test(expression)) {
      return Promise.resolve(undefined);
    }
    const child = this.#started();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      child.stdin.write(`${expression}\n`);
    });
  }

  /** Ends the process; a later read starts another. */
  close(): void {
    this.#child?.stdin.end();
    this.#child?.kill();
    this.#child = undefined;
  }

  #started(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child;
    const child = spawnGit(this.#folder, ["cat-file", "--batch"]);
    child.stdin.on("error", () => undefined);
    child.stderr.resume();
    child.stdout.on("data", (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#receivedBytes += chunk.length;
      if (this.#receivedBytes >= this.#neededBytes) this.#answer();
    });
    child.on("close", () => {
      this.#fail(child);
    });
    child.on("error", () => {
      this.#fail(child);
    });
    this.#child = child;
    return child;
  }

  #fail(child: ChildProcessWithoutNullStreams): void {
    if (this.#child === child) this.#child = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#received = [];
    this.#receivedBytes = 0;
    this.#neededBytes = 0;
    for (const one of waiting) one.reject(new Error("git cat-file ended."));
  }

  #answer(): void {
    let bytes = this.#joined();
    this.#neededBytes = 0;
    for (;;) {
      const lineEnd = bytes.indexOf(10);
      if (lineEnd < 0) break;
      const match = headerLine.exec(bytes.toString("utf8", 0, lineEnd));
      if (!match) {
        this.#waiting.shift()?.resolve(undefined);
        bytes = bytes.subarray(lineEnd + 1);
        continue;
      }
      const end = lineEnd + 1 + Number(match[3]);
      if (bytes.length < end + 1) {
        this.#neededBytes = end + 1;
        break;
      }
      this.#waiting.shift()?.resolve({
        oid: match[1] as string,
        type: match[2] as GitObject["type"],
        data: Buffer.from(bytes.subarray(lineEnd + 1, end)),
      });
      bytes = bytes.subarray(end + 1);
    }
    this.#received = bytes.length > 0 ? [bytes] : [];
    this.#receivedBytes = bytes.length;
  }

  #joined(): Buffer {
    return this.#received.length === 1
      ? (this.#received[0] as Buffer)
      : Buffer.concat(this.#received, this.#receivedBytes);
  }
}
