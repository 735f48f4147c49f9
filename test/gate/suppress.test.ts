import { describe, expect, test } from "@jest/globals";
import type { PlacedSuppression } from "#gate/inline-suppression.js";
import type { Suppression } from "#gate/policy.js";
import { aFinding, judged } from "#support/judged-backups.js";

const at = { path: ".vibegate.yml", line: 3 };

function aSuppression(given: Partial<Suppression> = {}): Suppression {
  return {
    check: "restored-backups",
    paths: ["infra/**"],
    reason: "scratch database, rebuilt nightly",
    owner: "@dana",
    until: "2026-07-01",
    at,
    ...given,
  };
}

function aComment(given: Partial<PlacedSuppression> = {}): PlacedSuppression {
  return {
    ...{ path: "infra/main.tf", line: 4, target: 5 },
    check: "restored-backups",
    until: "2026-07-01",
    reason: "scratch database, rebuilt nightly",
    owner: "@dana",
    ...given,
  };
}

function withFile(...suppressions: readonly Suppression[]) {
  return { policy: { suppressions } };
}

describe("a suppression of the configuration", () => {
  test.each([
    ["of a check", {}],
    ["of a rule", { rule: "no-drill" }],
    ["on its last day", { until: "2026-06-01" }],
  ])("%s silences what it names", (_name, given) => {
    const verdict = judged([aFinding()], withFile(aSuppression(given)));

    expect(verdict).toMatchObject({
      ...{ conclusion: "clear", findings: [], unattested: [] },
      suppressed: [{ rule: "no-drill" }],
      suppressions: { used: [{ owner: "@dana", findings: 1, at }] },
    });
    expect(verdict.items.find(({ id }) => id === "3.2")).toMatchObject({
      status: "broken",
      because: "all that is left of it is suppressed (1)",
    });
  });

  test.each([
    ["another rule", { rule: "backups-off" }],
    ["another path", { paths: ["apps/**"] }],
    ["another finding", { fingerprint: "0123456789abcdef" }],
  ])("of %s leaves the finding and is told to be unused", (_name, given) => {
    const verdict = judged([aFinding()], withFile(aSuppression(given)));

    expect(verdict.conclusion).toBe("blocked");
    expect(verdict.suppressions.unused).toHaveLength(1);
  });

  test("is known by the finding's fingerprint", () => {
    const fingerprint = judged([aFinding()]).findings[0]?.fingerprint ?? "";

    const verdict = judged(
      [aFinding(), aFinding({ identity: "other" })],
      withFile(aSuppression({ fingerprint })),
    );

    expect(verdict.findings).toHaveLength(1);
    expect(verdict.suppressed).toMatchObject([{ fingerprint }]);
  });

  test("that lapsed opens its finding again and says who accepted it", () => {
    const verdict = judged(
      [aFinding()],
      withFile(aSuppression({ until: "2026-05-31" })),
    );

    expect(verdict).toMatchObject({
      conclusion: "blocked",
      suppressions: {
        lapsed: [
          {
            findings: 1,
            because: "It expired on 2026-05-31; @dana had accepted it.",
          },
        ],
      },
    });
  });

  test.each([
    [
      "of a rule that does not exist",
      { rule: "drill" },
      "The check restored-backups has no such rule; its rules are no-drill, backups-off, vendor-only.",
    ],
    [
      "by a number",
      { check: "3.2" },
      "Checks have names here: write restored-backups.",
    ],
    ["of no check", { check: "cors" }, "The gate has no such check."],
    [
      "that lasts too long",
      { until: "2026-11-29" },
      "It ends more than 180 days ahead, which is the longest that is allowed: as it is written it applies from 2026-06-02 on, with an earlier last day at once.",
    ],
  ])("%s does not apply and is told", (_name, given, because) => {
    const verdict = judged([aFinding()], withFile(aSuppression(given)));

    expect(verdict.conclusion).toBe("blocked");
    expect(verdict.suppressions.malformed).toMatchObject([{ because }]);
  });

  test("the organization says how long", () => {
    const policy = { suppressions: [aSuppression()], maxSuppressionDays: 29 };

    const verdict = judged([aFinding()], { policy });

    expect(verdict.suppressions.malformed).toHaveLength(1);
  });

  test("is not called unused where only a change was seen", () => {
    const verdict = judged([], {
      ...withFile(aSuppression()),
      snapshot: { scope: "change", paths: ["infra/main.tf"] },
    });

    expect(verdict.suppressions.unused).toEqual([]);
  });

  test("is called unused in a change, too, where it names no file at all", () => {
    const verdict = judged([], {
      ...withFile(aSuppression()),
      snapshot: { scope: "change", paths: ["src/other.ts"] },
    });

    expect(verdict.suppressions.unused).toHaveLength(1);
  });
});

