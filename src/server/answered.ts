import type { PullRequest } from "#github/pull-request-facts.js";
import type { Records } from "#queue/records.js";
import type { Place } from "./work.js";

/** Collection of what each pull request was last answered for. */
const collection = "answered";

/** All that a look at a pull request depends on, besides its reviews. */
export interface Answered {
  readonly headSha: string;
  readonly baseRef: string;
  /** Commit that the base's configuration stood at. */
  readonly baseTip: string;
  readonly isDraft: boolean;
  /** The version of VibeGate that answered: another may judge otherwise. */
  readonly by: string;
}

interface Subject extends Pick<Place, "repositoryId"> {
  readonly number: number;
}

function keyOf({ repositoryId, number }: Subject): string {
  return `${String(repositoryId)}/${String(number)}`;
}

/** What a pull request would be answered for now. */
export function answerTo(
  { head, base, isDraft }: Pick<PullRequest, "head" | "base" | "isDraft">,
  version: string,
): Answered {
  return {
    headSha: head.sha,
    baseRef: base.ref,
    baseTip: base.tip,
    isDraft,
    by: version,
  };
}

/** What a pull request was last answered for; undefined when it never was. */
export async function readAnswered(
  records: Records,
  subject: Subject,
): Promise<Answered | undefined> {
  const found = await records.get(collection, keyOf(subject));
  return found?.value as Answered | undefined;
}

/** Whether both runs stand on this head already, for the same base and its same configuration. */
export async function isAnswered(
  records: Records,
  subject: Subject,
  now: Answered,
): Promise<boolean> {
  const known = await readAnswered(records, subject);
  return JSON.stringify(known) === JSON.stringify(now);
}

/** Remembers that both runs stand; an older run does not overwrite what a newer one remembered. */
export async function rememberAnswered(
  records: Records,
  subject: Subject,
  answered: Answered,
  fence: number,
): Promise<void> {
  await records.put(collection, keyOf(subject), answered, { fence });
}
