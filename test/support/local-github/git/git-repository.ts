import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askGit, commitsSince, nearestCommon } from "./commit-graph.js";
import { writeCommit, type CommitPlan } from "./commit-writer.js";
import type { FileChange } from "./diff.js";
import { LooseRefs } from "./loose-refs.js";
import { ObjectReader, type GitObject } from "./object-reader.js";
import { ObjectStore } from "./object-store.js";
import {
  parseCommit,
  parseTreeListing,
  type ParsedCommit,
  type TreeEntry,
} from "./parse-objects.js";
import { GitError, runGit } from "./run-git.js";
import { treeListing } from "./tree.js";
import { TreeDiffer } from "./tree-differ.js";
import { knownObject } from "./known-object.js";

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
  readonly #differ: TreeDiffer;
  readonly #store: ObjectStore;
  readonly #refs: LooseRefs;

  private constructor(folder: string, sharing?: GitRepository) {
    this.folder = folder;
    this.#reader = new ObjectReader(folder);
    this.#differ = new TreeDiffer(folder);
    this.#store = new ObjectStore(folder, sharing && sharing.#store);
    this.#refs = new LooseRefs(folder);
  }

  /**
   * Lays out an empty repository; what `git init` writes besides is not needed.
   *
   * @param sharing - The repository whose objects this one also has.
   */
  static async create(
    folder: string,
    defaultBranch: string,
    sharing?: GitRepository,
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
            `${join(sharing.folder, "objects")}\n`,
          ),
    ]);
    return new GitRepository(folder, sharing);
  }

  /** Reads any object by id or expression; undefined when there is none. */
  async read(expression: string): Promise<GitObject | undefined> {
    const known = knownObject(expression, this.#store, this.#refs);
    if (known !== askGit) return known;
    const object = await this.#reader.read(expression);
    if (object) this.#store.keep(object);
    return object;
  }

  /** The id of the commit that an id, branch, tag or ref names. */
  async findCommit(name: string): Promise<ParsedCommit | undefined> {
    if (name.startsWith("-")) return undefined;
    const object = await this.read(`${name}^{commit}`);
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
    return writeCommit(
      {
        ...{ folder: this.folder, store: this.#store, refs: this.#refs },
        read: (oid) => this.read(oid),
      },
      plan,
    );
  }

  /** Entries of a tree, with the whole path and folders too when walked. */
  async listTree(oid: string, recursive: boolean): Promise<TreeEntry[]> {
    const known = treeListing((id) => this.#store.get(id), oid, recursive);
    if (known) return known;
    const deep = recursive ? ["-r", "-t"] : [];
    return parseTreeListing(
      await this.git(["ls-tree", "-z", "-l", ...deep, oid]),
    );
  }

  /** Compares two trees or commits. */
  diff(before: string, after: string): Promise<FileChange[]> {
    return this.#once(`diff ${before} ${after}`, () =>
      this.#compare(before, after),
    );
  }

  async #compare(before: string, after: string): Promise<FileChange[]> {
    const trees = await Promise.all(
      [before, after].map(async (name) => {
        const tree = await this.read(`${name}^{tree}`);
        if (!tree) throw new GitError(`There is no tree of ${name}.`, 128);
        return tree.oid;
      }),
    );
    const [from = "", to = ""] = trees;
    return from === to ? [] : this.#differ.compare(from, to);
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
    const [mine, theirs] = await Promise.all(
      [one, other].map((name) => this.findCommit(name)),
    );
    if (mine && theirs) {
      const read = (oid: string) => this.commit(oid);
      const found = await nearestCommon(read, mine.oid, theirs.oid);
      if (found !== askGit) return found;
    }
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
    const [from, to] = await Promise.all(
      [base, head].map((name) => this.findCommit(name)),
    );
    if (from && to) {
      const read = (oid: string) => this.commit(oid);
      const found = await commitsSince(read, from.oid, to.oid);
      if (found !== askGit) return found;
    }
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
    if (this.#store.get(oid) && this.#refs.move(ref, oid)) return;
    await this.git(["update-ref", ref, oid]);
  }

  /** Takes over the tip of another repository's branch with all that it needs, and names it. */
  async fetch(from: GitRepository, branch: string, ref: string): Promise<void> {
    const name = `refs/heads/${branch}`;
    const { oid } = await from.commit(name);
    if (from.#store.give(this.#store, oid) && this.#refs.move(ref, oid)) return;
    await this.git(["fetch", "-q", from.folder, `+${name}:${ref}`]);
  }

  /**
   * The tree of two commits merged.
   *
   * @throws GitError when they do not merge without conflict.
   */
  async mergedTree(one: string, other: string): Promise<string> {
    const base = await this.mergeBase(one, other);
    if (base === one) return (await this.commit(other)).tree;
    if (base === other) return (await this.commit(one)).tree;
    return text(await this.git(["merge-tree", "--write-tree", one, other]));
  }

  /** Refs below a prefix, by full name. */
  refs(prefix: string): { name: string; oid: string }[] {
    return this.#refs.below(prefix);
  }

  /** Runs any git command on this repository. */
  git(rest: readonly string[], input?: string | Buffer): Promise<Buffer> {
    return runGit(this.folder, rest, input);
  }

  /** Writes an object as it is. @returns its id. */
  writeObject(type: GitObject["type"], data: string): string {
    return this.#store.write(type, Buffer.from(data));
  }

  /** Ends the reading processes. */
  close(): void {
    this.#reader.close();
    this.#differ.close();
  }
}

function text(output: Buffer): string {
  return output.toString("utf8").trim();
}
