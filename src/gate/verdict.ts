import type { AttestationReport } from "./attest.js";
import type { Day } from "./day.js";
import type { Finding, Level } from "./finding.js";
import type { ItemId } from "./items.js";
import type { Phase } from "./policy.js";
import type { Gap } from "./snapshot.js";
import type { SuppressionReport } from "./suppression-report.js";

/** A finding with its place in the gate and its weight. */
export interface JudgedFinding extends Finding {
  readonly item: ItemId;
  readonly check: string;
  /** App of the monorepo that it stands in, where the configuration names some. */
  readonly project?: string;
  /** What it weighs in the commitment phase, whatever the phase is. */
  readonly level: Level;
  /** Whether the change brought it; in a whole-repository judgement always true. */
  readonly introduced: boolean;
  /** Introduced although its line was left alone: its rule grew, and the policy lets nothing grow. */
  readonly grown?: true;
  /** Stable name of the finding across runs: hex. */
  readonly fingerprint: string;
}

export type ItemStatus =
  "holds" | "attested" | "broken" | "inapplicable" | "unknown" | "off";

/** The answer to one of the sixteen items. */
export interface ItemResult {
  readonly id: ItemId;
  readonly check: string;
  readonly status: ItemStatus;
  /** Why it is not simply `holds`; empty for `holds`, and for `broken` unless what broke it is not listed. */
  readonly because: string;
}

/** What the gate says of one snapshot under one policy. */
export interface Verdict {
  readonly phase: Phase;
  /**
   * `blocked`: something introduced weighs `block`. `incomplete`: nothing blocks, but something that a check needed
   * could not be seen, or in the commitment phase an attestation is missing. `advised`: only lighter or older findings. `clear`: none. The phase decides whether it stops a merge.
   */
  readonly conclusion: "blocked" | "incomplete" | "advised" | "clear";
  /** Whether every enabled check saw all that it needed; what blocks may stand in front of what was not seen. */
  readonly isComplete: boolean;
  readonly findings: readonly JudgedFinding[];
  readonly items: readonly ItemResult[];
  readonly gaps: readonly Gap[];
  /** The announced start of the commitment phase, while it is ahead. */
  readonly countdown?: { readonly from: Day; readonly days: number };
  /** Findings that a suppression in force silences; they weigh nothing. */
  readonly suppressed: readonly JudgedFinding[];
  readonly suppressions: SuppressionReport;
  /** Findings that an attestation in force answers; they weigh nothing. */
  readonly attested: readonly JudgedFinding[];
  readonly attestations: AttestationReport;
  /** Findings that only a person's attestation can answer, and that none in force answers. */
  readonly unattested: readonly JudgedFinding[];
  /** How many findings were not reported because their paths are ignored, by check. */
  readonly ignored: Readonly<Record<string, number>>;
  /** Rules that grew, where the policy lets nothing grow; absent where it does not ask. */
  readonly grown?: readonly Growth[];
}

/** A rule that has more findings after a change than before it. */
export interface Growth {
  readonly check: string;
  readonly rule: string;
  readonly before: number;
  readonly after: number;
}
