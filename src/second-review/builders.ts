import { compareText } from "#gate/compare-text.js";
import { isAgent, isWebFlow } from "./agents.js";
import { isHuman, isTrustedAutomation, type Context } from "./context.js";
import type { Builder } from "./decision.js";
import type { CommitFacts, PushFacts } from "./facts.js";
import { withAccountOfEmail, type Identity } from "./identity.js";

/** Who built the change. */
export interface Builders {
  readonly all: readonly Builder[];
  readonly includes: (identity: Identity | undefined) => boolean;
  /** A clause that says why someone else, whom nobody can name, must have built a part of it. */
  readonly unidentified?: string;
}

/** A commit that is part of the change, or was until a forced push replaced it without changing the diff. */
interface Contribution {
  readonly commit: CommitFacts;
  readonly pushes: readonly PushFacts[];
  /** False for a commit that came in a push which left the diff as it was. */
  readonly hasContent: boolean;
}

/**
 * Everyone who built a part of the change. Identity follows content: who only merged, rebased or squashed built nothing,
 * and who was squashed away stays.
 */
export function buildersOf(context: Context): Builders {
  const found = new Collection(context);
  const contributions = contributionsOf(context);
  const { pullRequest, pushes, requesters, twins } = context.facts;
  found.add(pullRequest.author, "opened the pull request");
  for (const contribution of contributions)
    for (const [person, because] of peopleOf(context, contribution))
      found.add(person, because);
  for (const push of pushes)
    if (changesDiff(push))
      found.add(push.by, `pushed ${shortSha(push.head)}, which changed it`);
  if (pullRequest.author && !isHuman(context, pullRequest.author))
    for (const person of requesters)
      found.add(person, "asked the agent for it, or is assigned to it");
  for (const twin of twins.filter((other) => isTwin(context, other))) {
    const because = `built pull request #${String(twin.number)}, which has the same head`;
    for (const person of [twin.author, ...(twin.builders ?? [])])
      found.add(person, because);
  }
  const unidentified = unidentifiedBuilder(context, contributions);
  return {
    all: found.builders(),
    includes: (identity) => found.has(identity),
    ...(unidentified !== undefined && { unidentified }),
  };
}

class Collection {
  readonly #context: Context;
  readonly #found = new Map<string, { person: Identity; because: string[] }>();

  constructor(context: Context) {
    this.#context = context;
  }

  add(given: Identity | undefined, because: string): void {
    if (given === undefined || isWebFlow(given)) return;
    const person = withAccountOfEmail(given);
    const key = this.#context.people.keyOf(person);
    if (key === undefined) return;
    const known = this.#found.get(key);
    if (!known) {
      this.#found.set(key, { person, because: [because] });
      return;
    }
    // Of several accounts of one person always the same stands for all.
    if (compareText(nameOf(person), nameOf(known.person)) < 0)
      known.person = person;
    if (!known.because.includes(because)) known.because.push(because);
  }

  has(identity: Identity | undefined): boolean {
    const key = this.#context.people.keyOf(identity);
    return key !== undefined && this.#found.has(key);
  }