describe("a suppression in a comment", () => {
  test("silences findings at its line only", () => {
    const elsewhere = aFinding({ lines: { start: 9, end: 9 }, identity: "b" });

    const verdict = judged([aFinding(), elsewhere], { inline: [aComment()] });

    expect(verdict.suppressed).toMatchObject([{ identity: "drill" }]);
    expect(verdict.findings).toMatchObject([{ identity: "b" }]);
    expect(verdict.suppressions.used).toMatchObject([
      { inline: true, at: { path: "infra/main.tf", line: 4 } },
    ]);
  });

  test("has no power over another file or an old commit", () => {
    const verdict = judged(
      [aFinding({ path: "b.tf" }), aFinding({ commit: "c0ffee" })],
      { inline: [aComment()] },
    );

    expect(verdict.findings).toHaveLength(2);
    expect(verdict.suppressions.unused).toHaveLength(1);
  });

  test("that the change adds waits for its merge", () => {
    const change = {
      path: "infra/main.tf",
      status: "modified",
      added: [{ start: 4, end: 6 }],
      removed: [],
    } as const;
    const verdict = judged([aFinding()], {
      inline: [aComment()],
      snapshot: { scope: "change", changes: [change] },
    });

    expect(verdict).toMatchObject({
      conclusion: "blocked",
      suppressions: { pending: [{ findings: 1 }], used: [] },
    });
  });

  test("without an owner does not apply, and is told what to add", () => {
    const { owner, ...nobodys } = aComment();

    const verdict = judged([aFinding()], { inline: [nobodys] });

    expect(owner).toBe("@dana");
    expect(verdict.conclusion).toBe("blocked");
    expect(verdict.suppressions.malformed).toMatchObject([
      {
        because:
          "It has no owner: add owner=@account, or name an account or team for this file in CODEOWNERS.",
      },
    ]);
  });

  test("says who named its owner", () => {
    const comment = aComment({ owner: "@a, @b", ownerFrom: "CODEOWNERS" });

    const verdict = judged([aFinding()], { inline: [comment] });

    expect(verdict.suppressions.used).toMatchObject([
      { owner: "@a, @b", ownerFrom: "CODEOWNERS" },
    ]);
  });

  test("that ends too far ahead does not apply, and says from when on it would", () => {
    const given = { inline: [aComment({ until: "2027-06-01" })] };

    const verdict = judged([aFinding()], given);

    expect(verdict.conclusion).toBe("blocked");
    expect(verdict.suppressions.malformed[0]?.because).toContain(
      "applies from 2026-12-03 on",
    );
    const reaches = (takenAt: string) =>
      judged([aFinding()], { ...given, snapshot: { takenAt } }).suppressions;
    expect(reaches("2026-12-02T23:59:00Z").used).toEqual([]);
    expect(reaches("2026-12-03T00:00:00Z").used).toHaveLength(1);
  });

  test.each([
    [{ problem: "It has no reason." }, "malformed"],
    [{ until: "2026-05-31" }, "lapsed"],
    [{ until: "2026-02-30" }, "malformed"],
  ] as const)("with %j does not apply", (given, fate) => {
    const verdict = judged([aFinding()], { inline: [aComment(given)] });

    expect(verdict.conclusion).toBe("blocked");
    expect(verdict.suppressions[fate]).toHaveLength(1);
  });
});
