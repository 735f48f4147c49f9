import { describe, expect, test } from "@jest/globals";
import { brokenBy, type Check, type Outcome } from "#gate/check.js";
import type { Finding, Level } from "#gate/finding.js";
import { judge, type Judged } from "#gate/judge.js";
import { defaultPolicy, type Policy } from "#gate/policy.js";
import type { Snapshot } from "#gate/snapshot.js";
import { aSnapshot } from "#support/a-snapshot.js";

const commitment: Policy = { phase: "commitment", levels: {} };

function aFinding(given: Partial<Finding> = {}): Finding {
  return {
    rule: "open-door",
    path: "src/a.ts",
    lines: { start: 5, end: 5 },
    message: "The door is open.",
    fix: "Close it.",
    confidence: "certain",
    identity: "door",
    ...given,
  };
}

function aCheck(
  evaluate: () => Outcome,
  given: { level?: Level; name?: string } = {},
): Check<Judged> {
  return {
    id: "1.4",
    name: given.name ?? "explicit-cors",
    title: "Doors are closed",
    why: "Open doors let people in.",
    needs: { files: ["src/**"], scope: "changed" },
    rules: {
      "open-door": { title: "Open door", level: given.level ?? "block" },
    },
    evaluate,
  };
}

function verdictOf(
  findings: readonly Finding[],
  snapshot: Snapshot = aSnapshot(),
  policy: Policy = commitment,
) {
  return judge([aCheck(() => brokenBy(findings))], { snapshot }, policy);
}

const change = {
  path: "src/a.ts",
  status: "modified",
  added: [{ start: 4, end: 6 }],
  removed: [],
} as const;

describe("what blocks", () => {
  test("a finding on a line that the change wrote blocks", () => {
    const snapshot = aSnapshot({ scope: "change", changes: [change] });

    const verdict = verdictOf([aFinding()], snapshot);

    expect(verdict).toMatchObject({
      conclusion: "blocked",
      findings: [{ introduced: true, level: "block", item: "1.4" }],
    });
  });

  test("a finding on a line that the change left alone is kept and does not block", () => {
    const snapshot = aSnapshot({ scope: "change", changes: [change] });
    const old = aFinding({ lines: { start: 40, end: 41 } });

    const verdict = verdictOf([old], snapshot);

    expect(verdict).toMatchObject({
      conclusion: "advised",
      findings: [{ introduced: false, level: "block" }],
    });
  });

  test("a finding in a commit of the change blocks although the head is clean", () => {
    const snapshot = aSnapshot({ scope: "change", changes: [] });

    const verdict = verdictOf([aFinding({ commit: "c0ffee" })], snapshot);

    expect(verdict.conclusion).toBe("blocked");
  });

  test("in a whole repository every finding counts", () => {
    expect(verdictOf([aFinding()]).conclusion).toBe("blocked");
  });

  test.each([
    ["possible findings", { confidence: "possible" as const }],
    ["findings that weigh less here", { atMost: "advise" as const }],
  ])("%s never block", (_name, given) => {
    expect(verdictOf([aFinding(given)])).toMatchObject({
      conclusion: "advised",
      findings: [{ level: "advise" }],
    });
  });

  test("the level is the same in both phases", () => {
    const verdict = verdictOf([aFinding()], aSnapshot(), defaultPolicy);

    expect(verdict).toMatchObject({
      phase: "exploration",
      conclusion: "blocked",
      findings: [{ level: "block" }],
    });
  });
});

describe("configured levels", () => {
  test.each([
    ["a check", { "explicit-cors": "advise" }, "advise"],
    ["a rule", { "explicit-cors/open-door": "advise" }, "advise"],
    [
      "the rule rather than its check",
      { "explicit-cors": "advise", "explicit-cors/open-door": "block" },
      "block",
    ],
  ] as const)("%s is weighed as asked", (_name, levels, level) => {
    const policy: Policy = { phase: "commitment", levels };

    const verdict = verdictOf([aFinding()], aSnapshot(), policy);

    expect(verdict.findings[0]?.level).toBe(level);
  });

  test("a check that is off says so and is not asked", () => {
    const policy: Policy = {
      phase: "commitment",
      levels: { "explicit-cors": "off" },
    };

    const verdict = verdictOf([aFinding()], aSnapshot(), policy);

    expect(verdict.findings).toEqual([]);
    expect(verdict.items.find(({ id }) => id === "1.4")?.status).toBe("off");
  });
});

describe("unknown is not pass", () => {
  test("a check that crashes is unknown, and the others still answer", () => {
    const crashing = aCheck(
      () => {
        throw new Error("boom");
      },
      { name: "credentials" },
    );
    const working = aCheck(() =>
      brokenBy([aFinding({ confidence: "possible" })]),
    );

    const verdict = judge(
      [crashing, working],
      { snapshot: aSnapshot() },
      commitment,
    );

    expect(verdict.conclusion).toBe("incomplete");
    expect(
      verdict.items.find(({ check }) => check === "credentials"),
    ).toMatchObject({ status: "unknown", because: "the check itself failed" });
    expect(verdict.findings).toHaveLength(1);
  });

  test("a file that could not be read keeps its check from holding", () => {
    const gap = {
      path: "src/big.ts",
      kind: "too-large",
      because: "it has 9 MB",
    } as const;

    const verdict = verdictOf([], aSnapshot({ gaps: [gap] }));

    expect(verdict.conclusion).toBe("incomplete");
    expect(verdict.items.find(({ id }) => id === "1.4")).toMatchObject({
      status: "unknown",
      because: "src/big.ts could not be seen: it has 9 MB",
    });
  });

  test.each([
    ["a file that no check reads", "public/big.bin"],
    ["a file that the change did not touch", "src/other.ts"],
  ])("%s leaves the verdict alone", (_name, path) => {
    const gap = { path, kind: "binary", because: "it is binary" } as const;
    const snapshot = aSnapshot({
      scope: "change",
      changes: [change],
      gaps: [gap],
    });

    const verdict = verdictOf([], snapshot);

    expect(verdict.conclusion).toBe("clear");
    expect(verdict.gaps).toEqual([gap]);
  });

  test("all sixteen items are answered, also those without a check", () => {
    const verdict = verdictOf([]);

    expect(verdict.items).toHaveLength(16);
    expect(verdict.items.find(({ id }) => id === "2.2")?.status).toBe(
      "unknown",
    );
  });
});

test("the same findings in another order give the same verdict", () => {
  const findings = ["a", "b", "c"].map((identity) => aFinding({ identity }));

  const forward = verdictOf(findings);
  const backward = verdictOf([...findings].reverse());

  expect(JSON.stringify(backward)).toBe(JSON.stringify(forward));
});

test("a finding keeps its fingerprint when its line moves", () => {
  const [here] = verdictOf([aFinding()]).findings;
  const [moved] = verdictOf([
    aFinding({ lines: { start: 90, end: 90 } }),
  ]).findings;

  expect(moved?.fingerprint).toBe(here?.fingerprint);
});
