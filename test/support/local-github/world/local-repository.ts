import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { FileContent } from "../git/commit-writer.js";
import { GitRepository } from "../git/git-repository.js";
import type { ParsedCommit } from "../git/parse-objects.js";
import { emitRun, emitSuiteRerequested } from "../webhooks/check-events.js";
import type { Account, Person } from "./accounts.js";
import type { CheckRun, CheckSuite } from "./check-runs.js";
import type { IssueComment } from "./comments.js";
import { LocalPullRequest } from "./local-pull-request.js";
import {
  openMergeGroup,
  type MergeGroup,
  type QueueEntry,
} from "./merge-queue.js";
import type { PullRequestOptions } from "./pull-request-options.js";
import { pushCommits, type Activity } from "./push.js";
import { suiteFor } from "./suites.js";
import type { World } from "./world.js";

/** What a collaborator may do, from least to most. */
export type Role = "none" | "read" | "triage" | "write" | "maintain" | "admin";

/** One commit to make. */
export interface CommitOptions {
  readonly files?: Readonly<Record<string, FileContent>>;
  readonly remove?: readonly string[];
  /** A login, or a name and address that may belong to nobody. */
  readonly author?: string | Person;
  /** The author unless told. */
  readonly committer?: string | Person;
  readonly coAuthors?: readonly (string | Person)[];
  readonly message?: string;
  /** Names of commits; the tip of the branch unless told. None makes a root. */
  readonly parents?: readonly string[];
  readonly at?: Date;
}

/** Where commits go, and who pushes them. */
export interface PushOptions {
  /** The default branch unless told. */
  readonly branch?: string;
  /** Where a new branch starts; the default branch unless told. */
  readonly from?: string;
  /** Login of the pusher; the first commit's author unless told. */
  readonly by?: string;
  /** False writes without telling anybody: no webhook, no activity. */
  readonly announce?: boolean;
}

/** What can be said about a new repository. */
interface RepositoryDetails {
  readonly owner: Account;
  readonly name: string;
  readonly defaultBranch: string;
  readonly isPrivate: boolean;
  readonly parent?: LocalRepository;
}

/** A repository, with a bare git repository below it. */
export class LocalRepository {
  readonly id: number;
  readonly world: World;
  readonly git: GitRepository;
  readonly owner: Account;
  readonly name: string;
  readonly defaultBranch: string;
  readonly isPrivate: boolean;
  /** What it is a fork of. */
  readonly parent: LocalRepository | undefined;
  readonly createdAt: string;
  readonly activity: Activity[] = [];
  readonly comments: IssueComment[] = [];
  readonly pulls: LocalPullRequest[] = [];
  readonly queue: QueueEntry[] = [];
  readonly roles = new Map<string, Role>();
  /** By branch: rules as `GET /rules/branches/{branch}` answers them. */
  readonly rules = new Map<string, readonly object[]>();
  readonly suites: CheckSuite[] = [];
  #lastNumber = 0;

  private constructor(
    world: World,
    git: GitRepository,
    details: RepositoryDetails,
  ) {
    this.id = world.nextId();
    this.world = world;
    this.git = git;
    this.owner = details.owner;
    this.name = details.name;
    this.defaultBranch = details.defaultBranch;
    this.isPrivate = details.isPrivate;
    this.parent = details.parent;
    this.createdAt = world.timestamp();
  }

  /** Makes an empty one; a fork begins with its parent's branches. */
  static async create(
    world: World,
    details: RepositoryDetails,
  ): Promise<LocalRepository> {
    const folder = join(world.folder, `${randomUUID()}.git`);
    const { parent } = details;
    const git = await GitRepository.create(
      folder,
      details.defaultBranch,
      parent?.git,
    );
    const repository = new LocalRepository(world, git, details);
    for (const ref of parent?.git.refs("refs/heads/") ?? []) {
      await git.updateRef(ref.name, ref.oid);
    }
    world.repositories.push(repository);
    return repository;
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  /** All check runs, oldest first. */
  get runs(): CheckRun[] {
    return this.suites
      .flatMap((suite) => suite.runs)
      .sort((one, other) => one.id - other.id);
  }

  /** Issues and pull requests share their numbers. */
  nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  /** The commit at the tip of a branch. @throws Error when there is none. */
  async sha(branch = this.defaultBranch): Promise<string> {
    return (await this.git.commit(`refs/heads/${branch}`)).oid;
  }

  /** Makes one commit and pushes it. @returns Its id. */
  async commit(options: CommitOptions & PushOptions): Promise<string> {
    const pushed = await this.push([options], options);
    return pushed[0] as string;
  }

  /** Makes commits and pushes them at once. @returns Their ids, oldest first. */
  push(
    commits: readonly CommitOptions[],
    options: PushOptions = {},
  ): Promise<string[]> {
    return pushCommits(this, commits, options);
  }

  /** What a commit is, by any name that git understands. */
  read(name: string): Promise<ParsedCommit> {
    return this.git.commit(name);
  }

  /** Copies it to another account. */
  fork(owner: string): Promise<LocalRepository> {
    return LocalRepository.create(this.world, {
      owner: this.world.accounts.named(owner),
      name: this.name,
      defaultBranch: this.defaultBranch,
      isPrivate: this.isPrivate,
      parent: this,
    });
  }

  /** Opens a pull request, and tells the app. */
  openPullRequest(options: PullRequestOptions): Promise<LocalPullRequest> {
    return LocalPullRequest.open(this, options);
  }

  /** Merges pull requests one after the other onto their base, as a merge queue does. */
  openMergeGroup(
    pulls: readonly LocalPullRequest[],
    options: { readonly by?: string } = {},
  ): Promise<MergeGroup> {
    return openMergeGroup(this, pulls, options.by);
  }

  /** Presses "Re-run" on one check run. */
  rerequestRun(run: CheckRun, options: { by?: string } = {}): Promise<void> {
    run.suite.isRerequested = true;
    return emitRun(this, run, "rerequested", this.#sender(options.by));
  }

  /** Presses "Re-run all checks" on a commit. */
  async rerequestSuite(
    sha: string,
    options: { by?: string } = {},
  ): Promise<void> {
    const { by } = this.#sender(options.by);
    await emitSuiteRerequested(this, suiteFor(this, sha), by);
  }

  /** Presses a button that a check run offers. */
  pressButton(
    run: CheckRun,
    identifier: string,
    options: { by?: string } = {},
  ): Promise<void> {
    const sender = this.#sender(options.by);
    return emitRun(this, run, "requested_action", { ...sender, identifier });
  }

  /** Says what an account may do here. */
  setRole(login: string, role: Role): void {
    this.world.accounts.named(login);
    this.roles.set(login.toLowerCase(), role);
  }

  /** What an account may do here; anybody may read what is public. */
  roleOf(account: Account): Role {
    const told = this.roles.get(account.login.toLowerCase());
    if (told) return told;
    if (account === this.owner) return "admin";
    const general = this.world.roles.get(account.login.toLowerCase());
    return general ?? (this.isPrivate ? "none" : "read");
  }

  #sender(login: string | undefined): { by?: Account } {
    return login ? { by: this.world.accounts.named(login) } : {};
  }

  /** Undefined when no pull request has that number. */
  findPull(number: number): LocalPullRequest | undefined {
    return this.pulls.find((pull) => pull.number === number);
  }
}
