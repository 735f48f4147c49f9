import { GitHubGone } from "#github/failures.js";
import { compareCommits } from "#github/merge-base.js";
import type { Octokit } from "#github/octokit.js";
import { readSnapshot } from "#github/snapshot.js";
import { headAt, type RememberedHead, rememberHeadAt } from "./head-memory.js";
import { comparedCommitFacts } from "./identities.js";
import type { ReviewContext } from "./review-context.js";
import type { ReviewSubject } from "./review-subject.js";

/** Earlier heads that one evaluation looks at; those beyond it stay unknown, which is the strict reading. */
const mostLooks = 12;

/** Heads that the branch had before, or had when somebody reviewed it, against a base. */
export class EarlierHeads {
  readonly #octokit: Octokit;
  readonly #subject: ReviewSubject;
  readonly #context: ReviewContext;
  #looksLeft: number;

  /** @param mayLook - False to say only what is remembered. */
  constructor(
    octokit: Octokit,
    subject: ReviewSubject,
    context: ReviewContext,
    mayLook: boolean,
  ) {
    this.#octokit = octokit;
    this.#subject = subject;
    this.#context = context;
    this.#looksLeft = mayLook ? mostLooks : 0;
  }

  /** What a head changes against the present base, or one of another name; undefined when that cannot be told. */
  async at(
    sha: string,
    base = this.#subject.pullRequest.base.ref,
  ): Promise<RememberedHead | undefined> {
    const { work, pullRequest, change } = this.#subject;
    const isPresentBase = base === pullRequest.base.ref;
    if (isPresentBase && sha === pullRequest.head.sha) return change;
    const known = await headAt(this.#context.records, work, sha, base);
    if (known?.commits || !isPresentBase) return known;
    return (await this.look(sha)) ?? known;
  }

  /** Reads what a head changes against the tip that the base has now. */
  async look(sha: string): Promise<RememberedHead | undefined> {
    if (this.#looksLeft <= 0) return undefined;
    this.#looksLeft -= 1;
    try {
      return await this.#read(sha);
    } catch (error) {
      // A head that was replaced may be collected as garbage.
      if (error instanceof GitHubGone) return undefined;
      throw error;
    }
  }

  async #read(sha: string): Promise<RememberedHead> {
    const { work, pullRequest, policy } = this.#subject;
    const { checks, blobs, trees, records, now } = this.#context;
    const { owner, repo, base } = pullRequest;
    const range = await compareCommits(
      this.#octokit,
      pullRequest,
      base.tip,
      sha,
    );
    const takenAt = now().toISOString();
    const snapshot = await readSnapshot(
      this.#octokit,
      {
        ...{ owner, repo, head: { sha }, base: range.mergeBase },
        ...{ commits: range.commits, hasAllCommits: range.hasAllCommits },
      },
      checks.map((check) => check.needs),
      { blobs, trees, takenAt },
    );
    const found: RememberedHead = {
      ...(await this.#context.classify(snapshot, policy.review)),
      seenAt: takenAt,
      baseTip: base.tip,
      commits: range.commits.map(comparedCommitFacts),
    };
    if (sha === pullRequest.head.sha) return found;
    return rememberHeadAt(records, work, [sha, base.ref], found);
  }
}
