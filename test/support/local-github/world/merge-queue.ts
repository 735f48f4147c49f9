import { emitFor } from "../webhooks/events.js";
import { simpleCommit } from "../present/commit.js";
import type { Account } from "./accounts.js";
import type { LocalPullRequest } from "./local-pull-request.js";
import type { LocalRepository } from "./local-repository.js";

/** One pull request's place in a merge queue. */
export interface QueueEntry {
  readonly id: number;
  readonly branch: string;
  readonly pull: LocalPullRequest;
  readonly baseSha: string;
  readonly headSha: string;
  readonly enqueuer: Account;
  readonly enqueuedAt: string;
}

/** A temporary branch on which queued pull requests are tested together. */
export interface MergeGroup {
  readonly repository: LocalRepository;
  readonly headSha: string;
  /** Full name, `refs/heads/gh-readonly-queue/main/pr-7-…`. */
  readonly headRef: string;
  readonly baseSha: string;
  /** Full name, `refs/heads/main`. */
  readonly baseRef: string;
  readonly entries: readonly QueueEntry[];
}

/**
 * Merges each pull request onto the one before it, on a branch of the queue.
 *
 * @throws GitError when one does not merge without conflict.
 */
export async function openMergeGroup(
  repository: LocalRepository,
  pulls: readonly LocalPullRequest[],
  by?: string,
): Promise<MergeGroup> {
  const last = pulls.at(-1);
  if (!last) throw new Error("A merge group needs a pull request.");
  const branch = last.baseRef;
  const baseSha = await repository.sha(branch);
  const entries: QueueEntry[] = [];
  for (const pull of pulls) {
    const before = entries.at(-1)?.headSha ?? baseSha;
    entries.push({
      id: repository.world.nextId(),
      branch,
      pull,
      baseSha: before,
      headSha: await mergeCommit(repository, before, pull),
      enqueuer: by ? repository.world.accounts.named(by) : pull.author,
      enqueuedAt: repository.world.timestamp(),
    });
  }
  const headSha = (entries.at(-1) as QueueEntry).headSha;
  const name = `gh-readonly-queue/${branch}/pr-${String(last.number)}-${baseSha}`;
  await repository.git.updateRef(`refs/heads/${name}`, headSha);
  repository.queue.push(...entries);
  const group: MergeGroup = {
    repository,
    headSha,
    headRef: `refs/heads/${name}`,
    baseSha,
    baseRef: `refs/heads/${branch}`,
    entries,
  };
  await announce(group);
  return group;
}

/** Writes the commit that merges a pull request onto a commit. @returns Its id. */
export async function mergeCommit(
  repository: LocalRepository,
  onto: string,
  pull: LocalPullRequest,
): Promise<string> {
  const { git, world } = repository;
  const tree = await git.mergedTree(onto, pull.headSha);
  const seconds = String(Math.floor(world.now().getTime() / 1000));
  const person = (who: { name: string; email: string }) =>
    `${who.name} <${who.email}> ${seconds} +0000`;
  const commit = [
    `tree ${tree}`,
    `parent ${onto}`,
    `parent ${pull.headSha}`,
    `author ${person(pull.author)}`,
    `committer ${person(world.accounts.named("web-flow"))}`,
    "",
    `Merge pull request #${String(pull.number)} from ${pull.headLabel}`,
  ].join("\n");
  return git.writeObject("commit", commit);
}

async function announce(group: MergeGroup): Promise<void> {
  const { repository } = group;
  const headCommit = await repository.git.commit(group.headSha);
  await emitFor(repository, "merge_group", group.entries[0]?.enqueuer, {
    action: "checks_requested",
    merge_group: {
      head_sha: group.headSha,
      head_ref: group.headRef,
      base_sha: group.baseSha,
      base_ref: group.baseRef,
      head_commit: simpleCommit(headCommit),
    },
  });
}
