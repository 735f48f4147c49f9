import type { AttestationEntry } from "#gate/attest.js";
import type { Verdict } from "#gate/verdict.js";
import { counted } from "./wording.js";

/** What the passing of days will change, or has changed: the start of commitment, attestations that lapse. */
export function timeSentences({
  countdown,
  attestations: { lapsing, lapsed },
}: Verdict): string[] {
  return [
    ...(countdown
      ? [
          `VibeGate will block from ${countdown.from}, in ${counted(countdown.days, "day")}.`,
        ]
      : []),
    ...lapsing.map(
      (entry) => `${stated(entry)} lapses ${when(entry)}: renew it in time.`,
    ),
    ...lapsed.map(
      (entry) =>
        `${stated(entry)} lapsed: its last day was ${entry.until}, so it counts as none.`,
    ),
  ];
}

function stated({ check, project, by }: AttestationEntry): string {
  const where = project === undefined ? "" : ` of ${project}`;
  return `The attestation of ${check}${where} by ${by}`;
}

function when({ until, daysLeft }: AttestationEntry): string {
  if (daysLeft === 0) return "after today";
  return `after ${until}, in ${counted(daysLeft, "day")}`;
}
