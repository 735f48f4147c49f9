import type { BranchRules } from "#gate/branch-rules.js";
import type { Verdict } from "#gate/verdict.js";
import type { CheckRunDocument } from "./check-run-document.js";
import { forMarkdownCode } from "./escape.js";
import { counted, sortFindings } from "./wording.js";

/**
 * The first run on a default branch. Always successful: GitHub offers only checks that have succeeded as required ones,
 * and what the repository has today blocks nobody.
 */
export function firstLookDocument(
  verdict: Verdict,
  rules?: BranchRules,
): CheckRunDocument {
  const held = verdict.items.filter(({ status }) => status === "holds").length;
  const unknown = verdict.items.filter(
    ({ status }) => status === "unknown",
  ).length;
  const sorted = sortFindings(verdict);
  return {
    title: `First look: ${counted(verdict.findings.length, "finding")} on this branch`,
    summary: [
      "VibeGate is installed. From now on it answers every pull request with two checks, `VibeGate` and `VibeGate / second reviewer`.",
      "",
      `Of the sixteen items of the gate, ${String(held)} hold and ${String(unknown)} cannot be told from here. ` +
        `${counted(sorted.blocking.length, "finding")} would block a pull request that introduced it.`,
      "",
      "What is there today blocks nobody: only what a pull request introduces counts. For the whole list run `npx vibegate audit`.",
      "",
      "To require both checks, pick them in a ruleset of this repository, with VibeGate as their expected source.",
      ...(rules ? ["", ...branchNotes(rules)] : []),
    ].join("\n"),
    annotations: [],
    conclusion: "success",
  };
}

/** What the branch enforces today: no clone shows it, so it is said here. */
function branchNotes({
  branch,
  pullRequestsOnly,
  gateRun,
}: BranchRules): string[] {
  const name = forMarkdownCode(branch);
  const gate = {
    pinned: `${name} requires \`VibeGate\`, and takes it from this app alone.`,
    "by-name": `${name} requires \`VibeGate\` by its name alone: whoever may write can post a green one. Pick this app as its source.`,
    "not-required": `${name} does not require \`VibeGate\` today: what it blocks can be merged all the same.`,
  }[gateRun];
  const isOpen = pullRequestsOnly === false && gateRun !== "pinned";
  return isOpen
    ? [
        gate,
        `${name} takes pushes without a pull request, which no check sees before they are there: require one in the same ruleset.`,
      ]
    : [gate];
}

/** The first run of the second reviewer on a default branch. */
export function firstReviewerDocument(): CheckRunDocument {
  return {
    title: "Ready to ask for a second reviewer",
    summary:
      "On pull requests that touch code for sign-in, payment or data, this check waits for the approval of somebody who did not build the change.",
    annotations: [],
    conclusion: "success",
  };
}
