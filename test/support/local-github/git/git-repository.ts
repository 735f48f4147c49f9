import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeCommit, type CommitPlan } from "./commit-writer.js";
import { diffTrees, type FileChange } from "./diff.js";
import { ObjectReader, type GitObject } from "./object-reader.js";
import {
  parseCommit,
  parseTreeListing,
  type ParsedCommit,
  type TreeEntry,
} from "./parse-objects.js";
import { GitError, runGit } from "./run-git.js";

const config = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
[gc]
\tauto = 0
`;

const twoIds = /^\w+ [0-9a-f]{40} [0-9a-f]{40}$/;
const maxAnswers = 500;

/** A bare repository on disk, and the questions that the local GitHub asks of it. */
export class GitRepository {
  readonly folder: string;
  readonly #answers = new Map<string, Promise<unknown>>();
  readonly #reader: ObjectReader;

  private constructor(folder: string) {
    this.folder = folder;
    this.#reader = new ObjectReader(folder);
  }

  /**
   * Lays out an empty repository; what `git init` writes besides is not needed.
   *
   * @param sharing - Folder of a repository whose objects this one also has.
   */
  static async create(
    folder: string,
    defaultBranch: string,
    sharing?: string,
  ): Promise<GitRepository> {
    await Promise.all([
      mkdir(join(folder, "objects", "info"), { recursive: true }),
      mkdir(join(folder, "refs", "heads"), { recursive: true }),
    ]);
    await Promise.all([
      writeFile(join(folder, "HEAD"), `ref: refs/heads/${defaultBranch}\n`),
      writeFile(join(folder, "config"), config),
      sharing === undefined
        ? undefined
        : writeFile(
            join(folder, "objects", "info", "alternates"),
            `${join(sharing, "objects")}\n`,
          ),
    ]);
    return new GitRepository(folder);
  }

  /** Reads any object by id or expression; undefined when there is none. */
  read(expression: string): Promise<GitObject | undefined> {
    return this.#reader.read(expression);
  }

  /** The id of the commit that an id, branch, tag or ref names. */
  async findCommit(name: string): Promise<ParsedCommit | undefined> {
    if (name.startsWith("-")) return undefined;
    const object = await this.#reader.read(`${name}^{commit}`);
    return object && parseCommit(object.oid, object.data);
  }

  /** As {@link findCommit}, for a commit that must be there. */
  async commit(name: string): Promise<ParsedCommit> {
    const commit = await this.findCommit(name);
    if (!commit) throw new Error(`No commit ${name} in ${this.folder}.`);
    return commit;
  }

  /** Writes a commit and moves its ref. */
  write(plan: CommitPlan): Promise<string> {
    return writeCommit(this.folder, plan);
  }

  /** Entries of a tree, with the whole path and folders too when walked. */
  async listTree(oid: string, recursive: boolean): Promise<TreeEntry[]> {
    const deep = recursive ? ["-r", "-t"] : [];
    return parseTreeListing(
      await this.git(["ls-tree", "-z", "-l", ...deep, oid]),
    );
  }

  /** Compares two trees or commits. */
  diff(before: string, after: string): Promise<FileChange[]> {
    return this.#once(`diff ${before} ${after}`, () =>
      diffTrees(this.folder, before, after),
    );
  }

  /** Where two commits last met; undefined for unrelated histories. */
  mergeBase(one: string, other: string): Promise<string | undefined> {
    return this.#once(`base ${one} ${other}`, () =>
      this.#findMergeBase(one, other),
    );
  }

  /** What was asked of two ids has one answer for ever; names may move, and are asked again. */
  #once<Value>(question: string, answer: () => Promise<Value>): Promise<Value> {
    if (!twoIds.test(question)) return answer();
    const known = this.#answers.get(question);
    if (known) return known as Promise<Value>;
    const asked = answer();
    this.#answers.set(question, asked);
    if (this.#answers.size > maxAnswers) {
      this.#answers.delete(this.#answers.keys().next().value ?? "");
    }
    return asked;
  }

  async #findMergeBase(
    one: string,
    other: string,
  ): Promise<string | undefined> {
    try {
      return text(await this.git(["merge-base", one, other]));
    } catch (error) {
      if (error instanceof GitError && error.exitCode === 1) return undefined;
      throw error;
    }
  }

  /** Commits in `head` and not in `base`, oldest first. */
  commitsBetween(base: string, head: string): Promise<string[]> {
    return this.#once(`between ${base} ${head}`, () =>
      this.#listBetween(base, head),
    );
  }

  async #listBetween(base: string, head: string): Promise<string[]> {
    const listed = await this.git([
      "rev-list",
      "--topo-order",
      "--reverse",
      `${base}..${head}`,
    ]);
    return text(listed).split("\n").filter(Boolean);
  }

  /** Commits that a commit reaches, newest first. */
  async history(head: string, limit: number, path?: string): Promise<string[]> {
    const listed = await this.git([
      "rev-list",
      `--max-count=${String(limit)}`,
      head,
      ...(path ? ["--", path] : []),
    ]);
    return text(listed).split("\n").filter(Boolean);
  }

  /** Moves a ref, making it if need be. */
  async updateRef(ref: string, oid: string): Promise<void> {
    await this.git(["update-ref", ref, oid]);
  }

  /** Refs below a prefix, by full name. */
  async refs(prefix: string): Promise<{ name: string; oid: string }[]> {
    const listed = await this.git([
      "for-each-ref",
      "--format=%(objectname) %(refname)",
      prefix,
    ]);
    return text(listed)
      .split("\n")
      .filter(Boolean)
      .map((line) => ({ oid: line.slice(0, 40), name: line.slice(41) }));
  }

  /** Runs any git command on this repository. */
  git(rest: readonly string[], input?: string | Buffer): Promise<Buffer> {
    return runGit(this.folder, rest, input);
  }

  /** Ends the reading process. */
  close(): void {
    this.#reader.close();
  }
}

function text(output: Buffer): string {
  return output.toString("utf8").trim();
}
