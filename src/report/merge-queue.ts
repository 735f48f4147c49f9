import type { CheckRunDocument } from "./check-run-document.js";
import { forMarkdown } from "./escape.js";

/** A pull request in a merge queue's group, and whether its second reviewer's rule holds. */
export interface QueueMemberAnswer {
  readonly number: number;
  readonly decision: {
    readonly decision: "satisfied" | "pending" | "not-required";
    readonly reason: string;
    readonly enforcement: "blocking" | "advisory";
  };
}

/** The second reviewer's run on a group of a merge queue: it passes when each of its pull requests does. */
export function mergeQueueDocument(
  members: readonly QueueMemberAnswer[],
): CheckRunDocument {
  const waiting = members.filter(
    ({ decision }) => decision.decision === "pending",
  );
  const blocking = waiting.filter(
    ({ decision }) => decision.enforcement === "blocking",
  );
  const numbers = waiting.map(({ number }) => `#${String(number)}`).join(", ");
  const title =
    members.length === 0
      ? "The pull requests of this group could not be told"
      : waiting.length === 0
        ? "Every pull request of the group may land"
        : `Second review needed on ${numbers}`;
  return {
    title,
    summary: [
      "| pull request | second review | reason |",
      "| --- | --- | --- |",
      ...members.map(({ number, decision }) =>
        row(number, decision.decision, decision.reason),
      ),
    ].join("\n"),
    annotations: [],
    conclusion:
      members.length === 0 || blocking.length > 0
        ? "action_required"
        : waiting.length > 0
          ? "neutral"
          : "success",
  };
}

function row(number: number, decision: string, reason: string): string {
  const words = [decision, reason].map(forMarkdown);
  return `| #${String(number)} | ${words.join(" | ")} |`;
}