  /** In an order that does not depend on the order of the facts. */
  builders(): Builder[] {
    return [...this.#found.entries()]
      .sort(([one], [other]) => compareText(one, other))
      .map(([, { person, because }]) => ({
        person,
        because: because.sort(compareText),
      }));
  }
}

function nameOf({ login, id, email }: Identity): string {
  return login ?? email ?? String(id);
}

function contributionsOf({ facts }: Context): Contribution[] {
  const commits = new Map(facts.commits.map((commit) => [commit.sha, commit]));
  // Squashing a helper out of the history does not make him a stranger.
  for (const push of facts.pushes)
    if (!changesDiff(push))
      for (const commit of push.dropped) commits.set(commit.sha, commit);
  return [...commits.values()].map((commit) => {
    const pushes = facts.pushes.filter(({ added }) =>
      added.some(({ sha }) => sha === commit.sha),
    );
    const hasContent = pushes.length === 0 || pushes.some(changesDiff);
    return { commit, pushes, hasContent };
  });
}

/** A push of which we do not know that it changed nothing did change something. */
function changesDiff(push: PushFacts): boolean {
  return (
    push.fingerprint === undefined ||
    push.fingerprint !== push.fingerprintBefore
  );
}

type Role = readonly [Identity, string];

function peopleOf(context: Context, contribution: Contribution): Role[] {
  const { commit, hasContent } = contribution;
  const sha = shortSha(commit.sha);
  const roles: Role[] = coAuthorsOf(context, commit).map((person) => [
    person,
    `is a co-author of ${sha}`,
  ]);
  const { author, committer } = commit;
  if (author && (hasContent || claimsContent(context, contribution)))
    roles.push([author, `is the author of ${sha}`]);
  if (committer && hasContent)
    roles.push([committer, `is the committer of ${sha}`]);
  return roles;
}

/** The co-author of a suggestion that was applied on the web page is who suggested it; an agent's is who drives it. */
function coAuthorsOf(
  { policy }: Context,
  commit: CommitFacts,
): readonly Identity[] {
  const isSuggestion =
    policy.suggestionAuthors === "reviewer" &&
    commit.isFromWeb &&
    !commit.isMerge &&
    commit.author?.type !== "Bot" &&
    !(commit.author && isAgent(commit.author));
  return isSuggestion ? [] : commit.coAuthors;
}

/** Rewritten commits name others than who rewrote them: that is a claim about content, and claims may add builders. */
function claimsContent(
  { people }: Context,
  { commit, pushes }: Contribution,
): boolean {
  if (commit.isMerge) return false;
  const author = people.keyOf(commit.author);
  return pushes.every(({ by }) => people.keyOf(by) !== author);
}

/** The same head against the same base shares its check runs, so it shares its builders. */
function isTwin(
  { facts }: Context,
  twin: {
    readonly number: number;
    readonly base: string;
    readonly head: string;
  },
): boolean {
  const { number, base, head } = facts.pullRequest;
  return twin.number !== number && twin.base === base && twin.head === head;
}

function unidentifiedBuilder(
  context: Context,
  contributions: readonly Contribution[],
): string | undefined {
  if (context.policy.unidentifiedBuilder === "ignore") return undefined;
  if (context.facts.pullRequest.author === undefined)
    return "the account that opened the pull request was deleted";
  if (hasKnownDriver(context)) return undefined;
  const orphan = contributions.find(
    (contribution) =>
      contribution.hasContent && !isTiedToSomeone(context, contribution),
  );
  return (
    orphan && `no person can be tied to commit ${shortSha(orphan.commit.sha)}`
  );
}

/** Whether an agent's pull request names the person behind it. */
function hasKnownDriver(context: Context): boolean {
  const { pullRequest, requesters, commits } = context.facts;
  if (!pullRequest.author || isHuman(context, pullRequest.author)) return false;
  if (isTrustedAutomation(context, pullRequest.author)) return false;
  // What an agent writes is at least its own word; a mere program writes what it is told.
  const named = commits
    .filter(({ author }) => author && isAgent(author))
    .flatMap(({ coAuthors }) => coAuthors);
  return [...requesters, ...named].some((person) => isHuman(context, person));
}

function isTiedToSomeone(
  context: Context,
  { commit, pushes }: Contribution,
): boolean {
  const { author } = commit;
  const isProgram = author?.type === "Bot" && !isAgent(author);
  const named = [
    author,
    commit.committer,
    // Whoever drives a mere program can have it name anybody.
    ...(isProgram ? [] : commit.coAuthors),
    ...pushes.filter(changesDiff).map(({ by }) => by),
  ];
  if (named.some((person) => person && isHuman(context, person))) return true;
  return isAutomatic(context, commit, pushes);
}

/** A commit that trusted automation both wrote and pushed; its name alone can be forged. */
function isAutomatic(
  context: Context,
  commit: CommitFacts,
  pushes: readonly PushFacts[],
): boolean {
  const isTrusted = (who: Identity | undefined) =>
    who !== undefined && isTrustedAutomation(context, who);
  const pushers = pushes.flatMap(({ by }) => (by ? [by] : []));
  return (
    isTrusted(commit.author) &&
    (pushers.length > 0
      ? pushers.every(isTrusted)
      : isTrusted(context.facts.pullRequest.author))
  );
}

function shortSha(sha: string): string {
  return sha.slice(0, 7);
}
