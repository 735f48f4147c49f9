import type { z } from "zod";
import type { Records, RecordWrite } from "#queue/records.js";
import { listAll } from "./list-all.js";
import type { pullRequestEvent, pushEvent } from "./payloads.js";

/** Collection that the memories of pushes are kept in. */
const collection = "pushes";

/** Somebody in an event. */
export interface EventActor {
  readonly id: number;
  readonly login: string;
  readonly type?: string | undefined;
}

/** A push as an event told of it: GitHub does not keep who pushed. */
export interface PushMemory {
  readonly by: EventActor;
  /** Forty zeros for a new branch. */
  readonly before: string;
  readonly after: string;
  /** Commits that the push brought to the branch, as far as the event lists them. */
  readonly commits: readonly string[];
}

/** Commits of one push that are remembered; a pull request with more cannot be verified anyway. */
const mostCommits = 250;

/** What to remember of a pull request's new head. */
export function pullPushRecord({
  action,
  repository,
  number,
  sender,
  before,
  after,
}: z.infer<typeof pullRequestEvent>): readonly RecordWrite[] {
  if (action !== "synchronize" || !sender || !before || !after) return [];
  const prefix = pullPrefix(repository.id, number);
  return [recordOf(prefix, { by: sender, before, after, commits: [] })];
}

/** What to remember of a push to a branch: it may belong to a pull request that is opened later. */
export function branchPushRecord({
  repository,
  sender,
  ref,
  before,
  after,
  commits,
}: z.infer<typeof pushEvent>): RecordWrite {
  const branch = ref.replace(/^refs\/heads\//, "");
  return recordOf(branchPrefix(repository.id, branch), {
    ...{ by: sender, before, after },
    commits: commits.slice(-mostCommits).map(({ id }) => id),
  });
}

/** The remembered pushes to a pull request's head, and to its branch where that is in the same repository. */
export async function rememberedPushes(
  records: Records,
  repositoryId: number,
  { number, branch }: { readonly number: number; readonly branch?: string },
): Promise<{
  readonly ofPull: readonly PushMemory[];
  readonly ofBranch: readonly PushMemory[];
}> {
  const read = async (prefix: string) => {
    const found = await listAll(records, collection, prefix);
    return found.map(({ value }) => value as PushMemory);
  };
  return {
    ofPull: await read(pullPrefix(repositoryId, number)),
    ofBranch:
      branch === undefined
        ? []
        : await read(branchPrefix(repositoryId, branch)),
  };
}

function pullPrefix(repositoryId: number, number: number): string {
  return `${String(repositoryId)}/pull/${String(number)}/`;
}

function branchPrefix(repositoryId: number, branch: string): string {
  return `${String(repositoryId)}/branch/${encodeURIComponent(branch)}/`;
}

/** Each push once for each person: the same event may come again, and the same move may be made by somebody else. */
function recordOf(prefix: string, memory: PushMemory): RecordWrite {
  const { before, after, by } = memory;
  return {
    collection,
    key: `${prefix}${before}..${after}/${String(by.id)}`,
    value: memory,
    onlyIfAbsent: true,
  };
}
