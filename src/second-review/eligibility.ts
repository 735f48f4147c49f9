import { reaches } from "#gate/review-policy.js";
import type { Builders } from "./builders.js";
import { isHuman, permissionOf, teamsOf, type Context } from "./context.js";
import type { ReasonCode } from "./decision.js";
import { isOnList, type Identity } from "./identity.js";

/** Why someone's approval cannot count. */
export interface Refusal {
  readonly reason: ReasonCode;
  /** A sentence. */
  readonly because: string;
}

/** Why this account's approval cannot count, whatever it approved; undefined when it can. */
export function refusalOf(
  context: Context,
  builders: Builders,
  account: Identity | undefined,
): Refusal | undefined {
  if (account === undefined)
    return {
      reason: "approver-lacks-permission",
      because: "The account was deleted.",
    };
  if (!isHuman(context, account))
    return {
      reason: "approver-is-bot",
      because: "Only a person can be the second reviewer.",
    };
  if (builders.includes(account))
    return {
      reason: "approver-is-builder",
      because: builtIt(builders, account, context),
    };
  return lackOfRights(context, account) ?? absenceFromList(context, account);
}

/** Reasons that a sentence names before it counts the rest. */
const mostReasons = 3;

function builtIt(
  builders: Builders,
  account: Identity,
  { people }: Context,
): string {
  const key = people.keyOf(account);
  const own = builders.all.find(({ person }) => people.keyOf(person) === key);
  const all = own?.because ?? [];
  const told = all.slice(0, mostReasons).join(", ");
  const rest = all.length - mostReasons;
  return `Built it: ${told}${rest > 0 ? `, and ${String(rest)} more` : ""}.`;
}

function lackOfRights(
  context: Context,
  account: Identity,
): Refusal | undefined {
  const { policy } = context;
  if (isOnList(account, policy.externalReviewers)) return undefined;
  const permission = permissionOf(context, account);
  if (permission === undefined)
    return {
      reason: "cannot-verify",
      because: "The permission could not be read.",
    };
  if (reaches(permission, policy.minPermission)) return undefined;
  return {
    reason: "approver-lacks-permission",
    because: `Has ${permission} permission, and ${policy.minPermission} is needed.`,
  };
}

function absenceFromList(
  context: Context,
  account: Identity,
): Refusal | undefined {
  const { reviewers, teams } = context.policy;
  if (reviewers.length === 0 && teams.length === 0) return undefined;
  if (isOnList(account, reviewers)) return undefined;
  const own = teamsOf(context, account);
  if (teams.length > 0 && own === undefined)
    return {
      reason: "cannot-verify",
      because: "The team membership could not be read.",
    };
  const wanted = teams.map(teamSlug);
  if (own?.some((team) => wanted.includes(teamSlug(team)))) return undefined;
  return {
    reason: "approver-not-on-list",
    because: "Is not among the reviewers that the configuration names.",
  };
}

/** `@acme/security` and `security` are the same team. */
function teamSlug(team: string): string {
  return team.slice(team.lastIndexOf("/") + 1).toLowerCase();
}
