import { randomUUID } from "node:crypto";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { parseChanges, type FileChange } from "./diff.js";
import { spawnGit } from "./run-git.js";

interface Asked {
  /** What git repeats when it has answered. */
  readonly mark: string;
  readonly resolve: (output: Buffer) => void;
  readonly reject: (cause: Error) => void;
}

/** Compares trees through one long-lived `git diff-tree --stdin`. */
export class TreeDiffer {
  readonly #folder: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  #asked: Asked | undefined;
  #received: Buffer[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Compares two trees by their ids, renames found, as GitHub lists files. */
  async compare(before: string, after: string): Promise<FileChange[]> {
    const heading = `${before} ${after}\n`;
    const answer = this.#last.then(() => this.#ask(heading));
    this.#last = answer.catch(() => undefined);
    return parseChanges((await answer).subarray(heading.length));
  }

  /** One question at a time. */
  #ask(question: string): Promise<Buffer> {
    const child = this.#started();
    return new Promise((resolve, reject) => {
      // A line that begins with no id is given back as it is, once everything before it is answered.
      const mark = `answered ${randomUUID()}\n`;
      this.#asked = { mark, resolve, reject };
      child.stdin.write(`${question}${mark}`);
    });
  }

  /** Ends the process; a later comparison starts another. */
  close(): void {
    const child = this.#child;
    if (!child) return;
    this.#fail(child);
    child.stdin.end();
    child.kill();
  }

  #started(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child;
    const formats = ["--raw", "--no-abbrev", "--numstat", "-p", "--full-index"];
    const child = spawnGit(this.#folder, [
      ...["diff-tree", "--stdin", "-r", "-M", "-z", ...formats],
    ]);
    child.stdin.on("error", () => undefined);
    child.stderr.resume();
    child.stdout.on("data", (chunk: Buffer) => {
      this.#received.push(chunk);
      this.#answer();
    });
    for (const event of ["close", "error"])
      child.on(event, () => {
        this.#fail(child);
      });
    this.#child = child;
    return child;
  }

  #fail(child: ChildProcessWithoutNullStreams): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#received = [];
    this.#asked?.reject(new Error("git diff-tree ended."));
    this.#asked = undefined;
  }

  #answer(): void {
    if (!this.#asked) return;
    const { mark, resolve } = this.#asked;
    // A long answer comes in many pieces: they are joined once.
    const last = this.#received.at(-1) as Buffer;
    const tail =
      last.length < mark.length ? Buffer.concat(this.#received) : last;
    if (!tail.subarray(-mark.length).equals(Buffer.from(mark))) return;
    const all = Buffer.concat(this.#received);
    this.#received = [];
    this.#asked = undefined;
    resolve(all.subarray(0, all.length - mark.length));
  }
}
