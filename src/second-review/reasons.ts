import type { Assessment } from "./assessment.js";
import { isHuman, type Context } from "./context.js";
import type { ReasonCode } from "./decision.js";

/** Why an approval is still missing, the one that leads furthest first. */
const order: readonly ReasonCode[] = [
  "changes-requested",
  "cannot-verify",
  "unidentified-builder",
  "needs-more-approvals",
  "bypass-refused",
  "bypass-expired",
  "approval-stale",
  "approver-is-builder",
  "approval-dismissed",
  "approver-not-on-list",
  "approver-lacks-permission",
  "approver-is-bot",
  "config-invalid",
  "comment-is-not-approval",
  "no-approval",
];

/** Every reason why the change still waits, the foremost first; never empty. */
export function pendingReasons(
  context: Context,
  assessment: Assessment,
): readonly [ReasonCode, ...ReasonCode[]] {
  const found = new Set<ReasonCode>([
    ...objectionReasons(assessment),
    ...countReasons(assessment),
    ...bypassReasons(assessment),
    ...refusalReasons(assessment),
  ]);
  if (context.facts.config.state === "invalid") found.add("config-invalid");
  if (hasOnlyTalk(context, assessment)) found.add("comment-is-not-approval");
  if (assessment.counted.length === 0) found.add("no-approval");
  const [first = "no-approval", ...others] = order.filter((reason) =>
    found.has(reason),
  );
  return [first, ...others];
}

function objectionReasons({ persons }: Assessment): ReasonCode[] {
  return persons.flatMap(({ objection: { kind } }): ReasonCode[] => {
    if (kind === "stands") return ["changes-requested"];
    return kind === "unverified" ? ["cannot-verify"] : [];
  });
}

function countReasons({
  counted,
  required,
  builders,
}: Assessment): ReasonCode[] {
  if (counted.length === 0 || counted.length >= required) return [];
  const isOneShort = counted.length === required - 1;
  return builders.unidentified !== undefined && isOneShort
    ? ["unidentified-builder", "needs-more-approvals"]
    : ["needs-more-approvals"];
}

function bypassReasons({ bypasses }: Assessment): ReasonCode[] {
  return bypasses.flatMap(({ kind }): ReasonCode[] => {
    if (kind === "refused") return ["bypass-refused"];
    if (kind === "unverified") return ["cannot-verify"];
    return kind === "expired" ? ["bypass-expired"] : [];
  });
}

function refusalReasons({ persons }: Assessment): ReasonCode[] {
  return persons.flatMap(({ approval }) =>
    approval.kind === "refused" ? [approval.refusal.reason] : [],
  );
}

/** People said something that reads like consent, and nobody reviewed. */
function hasOnlyTalk(
  context: Context,
  { reviews, builders }: Assessment,
): boolean {
  const remarks = reviews.filter(
    ({ state, by }) =>
      state === "commented" && by !== undefined && !builders.includes(by),
  );
  // Who tells of somebody else's consent is told as well that it takes a review.
  const words = context.facts.comments.filter(({ body }) =>
    readsLikeConsent(body),
  );
  return [...remarks, ...words].some(({ by }) => by && isHuman(context, by));
}

/** Whether a comment says what an approval would say. */
export function readsLikeConsent(body: string): boolean {
  return !/\?\s*$/.test(body) && consent.test(body);
}

const consent =
  /\blgtm\b|\bapproved?\b|\blooks good\b|\bship it\b|:shipit:|:\+1:|(?:^|\s)\+1\b|👍|✅/iu;
