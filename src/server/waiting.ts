import type { Day } from "#gate/day.js";
import type { Records } from "#queue/records.js";
import { listAll } from "./list-all.js";
import type { Place, PullRequestWork, Work } from "./work.js";

/** Collection of the open pull requests that need a second reviewer: whoever's rights change, they are decided anew. */
const collection = "waiting";
/** Collection of looks that become due by the clock alone. */
const dueCollection = "due-looks";

interface Waiting extends Place {
  readonly number: number;
}

interface DueLook extends Waiting {
  /** Whether the findings are judged anew, too, and not the reviews alone. */
  readonly atEverything?: true;
}

/** A look at reviews only. @param reason - Why, for the log. */
export function reviewLook(place: Waiting, reason: string): PullRequestWork {
  const { installationId, repositoryId, owner, repo, number } = place;
  return {
    kind: "pull-request",
    ...{ installationId, repositoryId, owner, repo, number },
    ...{ reasons: [reason], fullLook: false, rerun: false, actions: [] },
  };
}

/** Notes that a pull request needs a second reviewer. */
export async function noteWaiting(
  records: Records,
  { installationId, repositoryId, owner, repo, number }: Waiting,
): Promise<void> {
  const value: Waiting = { installationId, repositoryId, owner, repo, number };
  const key = keyOf(value);
  if (await records.get(collection, key)) return;
  await records.put(collection, key, value);
}

/** Forgets a pull request that was closed, or that needs none any more. */
export async function forgetWaiting(
  records: Records,
  place: Waiting,
): Promise<void> {
  const key = keyOf(place);
  if (await records.get(collection, key)) await records.remove(collection, key);
}

/** Looks at all that needs a second reviewer, in an installation or in one of its repositories. */
export async function looksAtWaiting(
  records: Records,
  installationId: number,
  repositoryId: number | undefined,
): Promise<readonly Work[]> {
  const prefix = repositoryId === undefined ? "" : `${String(repositoryId)}/`;
  const found = await listAll(records, collection, prefix);
  return found
    .map(({ value }) => value as Waiting)
    .filter((waiting) => waiting.installationId === installationId)
    .map((waiting) => reviewLook(waiting, "rights-changed"));
}

/** Asks for a look at a given time. @param at - ISO 8601, UTC. */
export async function lookAgainAt(
  records: Records,
  place: Waiting,
  at: string,
): Promise<void> {
  const { installationId, repositoryId, owner, repo, number } = place;
  const value: Waiting = { installationId, repositoryId, owner, repo, number };
  await records.put(dueCollection, `${at}/${keyOf(place)}`, value);
}

/** Asks for a look at everything when a day begins. @param day - In UTC. */
export async function lookAnewOn(
  records: Records,
  place: Waiting,
  day: Day,
): Promise<void> {
  const { installationId, repositoryId, owner, repo, number } = place;
  const value: DueLook = {
    ...{ installationId, repositoryId, owner, repo, number },
    atEverything: true,
  };
  const at = `${day}T00:00:00.000Z`;
  await records.put(dueCollection, `${at}/${keyOf(place)}/all`, value);
}

function dueLook(value: unknown): PullRequestWork {
  const { atEverything, ...place } = value as DueLook;
  if (atEverything !== true) return reviewLook(place, "bypass-ended");
  // Nothing but the day has changed, so what is remembered must not stand in for a look.
  const look = reviewLook(place, "day-came");
  return { ...look, fullLook: true, rerun: true };
}

/** Wants the looks that are due, and forgets that they were to come. @param now - ISO 8601, UTC. */
export async function wantDueLooks(
  records: Records,
  now: string,
  enqueue: (works: readonly Work[]) => Promise<void>,
): Promise<void> {
  const found = await records.list(dueCollection);
  // The key begins with the time.
  const due = found.filter(({ key }) => key <= now);
  if (due.length === 0) return;
  await enqueue(due.map(({ value }) => dueLook(value)));
  for (const { key } of due) await records.remove(dueCollection, key);
}

/** What is kept of a repository begins with its number: it is forgotten with it. */
function keyOf({ installationId, repositoryId, number }: Waiting): string {
  return [repositoryId, installationId, number].map(String).join("/");
}
