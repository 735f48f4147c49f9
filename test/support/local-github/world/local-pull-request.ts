import type { FileChange } from "../git/diff.js";
import { addComment, editComment } from "../webhooks/comment-events.js";
import { emitPull } from "../webhooks/events.js";
import type { Account } from "./accounts.js";
import type { IssueComment } from "./comments.js";
import type { CommitOptions, LocalRepository } from "./local-repository.js";
import { mergeCommit } from "./merge-queue.js";
import type { PullRequestOptions } from "./pull-request-options.js";
import { announceMove } from "./push.js";
import {
  dismissReview,
  editReview,
  submitReview,
  type Review,
  type ReviewOptions,
} from "./reviews.js";
import type { TimelineEvent } from "./timeline.js";
import { updateBranch } from "./update-branch.js";
import type { Team } from "./world.js";

/** A push to the head: one commit or several. */
type PullPush = CommitOptions & { readonly by?: string };

/** A pull request, and what people do with it. Each act tells the app. */
export class LocalPullRequest {
  readonly id: number;
  readonly number: number;
  /** Where it wants to be merged. */
  readonly repository: LocalRepository;
  readonly headRepository: LocalRepository;
  readonly headRef: string;
  readonly author: Account;
  readonly createdAt: string;
  readonly reviews: Review[] = [];
  readonly timeline: TimelineEvent[] = [];
  readonly assignees: Account[] = [];
  readonly requestedReviewers: Account[] = [];
  readonly requestedTeams: Team[] = [];
  title: string;
  body: string | undefined;
  isDraft: boolean;
  headSha = "";
  baseRef: string;
  /** Tip of the base when the pull request last moved, which is what GitHub shows. */
  baseSha = "";
  state: "open" | "closed" = "open";
  updatedAt: string;
  closedAt: string | undefined;
  mergedAt: string | undefined;
  mergedBy: Account | undefined;
  mergeCommitSha: string | undefined;

  private constructor(
    repository: LocalRepository,
    options: PullRequestOptions,
  ) {
    const { world } = repository;
    this.id = world.nextId();
    this.number = repository.nextNumber();
    this.repository = repository;
    this.headRepository = options.fork ?? repository;
    this.headRef = options.head;
    this.baseRef = options.base ?? repository.defaultBranch;
    this.author = world.accounts.named(options.author ?? "builder");
    this.title = options.title ?? "Change the app";
    this.body = options.body;
    this.isDraft = options.draft ?? false;
    this.assignees.push(
      ...(options.assignees ?? []).map((login) => world.accounts.named(login)),
    );
    this.createdAt = world.timestamp();
    this.updatedAt = this.createdAt;
  }

  /** Opens one, and tells the app. */
  static async open(
    repository: LocalRepository,
    options: PullRequestOptions,
  ): Promise<LocalPullRequest> {
    const pull = new LocalPullRequest(repository, options);
    await pull.follow();
    repository.pulls.push(pull);
    await emitPull(pull, "opened", pull.author);
    return pull;
  }

  get isCrossRepository(): boolean {
    return this.headRepository !== this.repository;
  }

  /** `owner:branch`. */
  get headLabel(): string {
    return `${this.headRepository.owner.login}:${this.headRef}`;
  }

  /** Takes over where head and base are now. @returns The head before. */
  async follow(): Promise<string> {
    const before = this.headSha;
    this.headSha = await this.headRepository.sha(this.headRef);
    this.baseSha = await this.repository.sha(this.baseRef);
    this.updatedAt = this.repository.world.timestamp();
    const ref = `refs/pull/${String(this.number)}/head`;
    if (this.isCrossRepository) {
      const { git } = this.headRepository;
      await this.repository.git.fetch(git, this.headRef, ref);
    } else {
      await this.repository.git.updateRef(ref, this.headSha);
    }
    return before;
  }

  /** Where its history leaves the base's. */
  async mergeBase(): Promise<string> {
    const { git } = this.repository;
    const base =
      this.state === "closed"
        ? this.baseSha
        : await this.repository.sha(this.baseRef);
    return (await git.mergeBase(base, this.headSha)) ?? base;
  }

  /** Its own commits, oldest first. */
  async commits(): Promise<string[]> {
    const base = await this.mergeBase();
    return this.repository.git.commitsBetween(base, this.headSha);
  }

  /** What it changes, against where it left the base. */
  async files(): Promise<FileChange[]> {
    return this.repository.git.diff(await this.mergeBase(), this.headSha);
  }

  /** Commits to its branch. @returns The new head. */
  async push(commit: PullPush | readonly PullPush[]): Promise<string> {
    const commits: readonly PullPush[] = [commit].flat();
    const by = commits[0]?.by ?? this.author.login;
    const signed = commits.map((one) => ({ author: by, ...one }));
    await this.headRepository.push(signed, { branch: this.headRef, by });
    return this.headSha;
  }

