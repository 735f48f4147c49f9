import type { PullRequest } from "#github/pull-request-facts.js";
import type { CommitFacts } from "#second-review/facts.js";
import type { Records } from "#queue/records.js";
import type { SensitiveChange } from "./sensitive-change.js";
import type { Place } from "./work.js";

/** Collection of what was found out about each head that was looked at. */
const collection = "heads";

/** A change as it was seen at one head, and when that head was first seen. */
export interface RememberedHead extends SensitiveChange {
  /** ISO 8601. */
  readonly seenAt: string;
  /** Tip of the base branch that it was measured from last. */
  readonly baseTip?: string;
  /** Commits that the head has and its base lacks; kept since a forced push takes them away. */
  readonly commits?: readonly CommitFacts[];
}

/** Which pull request a head belongs to. */
export interface HeadSubject extends Pick<Place, "repositoryId"> {
  readonly number: number;
}

function keyOf(
  { repositoryId, number }: HeadSubject,
  head: string,
  base: string,
): string {
  return `${String(repositoryId)}/${String(number)}/${head}/${base}`;
}

/** What an earlier look at this head against this base found; undefined when there was none. */
export async function rememberedHead(
  records: Records,
  subject: HeadSubject,
  { head, base }: Pick<PullRequest, "head" | "base">,
): Promise<RememberedHead | undefined> {
  return headAt(records, subject, head.sha, base.ref);
}

/** What a look at a given head found. */
export async function headAt(
  records: Records,
  subject: HeadSubject,
  head: string,
  base: string,
): Promise<RememberedHead | undefined> {
  const found = await records.get(collection, keyOf(subject, head, base));
  return found?.value as RememberedHead | undefined;
}

/** Keeps what a look at the present head found; the first look's time stays. */
export async function rememberHead(
  records: Records,
  subject: HeadSubject,
  { head, base }: Pick<PullRequest, "head" | "base">,
  found: RememberedHead,
): Promise<RememberedHead> {
  return rememberHeadAt(records, subject, [head.sha, base.ref], found);
}

/** Keeps what a look at any head found. @param at - The head and the name of the base. */
export async function rememberHeadAt(
  records: Records,
  subject: HeadSubject,
  [head, base]: readonly [string, string],
  found: RememberedHead,
): Promise<RememberedHead> {
  const known = await headAt(records, subject, head, base);
  const value = { ...found, seenAt: known?.seenAt ?? found.seenAt };
  await records.put(collection, keyOf(subject, head, base), value);
  return value;
}
