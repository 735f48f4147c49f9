import { compareEffects, dryRunSentence } from "#config/dry-run.js";
import { changedConfig } from "#config/changed-config.js";
import type { Snapshot } from "#gate/snapshot.js";
import type { Verdict } from "#gate/verdict.js";
import type { ConfigNotes } from "#report/config-notes.js";
import type { PolicyInForce } from "./policy-for.js";
import type { ReviewContext } from "./review-context.js";

/**
 * What a change does to the configuration: its mistakes on their lines, and what would change if it were in force. It is
 * not: the base's copy governs until the change is merged.
 *
 * @returns undefined when the change leaves the configuration alone.
 */
export async function configChange(
  snapshot: Snapshot,
  verdict: Verdict,
  policy: PolicyInForce,
  { analyse }: Pick<ReviewContext, "analyse">,
): Promise<ConfigNotes["change"]> {
  const changed = changedConfig(snapshot);
  if (changed === undefined) return undefined;
  const governing = policy.withFile(changed.file);
  if (governing.state === "invalid") return { problems: governing.problems };
  const judged = await analyse(snapshot, governing.policy);
  const effect = compareEffects(
    { verdict, policy: policy.gate },
    { verdict: judged, policy: governing.policy },
  );
  return { problems: [], dryRun: dryRunSentence(effect) };
}

/** The policy with what is to be said of the change's own configuration. */
export function withChange(
  policy: PolicyInForce,
  change: ConfigNotes["change"],
): PolicyInForce {
  return change === undefined
    ? policy
    : { ...policy, notes: { ...policy.notes, change } };
}
