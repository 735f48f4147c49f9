import type { z } from "zod";
import type { Records, RecordWrite } from "#queue/records.js";
import type { pullRequestEvent } from "./payloads.js";
import type { EventActor } from "./push-record.js";

/** Collection of who merged what. */
const collection = "merges";

/** That a pull request was merged, as the event told it. */
export interface MergeMemory {
  /** Absent when the event does not say. */
  readonly by?: EventActor;
  readonly head: string;
  readonly base: string;
  /** ISO 8601, as GitHub says it. */
  readonly at?: string;
}

/** What to remember of a merge. */
export function mergeRecord({
  action,
  repository,
  number,
  sender,
  pull_request: pull,
}: z.infer<typeof pullRequestEvent>): readonly RecordWrite[] {
  const isMerged = pull?.merged === true || Boolean(pull?.merged_at);
  if (action !== "closed" || !pull || !isMerged) return [];
  const by = pull.merged_by ?? sender;
  const value: MergeMemory = {
    ...(by && { by }),
    ...{ head: pull.head.sha, base: pull.base.ref },
    ...(pull.merged_at && { at: pull.merged_at }),
  };
  return [
    {
      collection,
      key: keyOf(repository.id, number),
      value,
      onlyIfAbsent: true,
    },
  ];
}

/** Who merged a pull request; undefined when no event told. */
export async function rememberedMerge(
  records: Records,
  repositoryId: number,
  number: number,
): Promise<MergeMemory | undefined> {
  const found = await records.get(collection, keyOf(repositoryId, number));
  return found?.value as MergeMemory | undefined;
}

function keyOf(repositoryId: number, number: number): string {
  return `${String(repositoryId)}/${String(number)}`;
}
