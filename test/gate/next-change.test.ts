import { expect, test } from "@jest/globals";
import { nextChangeDay } from "#gate/next-change.js";
import { aFinding, judged } from "#support/judged-backups.js";

const takenAt = "2026-06-01T09:00:00Z";
const at = { path: ".vibegate.yml", line: 3 };

function next(policy: Parameters<typeof judged>[1]): string | undefined {
  const verdict = judged([aFinding()], { ...policy, snapshot: { takenAt } });
  return nextChangeDay(verdict, "2026-06-01");
}

function attested(until: string) {
  return {
    ...{
      check: "restored-backups",
      by: "@dana",
      date: "2026-05-01",
      at,
      until,
    },
    evidence: "https://wiki.example.com/drill",
  };
}

test.each([
  ["nothing", {}, undefined],
  [
    "the warning of an attestation",
    { attestations: [attested("2026-09-01")] },
    "2026-08-18",
  ],
  [
    "the end of an attestation that is warned of",
    { attestations: [attested("2026-06-10")] },
    "2026-06-11",
  ],
  [
    "nothing more of one that lapsed",
    { attestations: [attested("2026-05-10")] },
    undefined,
  ],
  [
    "the end of a suppression",
    {
      suppressions: [
        {
          ...{ check: "restored-backups", paths: ["**"], owner: "@d", at },
          ...{ reason: "long enough a reason", until: "2026-06-05" },
        },
      ],
    },
    "2026-06-06",
  ],
  [
    "the start of commitment",
    { phase: "exploration" as const, commitmentFrom: "2026-07-01" },
    "2026-07-01",
  ],
])("days change a verdict by %s", (_name, policy, day) => {
  expect(next({ policy })).toBe(day);
});
