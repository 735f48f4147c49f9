import { brokenBy, type Check, type Outcome } from "#gate/check.js";
import type { Finding } from "#gate/finding.js";
import type { PlacedSuppression } from "#gate/inline-suppression.js";
import { judge, type Judged } from "#gate/judge.js";
import type { Policy } from "#gate/policy.js";
import { aSnapshot } from "./a-snapshot.js";

/** A policy that blocks and says nothing else. */
export const commitment: Policy = { phase: "commitment", levels: {} };

/** A finding that only an attestation can answer; state only what matters. */
export function aFinding(given: Partial<Finding> = {}): Finding {
  return {
    rule: "no-drill",
    path: "infra/main.tf",
    lines: { start: 5, end: 7 },
    message: "Nobody restored a backup.",
    fix: "Restore one.",
    confidence: "certain",
    identity: "drill",
    ...given,
  };
}

/** The check of backups, answering as told. */
export function backups(evaluate: () => Outcome): Check<Judged> {
  return {
    id: "3.2",
    name: "restored-backups",
    title: "Backups were restored",
    why: "Untested backups fail.",
    needs: { files: ["**/*.tf"], scope: "repository" },
    rules: {
      "no-drill": {
        title: "No drill",
        level: "block",
        attestation: "required",
      },
      "backups-off": { title: "Off", level: "block" },
      "vendor-only": { title: "V", level: "block", attestation: "accepted" },
    },
    evaluate,
  };
}

/** The verdict on such findings under a policy. */
export function judged(
  findings: readonly Finding[],
  given: {
    policy?: Partial<Policy>;
    inline?: readonly PlacedSuppression[];
    snapshot?: Parameters<typeof aSnapshot>[0];
    outcome?: Outcome;
  } = {},
) {
  const check = backups(() => given.outcome ?? brokenBy(findings));
  const project = {
    snapshot: aSnapshot(given.snapshot),
    suppressions: given.inline ?? [],
  };
  return judge([check], project, { ...commitment, ...given.policy });
}
