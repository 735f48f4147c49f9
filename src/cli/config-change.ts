import { changedConfig } from "#config/changed-config.js";
import type { Policy } from "#gate/policy.js";
import type { Snapshot } from "#gate/snapshot.js";
import type { Verdict } from "#gate/verdict.js";
import type { ConfigNotes } from "#report/config-notes.js";
import type { PolicyInForce } from "./policy-in-force.js";

/**
 * What a change does to the configuration: its mistakes, and what would change if it were in force already. It is not:
 * the base's copy governs until the change is merged.
 *
 * @param judgeUnder - Judges the same snapshot under another policy.
 * @returns undefined when the change leaves the configuration alone.
 */
export async function configChange(
  snapshot: Snapshot,
  verdict: Verdict,
  { policy, withFile }: PolicyInForce,
  judgeUnder: (policy: Policy) => Verdict,
): Promise<ConfigNotes["change"]> {
  const changed = changedConfig(snapshot);
  if (changed === undefined) return undefined;
  const governing = await withFile(changed.file);
  if (governing.state === "invalid") return { problems: governing.problems };
  const { compareEffects, dryRunSentence } = await import("#config/dry-run.js");
  const effect = compareEffects(
    { verdict, policy },
    { verdict: judgeUnder(governing.policy), policy: governing.policy },
  );
  return { problems: [], dryRun: dryRunSentence(effect) };
}
