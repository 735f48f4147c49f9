import type { PullRequest } from "#github/pull-request-facts.js";
import type { Records } from "#queue/records.js";
import type { Place } from "./work.js";

/**
 * How far a pull request was answered: its findings are posted, or both runs are. Also the names of the collections that
 * keep what it was answered for.
 */
export type Stage = "judged" | "answered";

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
  stage: Stage = "answered",
): Promise<Answered | undefined> {
  const found = await records.get(stage, keyOf(subject));
  return found?.value as Answered | undefined;
}

/** Whether the findings stand on this head already, for the same base and its same configuration. */
export async function isJudged(
  records: Records,
  subject: Subject,
  now: Answered,
): Promise<boolean> {
  const known = await readAnswered(records, subject, "judged");
  return JSON.stringify(known) === JSON.stringify(now);
}

/** Remembers how far it is answered; an older run does not overwrite what a newer one remembered. */
export async function rememberAnswered(
  records: Records,
  subject: Subject,
  answered: Answered,
  { stage, fence }: { readonly stage: Stage; readonly fence: number },
): Promise<void> {
  await records.put(stage, keyOf(subject), answered, { fence });
}
