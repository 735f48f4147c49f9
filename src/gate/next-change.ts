import { lapseWarningDays } from "./attest.js";
import { addDays, type Day } from "./day.js";
import type { Verdict } from "./verdict.js";

/**
 * The next day on which the same commits are judged or warned of otherwise, because days pass: commitment begins, an
 * attestation or a suppression in force ends, or an attestation is about to.
 *
 * @param today - The day of the verdict.
 */
export function nextChangeDay(
  { countdown, suppressions, attestations }: Verdict,
  today: Day,
): Day | undefined {
  const days = [
    ...(countdown ? [countdown.from] : []),
    ...suppressions.used.flatMap(({ until }) =>
      until === undefined ? [] : [addDays(until, 1)],
    ),
    ...attestations.inForce.flatMap(({ until }) => [
      addDays(until, -lapseWarningDays),
      addDays(until, 1),
    ]),
  ];
  return days.filter((day) => day > today).sort()[0];
}
