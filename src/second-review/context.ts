import type { Permission, ReviewPolicy } from "#gate/review-policy.js";
import { isAgent, isWebFlow } from "./agents.js";
import type { AccountFacts, ReviewFacts } from "./facts.js";
import {
  indexPeople,
  isOnList,
  withAccountOfEmail,
  type Identity,
  type People,
} from "./identity.js";

/** The facts together with what every rule asks of them. */
export interface Context {
  readonly facts: ReviewFacts;
  /** The policy in force. */
  readonly policy: ReviewPolicy;
  readonly people: People;
}

/** Reads the facts once for all rules. */
export function contextOf(facts: ReviewFacts): Context {
  const { policy } = facts.config;
  const people = indexPeople(identitiesIn(facts), policy.samePerson);
  return { facts, policy, people };
}

/** A person: no bot, no agent, no account that several hands or programs use. */
export function isHuman(context: Context, given: Identity): boolean {
  const identity = withAccountOfEmail(given);
  return (
    identity.type === "User" &&
    !isWebFlow(identity) &&
    !isAgent(given) &&
    !isOnList(identity, context.policy.machineUsers) &&
    !isTrustedAutomation(context, identity)
  );
}

/** A program that nobody drives change by change. */
export function isTrustedAutomation(
  context: Context,
  identity: Identity,
): boolean {
  return isOnList(
    withAccountOfEmail(identity),
    context.policy.trustedAutomation,
  );
}

/** What the account may do now; undefined when that could not be read. */
export function permissionOf(
  context: Context,
  account: Identity,
): Permission | undefined {
  return accountFacts(context, account)?.permission;
}

/** The configured teams that the account is in; undefined when that could not be read. */
export function teamsOf(
  context: Context,
  account: Identity,
): readonly string[] | undefined {
  return accountFacts(context, account)?.teams;
}

/** Rights belong to accounts, not to people: an alias does not lend its own. */
function accountFacts(
  { facts }: Context,
  account: Identity,
): AccountFacts | undefined {
  const login = account.login?.toLowerCase();
  return facts.accounts.find(({ account: other }) =>
    account.id !== undefined && other.id !== undefined
      ? account.id === other.id
      : login !== undefined && other.login?.toLowerCase() === login,
  );
}

function identitiesIn(facts: ReviewFacts): Identity[] {
  const commits = [
    ...facts.commits,
    ...facts.pushes.flatMap(({ added, dropped }) => [...added, ...dropped]),
  ];
  const all = [
    facts.pullRequest.author,
    ...commits.flatMap((commit) => [
      commit.author,
      commit.committer,
      ...commit.coAuthors,
    ]),
    ...facts.pushes.map(({ by }) => by),
    ...facts.requesters,
    ...facts.reviews.flatMap(({ by, dismissal }) => [by, dismissal?.by]),
    ...facts.accounts.map(({ account }) => account),
    ...facts.twins.flatMap(({ author, builders }) => [
      author,
      ...(builders ?? []),
    ]),
    ...facts.comments.map(({ by }) => by),
  ];
  return all.filter((identity) => identity !== undefined);
}
