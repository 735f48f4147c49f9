import { assess } from "#second-review/assessment.js";
import type { BypassAnswer } from "#second-review/bypass.js";
import { contextOf } from "#second-review/context.js";
import type { Decision } from "#second-review/decision.js";
import type { ReviewFacts } from "#second-review/facts.js";
import { type AuditEntry, writeAudit } from "./audit-trail.js";
import { type CommentMemory, rememberedComments } from "./comment-record.js";
import type { ReviewContext } from "./review-context.js";
import type { ReviewSubject } from "./review-subject.js";

/** Writes into the audit trail who lifted the gate and who tried to; each comment once for each outcome. */
export async function auditBypasses(
  { work, pullRequest }: ReviewSubject,
  {
    facts,
    decision,
  }: { readonly facts: ReviewFacts; readonly decision: Decision },
  { records }: ReviewContext,
): Promise<void> {
  if (facts.comments.length === 0) return;
  const { repositoryId, number } = work;
  const memories = await rememberedComments(records, repositoryId, number);
  for (const answer of assess(contextOf(facts)).bypasses) {
    const isUsed = decision.bypass?.commentId === answer.commentId;
    if (!isUsed && answer.kind !== "refused") continue;
    const memory = memories.find(({ id }) => id === answer.commentId);
    const { owner, repo, head } = pullRequest;
    const entry: AuditEntry = {
      ...(isUsed ? liftedBy(answer) : refusedTo(answer)),
      at: memory?.at ?? facts.at,
      ...{ repository: `${owner}/${repo}`, repositoryId },
      ...{ pullRequest: number, commit: head.sha },
      ...(memory && writtenBy(memory)),
    };
    await writeAudit(records, entry, String(answer.commentId));
  }
}

type Part = Pick<AuditEntry, "kind" | "reason" | "followUp">;

function liftedBy(answer: BypassAnswer): Part {
  const reason = answer.kind === "valid" ? answer.reason : "";
  return { kind: "bypass", reason, followUp: { state: "open" } };
}

function refusedTo(answer: BypassAnswer): Part {
  const reason = answer.kind === "valid" ? "" : answer.because;
  return { kind: "bypass-refused", reason };
}

function writtenBy({ by, url }: CommentMemory) {
  return {
    ...(by && { by: by.login }),
    ...(url !== undefined && { url }),
  };
}
