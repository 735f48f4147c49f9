import type { RecordedReview } from "#second-review/facts.js";
import { headAt, type RememberedHead } from "./head-memory.js";
import type { EarlierHeads } from "./look-at-head.js";
import type { CommentMemory } from "./comment-record.js";
import type { ReviewContext } from "./review-context.js";
import type { ReviewSubject } from "./review-subject.js";
import type { ReviewMemory } from "./review-record.js";

/**
 * Collection of what each approval and each bypass was given for. Written once, soon after the event: whoever can move
 * the base branch could otherwise change afterwards what an approval seems to have approved.
 */
const collection = "pins";

/** What somebody agreed to; several where the base moved at that very time, and then all must be what stands there now. */
interface Pin {
  readonly diffs: readonly {
    readonly head: string;
    readonly base: string;
    readonly fingerprint: string;
    readonly sensitiveFingerprint: string;
  }[];
}

/** What cannot be told equals no diff. */
const untold = "could not be told";

/** What each remembered review was given for. */
export async function recordedReviews(
  memories: readonly ReviewMemory[],
  heads: EarlierHeads,
  subject: ReviewSubject,
  context: ReviewContext,
): Promise<RecordedReview[]> {
  const all: RecordedReview[] = [];
  for (const { reviewId, headSha, commitId, baseRef } of memories) {
    const given = { key: `review/${String(reviewId)}`, headSha, baseRef };
    const earlier = await earlierHead(commitId, given, subject, context);
    const shown = { ...given, ...(earlier && { earlier }) };
    const { diffs } = await pinOf(shown, heads, subject, context);
    all.push(...diffs.map((diff) => ({ reviewId, ...diff })));
  }
  return all;
}

/**
 * The head that the reviewer still had before his eyes when a newer one was pushed already. A commit that never was a
 * head is one that he looked at by itself, and says nothing.
 */
async function earlierHead(
  commitId: string | undefined,
  { headSha, baseRef }: Given,
  { work }: ReviewSubject,
  { records }: ReviewContext,
): Promise<string | undefined> {
  if (commitId === undefined || commitId === headSha) return undefined;
  const wasHead = await headAt(records, work, commitId, baseRef);
  return wasHead && commitId;
}

/** The fingerprint of the diff that stood there when a comment was written; undefined where that cannot be told. */
export async function fingerprintAtComment(
  { id, receivedAt }: CommentMemory,
  heads: EarlierHeads,
  subject: ReviewSubject,
  context: ReviewContext,
): Promise<string | undefined> {
  const { head, base } = subject.pullRequest;
  const key = `comment/${String(id)}`;
  // Unless we had seen this head by then, nobody knows which one the comment is about.
  const isSeen = Date.parse(subject.change.seenAt) <= receivedAt;
  if (!isSeen && !(await readPin(key, subject, context))) return undefined;
  const given = { key, headSha: head.sha, baseRef: base.ref };
  const { diffs } = await pinOf(given, heads, subject, context);
  const names = new Set(diffs.map(({ fingerprint }) => fingerprint));
  return names.size === 1 ? [...names][0] : undefined;
}

interface Given {
  readonly key: string;
  readonly headSha: string;
  readonly baseRef: string;
  /** Another head that it was given for as well. */
  readonly earlier?: string;
}

async function pinOf(
  given: Given,
  heads: EarlierHeads,
  subject: ReviewSubject,
  context: ReviewContext,
): Promise<Pin> {
  const known = await readPin(given.key, subject, context);
  if (known) return known;
  const seen = await seenAt(given, heads, subject);
  const pin: Pin = {
    diffs: seen.map((found) => ({
      head: given.headSha,
      base: given.baseRef,
      fingerprint: found?.fingerprint ?? untold,
      sensitiveFingerprint: found?.sensitiveFingerprint ?? untold,
    })),
  };
  const key = keyOf(given.key, subject);
  const isFirst = await context.records.put(collection, key, pin, {
    ifVersion: 0,
  });
  return isFirst ? pin : ((await readPin(given.key, subject, context)) ?? pin);
}

/** What was found of the head; and, where the base has moved since, what it changes now. */
async function seenAt(
  { headSha, baseRef, earlier }: Given,
  heads: EarlierHeads,
  { pullRequest }: ReviewSubject,
): Promise<readonly (RememberedHead | undefined)[]> {
  if (earlier !== undefined)
    return [await heads.at(headSha, baseRef), await heads.at(earlier, baseRef)];
  const found = await heads.at(headSha, baseRef);
  const { base, state } = pullRequest;
  const isMeasurable = baseRef === base.ref && state !== "merged";
  if (!found || !isMeasurable || found.baseTip === base.tip) return [found];
  return [found, await heads.look(headSha)];
}

async function readPin(
  name: string,
  subject: ReviewSubject,
  { records }: ReviewContext,
): Promise<Pin | undefined> {
  const found = await records.get(collection, keyOf(name, subject));
  return found?.value as Pin | undefined;
}

function keyOf(name: string, { work }: ReviewSubject): string {
  return `${String(work.repositoryId)}/${String(work.number)}/${name}`;
}
