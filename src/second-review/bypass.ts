import { reaches } from "#gate/review-policy.js";
import type { Builders } from "./builders.js";
import { isHuman, permissionOf, type Context } from "./context.js";
import type { CommentFacts } from "./facts.js";
import type { Identity } from "./identity.js";

/** What became of a comment that asks for a bypass. */
export type BypassAnswer =
  | {
      readonly kind: "valid";
      readonly commentId: number;
      readonly by: Identity;
      readonly reason: string;
      /** ISO 8601. */
      readonly until: string;
    }
  | {
      readonly kind: "refused" | "expired" | "unverified";
      readonly commentId: number;
      /** A sentence. */
      readonly because: string;
    };

/**
 * The reason that a comment gives with `/vibegate bypass <reason>` on its first line.
 *
 * @returns undefined for any other comment; the empty string when it gives none.
 */
export function bypassReason(body: string): string | undefined {
  const [line = ""] = body.trim().split(/\r?\n/, 1);
  const [command, reason = ""] =
    /^\/vibegate[ \t]+bypass(?:[ \t]+(\S.*))?$/i.exec(line.trim()) ?? [];
  return command === undefined ? undefined : reason.trim();
}

/** What every comment that asks for a bypass comes to. */
export function bypassesOf(
  context: Context,
  builders: Builders,
): readonly BypassAnswer[] {
  return context.facts.comments.flatMap((comment) => {
    const reason = bypassReason(comment.body);
    return reason === undefined
      ? []
      : [answer(context, builders, comment, reason)];
  });
}

function answer(
  context: Context,
  builders: Builders,
  comment: CommentFacts,
  reason: string,
): BypassAnswer {
  const { by, id: commentId } = comment;
  const refusal = refusalFor(context, builders, comment, reason);
  if (by === undefined || refusal !== undefined)
    return {
      kind: refusal === unreadable ? "unverified" : "refused",
      commentId,
      because: refusal ?? "The account was deleted.",
    };
  const until =
    Date.parse(comment.at) + context.policy.bypass.ttlHours * 3_600_000;
  if (!(Date.parse(context.facts.at) < until))
    return { kind: "expired", commentId, because: "Its time is over." };
  if (comment.fingerprint !== context.facts.fingerprint)
    return {
      kind: "expired",
      commentId,
      because: "The change is no longer the one that it was given for.",
    };
  return {
    kind: "valid",
    commentId,
    by,
    reason,
    until: new Date(until).toISOString(),
  };
}

const unreadable = "The permission could not be read.";

function refusalFor(
  context: Context,
  builders: Builders,
  comment: CommentFacts,
  reason: string,
): string | undefined {
  const { minPermission, buildersMayBypass } = context.policy.bypass;
  const { by } = comment;
  if (reason === "") return "It gives no reason.";
  // Whoever may edit comments could put the words into an administrator's mouth.
  if (comment.isEdited) return "The comment was edited.";
  if (by === undefined || !isHuman(context, by))
    return "Only a person can ask for a bypass.";
  if (!buildersMayBypass && builders.includes(by))
    return "A builder cannot bypass the review of the own change.";
  const permission = permissionOf(context, by);
  if (permission === undefined) return unreadable;
  return reaches(permission, minPermission)
    ? undefined
    : `A bypass needs ${minPermission} permission.`;
}
