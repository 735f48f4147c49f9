import { items } from "#gate/items.js";
import { noExceptions } from "#gate/no-exceptions.js";
import { defaultPolicy, type Phase } from "#gate/policy.js";
import type { Judged, JudgeRequest } from "./request.js";

/** What can be said when the analysis died: nothing was seen, so nothing holds. */
export function noAnswer(request: JudgeRequest, because: string): Judged {
  const phase: Phase = request.phase ?? defaultPolicy.phase;
  return {
    verdict: {
      phase,
      conclusion: "incomplete",
      isComplete: false,
      findings: [],
      items: items.map(({ id, check }) => ({
        id,
        check,
        status: "unknown",
        because,
      })),
      gaps: [{ path: "", kind: "not-analysed", because }],
      ...noExceptions,
    },
    subject: {
      scope: request.base === undefined ? "repository" : "change",
      repository: request.path ?? ".",
      checks: [],
    },
  };
}
