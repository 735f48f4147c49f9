import type { PullRequest } from "#github/pull-request-facts.js";
import type { CommitFacts, PushFacts } from "#second-review/facts.js";
import type { Identity } from "#second-review/identity.js";
import { commitFacts, identityOf, identityOfActor } from "./identities.js";
import type { EarlierHeads } from "./look-at-head.js";
import type { PushMemory, rememberedPushes } from "./push-record.js";

/** One move of the head, from whichever source. */
interface Move {
  readonly by?: Identity;
  readonly before: string;
  readonly after: string;
  /** Commits that it brought, where the event lists them. */
  readonly commits: readonly string[];
}

/**
 * Every push that is known to have moved the head: told by events of the pull request and of its branch, and by GitHub's
 * timeline of forced pushes.
 */
export async function pushFacts(
  pullRequest: PullRequest,
  remembered: Awaited<ReturnType<typeof rememberedPushes>>,
  heads: EarlierHeads,
): Promise<readonly PushFacts[]> {
  const facts: PushFacts[] = [];
  for (const move of movesOf(pullRequest, remembered))
    facts.push(await factsOf(move, pullRequest, heads));
  return facts;
}

function movesOf(
  { commits, forcePushes }: PullRequest,
  { ofPull, ofBranch }: Awaited<ReturnType<typeof rememberedPushes>>,
): readonly Move[] {
  const own = new Set(commits.map(({ sha }) => sha));
  const heads = new Set(ofPull.flatMap(({ before, after }) => [before, after]));
  // A branch may have had another life before this pull request.
  const isOfThis = ({ after, commits: brought }: PushMemory) =>
    own.has(after) || heads.has(after) || brought.some((sha) => own.has(sha));
  const told = [...ofPull, ...ofBranch.filter(isOfThis)].map((push): Move => ({
    ...push,
    by: identityOfActor(push.by),
  }));
  const forced = forcePushes.flatMap(({ before, after, actor }): Move[] =>
    before !== undefined && after !== undefined
      ? [
          {
            before,
            after,
            commits: [],
            ...(actor && { by: identityOf(actor) }),
          },
        ]
      : [],
  );
  return merged([...told, ...forced]);
}

/** The same move of the same person once, with all the commits that any source lists. */
function merged(moves: readonly Move[]): readonly Move[] {
  const byName = new Map<string, Move>();
  for (const move of moves) {
    const { by, before, after, commits } = move;
    const name = `${before}..${after} ${(by?.login ?? "").toLowerCase()}`;
    const known = byName.get(name);
    byName.set(
      name,
      known ? { ...known, commits: [...known.commits, ...commits] } : move,
    );
  }
  return [...byName.values()];
}

const nothingYet = /^0+$/;

async function factsOf(
  { by, before, after, commits: listed }: Move,
  pullRequest: PullRequest,
  heads: EarlierHeads,
): Promise<PushFacts> {
  const isFirst = nothingYet.test(before);
  const old = isFirst ? undefined : await heads.at(before);
  const present = await heads.at(after);
  return {
    ...(by && { by }),
    head: after,
    ...(old && { fingerprintBefore: old.fingerprint }),
    ...(present && { fingerprint: present.fingerprint }),
    added:
      old?.commits && present?.commits
        ? without(present.commits, old.commits)
        : pullRequest.commits
            .filter(({ sha }) => listed.includes(sha))
            .map(commitFacts),
    dropped: without(old?.commits ?? [], present?.commits),
  };
}

/** Those of some commits that others lack; none when the others are not known. */
function without(
  some: readonly CommitFacts[],
  others: readonly CommitFacts[] | undefined,
): readonly CommitFacts[] {
  if (others === undefined) return [];
  const shas = new Set(others.map(({ sha }) => sha));
  return some.filter(({ sha }) => !shas.has(sha));
}
