import { addDays, type Day, daysBetween, dayOf } from "./day.js";
import type { Attestation, Policy } from "./policy.js";
import type { Snapshot } from "./snapshot.js";

/** How many days before its end an attestation is announced to lapse. */
export const lapseWarningDays = 14;

/** How long an attestation counts where it does not say, in days. */
export const defaultAttestationDays = 180;

/** The checks that a person may answer: the parts of the gate that code cannot show. */
export const attestableChecks: readonly string[] = [
  "admin-second-factor",
  "restored-backups",
  "complete-deletion",
  "error-visibility",
  "rate-limits",
  "spending-cap",
  "rollback-procedure",
  "second-reviewer",
];

/** An attestation with what became of it. */
export interface AttestationEntry extends Attestation {
  /** Days until its last day; negative once it is over. */
  readonly daysLeft: number;
  /** Why it does not count, as one sentence; absent where it does. */
  readonly because?: string;
}

/** Every attestation by what became of it. */
export interface AttestationReport {
  readonly inForce: readonly AttestationEntry[];
  /** Those in force that end within {@link lapseWarningDays}. */
  readonly lapsing: readonly AttestationEntry[];
  /** Their last day is over: they count as none. */
  readonly lapsed: readonly AttestationEntry[];
  /** They cannot count as they are: dated in the future, or their evidence is not there. */
  readonly unfounded: readonly AttestationEntry[];
}

/** Which attestations count on the snapshot's day, for the commit that is judged. */
export function weighAttestations(
  { attestations = [] }: Policy,
  snapshot: Snapshot,
): AttestationReport {
  const today = dayOf(snapshot.takenAt);
  const paths = new Set(snapshot.paths);
  const entries = attestations.map((attestation) => {
    const because = flawOf(attestation, today, paths);
    const daysLeft = daysBetween(today, attestation.until);
    return {
      ...attestation,
      daysLeft,
      ...(because !== undefined && { because }),
    };
  });
  const current = entries.filter(({ daysLeft }) => daysLeft >= 0);
  const inForce = current.filter(({ because }) => because === undefined);
  return {
    inForce,
    lapsing: inForce.filter(({ daysLeft }) => daysLeft <= lapseWarningDays),
    lapsed: entries
      .filter(({ daysLeft }) => daysLeft < 0)
      .map((entry) => ({
        ...entry,
        because: `It lapsed: its last day was ${entry.until}.`,
      })),
    unfounded: current.filter(({ because }) => because !== undefined),
  };
}

/** Whether evidence names a place on the network rather than a file. */
export function isAddress(evidence: string): boolean {
  return /^https?:\/\//i.test(evidence);
}

function flawOf(
  { date, evidence }: Attestation,
  today: Day,
  paths: ReadonlySet<string>,
): string | undefined {
  // A day of grace: the author's day may have begun before the one in UTC.
  if (date > addDays(today, 1)) return "It is dated in the future.";
  if (isAddress(evidence)) return undefined;
  const [file = ""] = evidence.replace(/^\.?\//, "").split("#");
  if (paths.has(file)) return undefined;
  const folder = file.replace(/\/?$/, "/");
  if (folder !== "/" && [...paths].some((path) => path.startsWith(folder)))
    return undefined;
  return "Its evidence names a file that is not there at this commit.";
}
