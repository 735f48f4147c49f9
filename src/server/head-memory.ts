import type { PullRequest } from "#github/pull-request-facts.js";
import type { Records } from "#queue/records.js";
import type { SensitiveChange } from "./sensitive-change.js";
import type { Place } from "./work.js";

/** Collection of what was found out about each head that was looked at. */
const collection = "heads";

/** A change as it was seen at one head, and when that head was first seen. */
export interface RememberedHead extends SensitiveChange {
  /** ISO 8601. */
  readonly seenAt: string;
}

interface Subject extends Place {
  readonly number: number;
}

function keyOf(
  { repositoryId, number }: Subject,
  head: string,
  base: string,
): string {
  return `${String(repositoryId)}/${String(number)}/${head}/${base}`;
}

/** What an earlier look at this head against this base found; undefined when there was none. */
export async function rememberedHead(
  records: Records,
  subject: Subject,
  { head, base }: Pick<PullRequest, "head" | "base">,
): Promise<RememberedHead | undefined> {
  return headAt(records, subject, head.sha, base.ref);
}

/** What a look at a given head found. */
export async function headAt(
  records: Records,
  subject: Subject,
  head: string,
  base: string,
): Promise<RememberedHead | undefined> {
  const found = await records.get(collection, keyOf(subject, head, base));
  return found?.value as RememberedHead | undefined;
}

/** Keeps what a look at this head found; the first look's time stays. */
export async function rememberHead(
  records: Records,
  subject: Subject,
  { head, base }: Pick<PullRequest, "head" | "base">,
  found: RememberedHead,
): Promise<RememberedHead> {
  const known = await headAt(records, subject, head.sha, base.ref);
  const value = { ...found, seenAt: known?.seenAt ?? found.seenAt };
  await records.put(collection, keyOf(subject, head.sha, base.ref), value);
  return value;
}
