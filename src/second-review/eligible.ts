import { compareText } from "#gate/compare-text.js";
import { buildersOf } from "./builders.js";
import type { CodeOwners } from "#parse/code-owners.js";
import { contextOf, type Context } from "./context.js";
import { refusalOf } from "./eligibility.js";
import type { ReviewFacts } from "./facts.js";
import { isNamed, type Identity } from "./identity.js";

/** Somebody who might be asked, with what speaks for it. */
export interface Candidate {
  readonly account: Identity;
  /** Slugs of teams, as far as they are known. */
  readonly teams: readonly string[];
  /** Commits of the last months to the files that need a review. */
  readonly recentCommits: number;
  /** Open reviews that this person is asked for already. */
  readonly openRequests: number;
}

/** What choosing a reviewer takes besides the facts of the decision. */
export interface ChoiceOptions {
  readonly candidates: readonly Candidate[];
  /** Absent where the repository has none. */
  readonly codeOwners?: CodeOwners;
  readonly isDraft: boolean;
  /** People who are asked already. */
  readonly requested: readonly Identity[];
  /** How many to ask; 1 when not given. */
  readonly count?: number;
}

/** Whom to ask, or why nobody is asked. */
export interface Choice {
  readonly ask: readonly Identity[];
  /** A sentence. */
  readonly because: string;
}

/**
 * Chooses who is asked to review: only people whose approval would count, so never a builder. The configuration's list
 * comes first, then the owners of the sensitive files, then who knows them from recent work; among equals whoever has
 * the fewest open requests. Nobody is asked for a draft, and nobody where somebody eligible is asked already.
 */
export function chooseReviewers(
  facts: ReviewFacts,
  options: ChoiceOptions,
): Choice {
  if (options.isDraft) return nobody("The pull request is a draft.");
  const context = contextOf(facts);
  const builders = buildersOf(context);
  const isEligible = (account: Identity) =>
    refusalOf(context, builders, account) === undefined;
  const missing =
    (options.count ?? 1) - options.requested.filter(isEligible).length;
  if (missing <= 0) return nobody("Somebody who may approve is asked already.");
  const isAsked = (account: Identity) =>
    options.requested.some(
      (other) => context.people.keyOf(other) === context.people.keyOf(account),
    );
  const ranked = options.candidates
    .filter(({ account }) => isEligible(account) && !isAsked(account))
    .map((candidate) => ({
      candidate,
      rank: rankOf(context, candidate, options.codeOwners),
    }))
    .sort(byRank);
  const ask = onePerPerson(context, ranked).slice(0, missing);
  return ask.length > 0
    ? { ask, because: "Chosen among those whose approval would count." }
    : nobody("Nobody who is known here may approve this change.");
}

function nobody(because: string): Choice {
  return { ask: [], because };
}

interface Ranked {
  readonly candidate: Candidate;
  /** Lower is better. */
  readonly rank: number;
}

function rankOf(
  { facts, policy }: Context,
  { account, teams, recentCommits }: Candidate,
  codeOwners: CodeOwners | undefined,
): number {
  if (policy.reviewers.some((entry) => isNamed(account, entry))) return 0;
  const sensitive = facts.files.filter(
    ({ categories }) => categories.length > 0,
  );
  const isOwner = sensitive
    .flatMap(({ path }) => codeOwners?.ownersOf(path) ?? [])
    .some((owner) => owns(owner, account, teams));
  if (isOwner) return 1;
  return recentCommits > 0 ? 2 : 3;
}

/** `@login`, `@org/team` or an address. */
function owns(
  owner: string,
  account: Identity,
  teams: readonly string[],
): boolean {
  const [, slug] = /^@[^/]+\/(.+)$/.exec(owner) ?? [];
  if (slug !== undefined)
    return teams.some((team) => team.toLowerCase() === slug.toLowerCase());
  if (owner.startsWith("@")) return isNamed(account, owner.slice(1));
  return account.email?.toLowerCase() === owner.toLowerCase();
}

function byRank(one: Ranked, other: Ranked): number {
  const [first, second] = [one.candidate, other.candidate];
  return (
    one.rank - other.rank ||
    first.openRequests - second.openRequests ||
    second.recentCommits - first.recentCommits ||
    compareText(first.account.login ?? "", second.account.login ?? "")
  );
}

function onePerPerson(
  { people }: Context,
  ranked: readonly Ranked[],
): readonly Identity[] {
  const chosen = new Map<string, Identity>();
  for (const { candidate } of ranked) {
    const key = people.keyOf(candidate.account);
    if (key !== undefined && !chosen.has(key))
      chosen.set(key, candidate.account);
  }
  return [...chosen.values()];
}
