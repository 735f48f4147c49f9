import { describe, expect, test } from "@jest/globals";
import { noExceptions } from "#gate/no-exceptions.js";
import { checkRunOf, unfinishedCheckRun } from "#report/check-run.js";
import { aJudgedFinding, aSubject, aVerdict } from "#support/a-verdict.js";

const older = aJudgedFinding({ introduced: false });
const advice = aJudgedFinding({ level: "advise", rule: "other", path: "b.ts" });
const gap = {
  path: "big.ts",
  kind: "too-large",
  because: "it is big",
} as const;

describe("how it ends", () => {
  test.each([
    ["nothing", {}, "success", "success"],
    ["only advice", { findings: [advice] }, "neutral", "neutral"],
    ["only what was there before", { findings: [older] }, "neutral", "neutral"],
    [
      "something that blocks",
      { findings: [aJudgedFinding()] },
      "neutral",
      "failure",
    ],
    ["something unread", { gaps: [gap] }, "neutral", "action_required"],
  ] as const)("with %s", (_name, given, exploration, commitment) => {
    expect(
      checkRunOf(aVerdict({ ...given, phase: "exploration" }), aSubject)
        .conclusion,
    ).toBe(exploration);
    expect(checkRunOf(aVerdict(given), aSubject).conclusion).toBe(commitment);
  });

  test("a judgement that could not be finished does not open the gate", () => {
    expect(unfinishedCheckRun("commitment", "r1")).toMatchObject({
      conclusion: "action_required",
      title: "VibeGate could not finish (not your code)",
    });
    expect(unfinishedCheckRun("exploration", "r1").conclusion).toBe("neutral");
    expect(unfinishedCheckRun("commitment", "r1", "neutral").conclusion).toBe(
      "neutral",
    );
  });
});

describe("the title counts and names who acts next", () => {
  test.each([
    [
      { findings: [aJudgedFinding(), advice, older] },
      "1 blocking, 1 advisory, 1 older: the author has to act",
    ],
    [
      { phase: "exploration", findings: [aJudgedFinding()] },
      "1 would block in commitment: the author may go on",
    ],
    [
      { gaps: [gap] },
      "1 place not seen: the author or a maintainer has to look",
    ],
    [{ findings: [advice] }, "1 advisory: nothing blocks"],
    [{}, "Nothing found: 16/16 items answered"],
  ] as const)("%#", (given, title) => {
    expect(checkRunOf(aVerdict(given), aSubject).title).toBe(title);
  });
});

