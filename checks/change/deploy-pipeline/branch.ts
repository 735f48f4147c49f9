import type { BranchRules } from "#gate/branch-rules.js";
import type { Finding } from "#gate/finding.js";
import type { Snapshot } from "#gate/snapshot.js";
import type { Deployment, Noted } from "./noted.js";

/** What shows that the app is deployed from the repository. */
interface Source {
  readonly path: string;
  readonly line: number;
}

/**
 * What the rules of the default branch let pass on its way to production. They stand in no file, so a finding stands
 * where the deployment does; a repository that deploys nothing has none.
 */
export function branchFindings(
  noted: Noted,
  deployments: readonly Deployment[],
  { branchRules }: Snapshot,
): Finding[] {
  const source = sourceOf(noted, deployments);
  if (!branchRules || !source) return [];
  return [
    ...pushFindings(branchRules, source),
    ...gateFindings(branchRules, source),
  ];
}

function sourceOf(
  { platforms }: Noted,
  deployments: readonly Deployment[],
): Source | undefined {
  const [deployment] = deployments;
  if (deployment) return { path: deployment.path, line: deployment.line };
  const platform = platforms.find(({ mark }) => mark.from === "git");
  return platform && { path: platform.path, line: platform.mark.line };
}

/** A run that only this app can post stands for a pull request: nothing else makes the app look at a commit. */
function pushFindings(
  { branch, pullRequestsOnly, gateRun }: BranchRules,
  source: Source,
): Finding[] {
  if (pullRequestsOnly !== false || gateRun === "pinned") return [];
  return [
    findingAt(source, "direct-push", {
      message: `Everybody with write access can push to ${branch} past every pull request, and production is deployed from this repository: no rule of the branch asks for one.`,
      fix: `Add a ruleset for ${branch} that requires a pull request before merging and lets nobody pass it over.`,
    }),
  ];
}

function gateFindings(
  { branch, gateRun }: BranchRules,
  source: Source,
): Finding[] {
  if (gateRun === "pinned") return [];
  if (gateRun === "by-name")
    return [
      findingAt(source, "gate-not-pinned", {
        message: `${branch} requires a check named VibeGate from anyone, so whoever may write can post a green one of that name.`,
        fix: "In the ruleset's required checks, pick the VibeGate app as the source of the check.",
      }),
    ];
  return [
    findingAt(source, "gate-not-required", {
      message: `${branch} does not require VibeGate's check, so what it blocks can be merged and deployed all the same.`,
      fix: `In a ruleset for ${branch}, require the check VibeGate and pick the VibeGate app as its source.`,
    }),
  ];
}

function findingAt(
  { path, line }: Source,
  rule: string,
  text: Pick<Finding, "message" | "fix">,
): Finding {
  return {
    ...{ rule, path, lines: { start: line, end: line }, ...text },
    ...{ confidence: "certain", identity: rule },
  };
}
