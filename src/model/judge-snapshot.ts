import { judge } from "#gate/judge.js";
import type { Policy } from "#gate/policy.js";
import { ratcheted, snapshotBefore } from "#gate/ratchet.js";
import type { Snapshot } from "#gate/snapshot.js";
import type { Verdict } from "#gate/verdict.js";
import { buildProject, type BuildOptions } from "./build-project.js";

/**
 * Builds the project and judges it under a policy, and where the policy has a ratchet, against what was there before.
 *
 * @param options - With a cache, files that the change left alone are parsed once for both.
 */
export function judgeSnapshot(
  snapshot: Snapshot,
  policy: Policy,
  options: Omit<BuildOptions, "settings">,
): Verdict {
  const { settings } = policy;
  const building = { ...options, ...(settings && { settings }) };
  const verdictOn = (one: Snapshot) =>
    judge(options.checks, buildProject(one, building), policy);
  const verdict = verdictOn(snapshot);
  const before = policy.ratchet === true ? snapshotBefore(snapshot) : undefined;
  return before ? ratcheted(verdict, verdictOn(before)) : verdict;
}
