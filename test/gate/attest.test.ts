import { describe, expect, test } from "@jest/globals";
import type { Attestation, Policy } from "#gate/policy.js";
import type { aSnapshot } from "#support/a-snapshot.js";
import { aFinding, judged } from "#support/judged-backups.js";

const at = { path: ".vibegate.yml", line: 3 };

const takenAt = (day: string) => ({ takenAt: `${day}T23:59:59Z` });

const drill: Attestation = {
  check: "restored-backups",
  by: "@dana",
  date: "2026-05-01",
  evidence: "docs/drill.md",
  until: "2026-06-20",
  at,
};
const files = { "docs/drill.md": "restored" };

describe("an attestation", () => {
  const policy = { attestations: [drill] };

  test("answers what code cannot show, with its owner and last day", () => {
    const verdict = judged([aFinding()], { policy, snapshot: { files } });

    expect(verdict).toMatchObject({
      ...{ conclusion: "clear", findings: [], unattested: [] },
      attested: [{ rule: "no-drill" }],
      attestations: { inForce: [{ daysLeft: 19 }], lapsing: [] },
    });
    expect(verdict.items.find(({ id }) => id === "3.2")).toMatchObject({
      status: "attested",
      because: "@dana attests it as of 2026-05-01, until 2026-06-20",
    });
  });

  test("answers nothing that code does show", () => {
    const off = aFinding({ rule: "backups-off" });

    const verdict = judged([aFinding(), off], { policy, snapshot: { files } });

    expect(verdict.conclusion).toBe("blocked");
    expect(verdict.findings).toMatchObject([{ rule: "backups-off" }]);
  });

  test("turns unknown into attested, but not what could not be seen", () => {
    const outcome = { status: "unknown", because: "no file says" } as const;
    const gap = { path: "a.tf", kind: "binary", because: "it is" } as const;
    const status = (snapshot: Parameters<typeof aSnapshot>[0]) =>
      judged([], { policy, outcome, snapshot }).items.find(
        ({ id }) => id === "3.2",
      )?.status;

    expect(status({ files })).toBe("attested");
    expect(status({ files, gaps: [gap] })).toBe("unknown");
  });

  test.each([
    ["2026-06-05", "clear", 0],
    ["2026-06-06", "clear", 1],
    ["2026-06-20", "clear", 1],
  ])("on %s the verdict is %s", (day, conclusion, lapsing) => {
    const snapshot = { files, ...takenAt(day) };

    const verdict = judged([aFinding()], { policy, snapshot });

    expect(verdict.conclusion).toBe(conclusion);
    expect(verdict.attestations.lapsing).toHaveLength(lapsing);
  });

  test("counts as none the day after its last", () => {
    const snapshot = { files, ...takenAt("2026-06-21") };

    const verdict = judged([aFinding()], { policy, snapshot });

    expect(verdict).toMatchObject({
      conclusion: "blocked",
      attestations: {
        lapsed: [{ because: "It lapsed: its last day was 2026-06-20." }],
      },
    });
  });

  test.each([
    ["a file that is not there", { evidence: "docs/none.md" }],
    ["no file at all", { evidence: "#june" }],
    ["the beginning of a file's name", { evidence: "docs/dri" }],
    ["a day ahead", { date: "2026-06-03" }],
  ])("with %s does not count", (_name, given) => {
    const verdict = judged([aFinding()], {
      policy: { attestations: [{ ...drill, ...given }] },
      snapshot: { files },
    });

    expect(verdict.attested).toEqual([]);
    expect(verdict.attestations.unfounded).toHaveLength(1);
  });

  test.each([
    "https://wiki.example.com/drill",
    "docs/drill.md#june",
    "docs/",
    "./docs",
  ])("may name %s as evidence", (evidence) => {
    const verdict = judged([aFinding()], {
      policy: { attestations: [{ ...drill, evidence }] },
      snapshot: { files },
    });

    expect(verdict.attested).toHaveLength(1);
  });

  test("that is required and missing keeps a change incomplete, in commitment only", () => {
    const snapshot = { scope: "change" } as const;
    const conclusion = (phase: Policy["phase"], rule: string) =>
      judged([aFinding({ rule })], { policy: { phase }, snapshot }).conclusion;

    expect(conclusion("commitment", "no-drill")).toBe("incomplete");
    expect(conclusion("exploration", "no-drill")).toBe("advised");
    expect(conclusion("commitment", "vendor-only")).toBe("advised");
  });

  test("that lapsed is asked for although others would accept its absence", () => {
    const verdict = judged([aFinding({ rule: "vendor-only" })], {
      policy,
      snapshot: { scope: "change", ...takenAt("2026-06-21") },
    });

    expect(verdict.conclusion).toBe("incomplete");
  });
});
