import { expect, test } from "@jest/globals";
import { governingConfig } from "#config/governing.js";

const file = ".vibegate.yml";
const valid = { path: file, text: "phase: exploration\n" };
const broken = { path: file, text: "phaze: x\n" };
const above = (text: string) => ({ path: "org.yml", text });

test.each([
  [
    "nothing",
    {},
    "exploration",
    "No .vibegate.yml yet, so the defaults of the exploration phase hold: nothing blocks.",
  ],
  [
    "a file",
    { repository: [valid] },
    "exploration",
    "Configured by .vibegate.yml.",
  ],
  [
    "a broken file",
    { repository: [broken] },
    "commitment",
    ".vibegate.yml has mistakes, so the strict defaults of the commitment phase govern.",
  ],
  [
    "a broken file and one before it",
    { repository: [broken], lastValid: valid },
    "exploration",
    ".vibegate.yml has mistakes, so its last valid version governs.",
  ],
  [
    "an organization's file alone",
    { organization: above("enforce: {phase: commitment}\n") },
    "commitment",
    "No .vibegate.yml yet, so what the organization says holds.",
  ],
  [
    "a broken organization's file alone",
    { organization: above("enforce: {phase: x}\n") },
    "commitment",
    "No .vibegate.yml yet, and the organization's org.yml has mistakes, so the strict defaults of the commitment phase govern.",
  ],
  [
    "a broken organization's file alone and one before it",
    {
      organization: above("enforce: {phase: x}\n"),
      lastValidOrganization: above("phase: exploration\n"),
    },
    "exploration",
    "No .vibegate.yml yet, so what the organization says holds.",
  ],
] as const)(
  "with %s, one sentence says what governs",
  (_name, sources, phase, origin) => {
    const governing = governingConfig({
      repository: [],
      ...sources,
      ...{ branch: "main", takenAt: "2026-06-01T00:00:00Z" },
    });

    expect(governing.origin).toBe(origin);
    expect(governing.policy.phase).toBe(phase);
  },
);

test.each(["exploration", "commitment"])(
  "that the organization enforces commitment is known where the repository says %s",
  (phase) => {
    const { effective } = governingConfig({
      repository: [{ path: file, text: `phase: ${phase}\n` }],
      organization: above("enforce: {phase: commitment}\n"),
      ...{ branch: "main", takenAt: "2026-06-01T00:00:00Z" },
    });

    expect(effective.enforcedCommitment?.origin).toMatchObject({
      ...{ layer: "enforced", path: "org.yml", line: 1 },
    });
  },
);