  /** Rewrites its branch: one commit on top of the base, or on the parents told. */
  async forcePush(commit: PullPush): Promise<string> {
    const parents = commit.parents ?? [await this.mergeBase()];
    return this.push({ ...commit, parents });
  }

  /** Merges the base into the head, as the "Update branch" button does. */
  updateBranch(options: { readonly by?: string } = {}): Promise<string> {
    return updateBranch(this, options.by ?? this.author.login);
  }

  /** Says something in the conversation. */
  comment(options: {
    readonly by: string;
    readonly body: string;
  }): Promise<IssueComment> {
    const author = this.#actor(options.by);
    return addComment(this, { author, body: options.body });
  }

  /** Submits a review. */
  review(options: ReviewOptions): Promise<Review> {
    return submitReview(this, options);
  }

  /** Changes the words of a review. */
  editReview(review: Review, body: string): Promise<void> {
    return editReview(this, review, body);
  }

  /** Takes a review's weight away. */
  dismissReview(
    review: Review,
    options: { readonly by: string; readonly message?: string },
  ): Promise<void> {
    return dismissReview(this, review, options);
  }

  /** Moves what reviews say they were given for to a commit, as GitHub does after clean updates. */
  reanchorReviews(sha = this.headSha): void {
    for (const review of this.reviews) review.commitId = sha;
  }

  /** Changes the words of a comment. */
  editComment(comment: IssueComment, body: string): Promise<void> {
    return editComment(this, comment, body);
  }

  /** Points it at another base. */
  async retarget(base: string, options: { by?: string } = {}): Promise<void> {
    const by = this.#actor(options.by);
    const previous = { ref: this.baseRef, sha: this.baseSha };
    this.baseRef = base;
    await this.follow();
    this.record({ kind: "base-changed", from: previous.ref, to: base }, by);
    await emitPull(this, "edited", by, {
      changes: {
        base: { ref: { from: previous.ref }, sha: { from: previous.sha } },
      },
    });
  }

  /** Gives it another title. */
  async retitle(title: string, options: { by?: string } = {}): Promise<void> {
    const changes = { title: { from: this.title } };
    this.title = title;
    await emitPull(this, "edited", this.#actor(options.by), { changes });
  }

  /** Ends the draft. */
  async ready(options: { by?: string } = {}): Promise<void> {
    this.isDraft = false;
    await emitPull(this, "ready_for_review", this.#actor(options.by));
  }

  /** Makes it a draft again. */
  async convertToDraft(options: { by?: string } = {}): Promise<void> {
    this.isDraft = true;
    await emitPull(this, "converted_to_draft", this.#actor(options.by));
  }

  /** Assigns somebody. */
  async assign(login: string, options: { by?: string } = {}): Promise<void> {
    const assignee = this.repository.world.accounts.named(login);
    const by = this.#actor(options.by);
    this.assignees.push(assignee);
    this.record({ kind: "assigned", assignee }, by);
    await emitPull(this, "assigned", by, {}, assignee);
  }

  /** Closes it unmerged. */
  async close(options: { by?: string } = {}): Promise<void> {
    this.#end();
    await emitPull(this, "closed", this.#actor(options.by));
  }

  /** Opens it again, wherever its branch is by now. */
  async reopen(options: { by?: string } = {}): Promise<void> {
    this.state = "open";
    this.closedAt = undefined;
    await this.follow();
    await emitPull(this, "reopened", this.#actor(options.by));
  }

  /** Merges it with a merge commit, which is pushed to the base. @returns Its id. */
  async merge(options: { by?: string } = {}): Promise<string> {
    const by = this.#actor(options.by);
    const before = await this.repository.sha(this.baseRef);
    const merged = await mergeCommit(this.repository, before, this);
    this.baseSha = before;
    this.mergeCommitSha = merged;
    this.mergedBy = by;
    this.#end();
    this.mergedAt = this.closedAt;
    await this.repository.git.updateRef(`refs/heads/${this.baseRef}`, merged);
    await announceMove(this.repository, this.baseRef, before, {
      by,
      type: "pr_merge",
    });
    await emitPull(this, "closed", by);
    return merged;
  }

  /** Writes down something that the timeline shows. */
  record(what: TimelineEvent["what"], actor: Account): void {
    const { world } = this.repository;
    this.timeline.push({
      id: world.nextId(),
      actor,
      createdAt: world.timestamp(),
      what,
    });
  }

  #end(): void {
    this.state = "closed";
    this.closedAt = this.repository.world.timestamp();
    this.updatedAt = this.closedAt;
  }

  #actor(login: string | undefined): Account {
    return login ? this.repository.world.accounts.named(login) : this.author;
  }
}