describe("the summary", () => {
  test("says what blocks, where, and what to do, in less than 2 KB", () => {
    const findings = Array.from({ length: 500 }, (_, index) =>
      aJudgedFinding({
        path: `src/routes/${"deep/".repeat(20)}${String(index)}.ts`,
      }),
    );

    const { summary } = checkRunOf(aVerdict({ findings }), aSubject);

    expect(summary).toMatch(/500 findings that block .*\*\*commitment\*\*/);
    expect(summary).toMatch(/\| 1\.4 \| `src\/routes/);
    expect(summary).toMatch(/and \d+ more below/);
    expect(Buffer.byteLength(summary)).toBeLessThan(2_048);
  });

  test("links a place where the files have an address", () => {
    const subject = { ...aSubject, filesUrl: "https://github.com/a/b/blob/c0" };

    const { text } = checkRunOf(
      aVerdict({ findings: [aJudgedFinding({ path: "a b.ts" })] }),
      subject,
    );

    expect(text).toContain(
      "[`a b.ts:3`](https://github.com/a/b/blob/c0/a%20b.ts#L3)",
    );
  });
});

describe("the text", () => {
  test("answers all sixteen items by the five sections", () => {
    const { text = "" } = checkRunOf(aVerdict(), aSubject);

    expect(text.match(/^\*\*\d .*\*\*$/gm)).toHaveLength(5);
    expect(text.match(/^- ✅ \d\.\d /gm)).toHaveLength(16);
  });

  test("of 10,000 findings keeps the heaviest and counts the others", () => {
    const many = (given: Parameters<typeof aJudgedFinding>[0]) =>
      Array.from({ length: 5_000 }, (_, index) =>
        aJudgedFinding({ ...given, path: `src/${String(index)}.ts` }),
      );
    const findings = [...many({}), ...many({ level: "advise" })];

    const { text = "" } = checkRunOf(aVerdict({ findings }), aSubject);

    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(text)).toBeGreaterThan(64_000);
    expect(text).not.toContain("**advise**");
    expect(text).toContain("and 5000 more: `vibegate check --format json`");
    expect(text).toMatch(
      /### Blocking \(5000\)\n\n- \*\*block\*\* `src\/0\.ts:3`/,
    );
  });

  test("lists what people decided and vouch for, with owner and last day", () => {
    const at = { path: ".vibegate.yml", line: 4 };
    const key = ["sk", "live", "4eC39HqLyjWDarjtT1zdp7dc"].join("_");
    const reason = `asked by @octocat, see <b>*docs*</b>: ${key}`;
    const suppression = {
      ...{ subject: "explicit-cors", at, inline: false, findings: 2 },
      ...{ owner: "@dana", until: "2026-09-30", reason },
    };
    const attestation = {
      ...{ check: "restored-backups", by: "@dana", date: "2026-05-01", at },
      ...{ until: "2026-10-28", evidence: "docs/drill.md", daysLeft: 149 },
    };
    const verdict = aVerdict({
      suppressions: {
        ...noExceptions.suppressions,
        used: [
          suppression,
          {
            ...suppression,
            ...{ at: { path: "src/a.ts", line: 2 }, inline: true },
            ...{ owner: "@a, @acme/b", ownerFrom: "CODEOWNERS" },
          },
        ],
        malformed: [{ ...suppression, because: "It has no last day." }],
      },
      attestations: {
        ...noExceptions.attestations,
        inForce: [attestation],
      },
    });

    const { text = "" } = checkRunOf(verdict, aSubject);

    expect(text).toMatch(
      /2 suppressions in force[^]*`explicit-cors`, at `\.vibegate\.yml:4`, 2 findings, by @.dana, until 2026-09-30, reason: asked by @.octocat, see &#60;b>&#42;docs&#42;&#60;\/b>: …/,
    );
    expect(text).toMatch(/1 suppression without effect[^]*no last day/);
    expect(text).toMatch(/1 attestation in force[^]*until 2026-10-28/);
    expect(text).toMatch(
      /`explicit-cors`, at `src\/a\.ts:2`[^\n]*by @.a, @.acme\/b \(CODEOWNERS\)/,
    );
    expect(text).not.toContain(key.slice(8));
  });

  test("shows hostile names as what they are", () => {
    const path = "a`|<b>@octocat\n# x\u202e.ts";
    const findings = [
      aJudgedFinding({ path, message: `Route ${path} is open.` }),
      aJudgedFinding({ path, introduced: false }),
    ];
    const gaps = [{ ...gap, path }];

    const { text = "", summary } = checkRunOf(
      aVerdict({ findings, gaps }),
      aSubject,
    );

    for (const shown of [text, summary]) {
      expect(shown).not.toMatch(/\u202e/);
      expect(withoutCode(shown)).not.toMatch(/<b>|@octocat/);
      expect(shown).not.toMatch(/^# x/m);
    }
  });
});

describe("annotations", () => {
  test("stand on what the change brought, the heaviest first", () => {
    const findings = [
      aJudgedFinding(),
      advice,
      older,
      aJudgedFinding({ commit: "c0ffee", path: "gone.ts" }),
    ];

    const { annotations } = checkRunOf(aVerdict({ findings }), aSubject);

    expect(annotations).toMatchObject([
      {
        path: "src/server.ts",
        level: "failure",
        title: "1.4 explicit-cors/any-origin: Every origin is let in",
      },
      { path: "b.ts", level: "warning" },
    ]);
  });

  test("of one rule in one file are one", () => {
    const findings = [3, 7, 12].map((line) =>
      aJudgedFinding({ lines: { start: line, end: line } }),
    );

    const { annotations } = checkRunOf(aVerdict({ findings }), aSubject);

    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.lines).toEqual({ start: 3, end: 3 });
    expect(annotations[0]?.message).toMatch(/Also on lines 7, 12\.$/);
  });

  test("are at most fifty, with a title of at most 80 characters", () => {
    const findings = Array.from({ length: 120 }, (_, index) =>
      aJudgedFinding({ path: `${String(index)}.ts`, rule: "x".repeat(100) }),
    );

    const { annotations } = checkRunOf(aVerdict({ findings }), aSubject);

    expect(annotations).toHaveLength(50);
    expect(annotations[0]?.title?.length).toBe(80);
    expect(
      checkRunOf(aVerdict({ findings }), aSubject, 120).annotations,
    ).toHaveLength(120);
  });

  test("are absent where no change is judged", () => {
    const subject = { ...aSubject, scope: "repository" } as const;

    const run = checkRunOf(aVerdict({ findings: [aJudgedFinding()] }), subject);

    expect(run.annotations).toEqual([]);
  });
});

/** Markdown without its code spans, in which nothing is linked or rendered. */
function withoutCode(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
}
