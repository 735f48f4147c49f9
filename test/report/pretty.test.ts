import { describe, expect, test } from "@jest/globals";
import { prettyReport } from "#report/pretty.js";
import { aJudgedFinding, aSubject, aVerdict } from "#support/a-verdict.js";

describe("the report for a terminal", () => {
  test("groups findings by file, and says what weighs, why and what to do", () => {
    const findings = [
      aJudgedFinding(),
      aJudgedFinding({
        lines: { start: 40, end: 42 },
        introduced: false,
        confidence: "likely",
      }),
    ];

    expect(prettyReport(aVerdict({ findings }), aSubject)).toMatch(
      `src/server.ts
    3  block   This API accepts requests from every origin.
               List the origins that you serve.
               1.4 explicit-cors/any-origin
40-42  block   This API accepts requests from every origin.
               List the origins that you serve.
               1.4 explicit-cors/any-origin, not from this change, likely

1 Secrets and surface
  ✓ 1.1 `,
    );
  });

  test("ends with the counts and what to do next", () => {
    const findings = [aJudgedFinding()];

    expect(prettyReport(aVerdict({ findings }), aSubject)).toMatch(
      /\n1 blocking, 0 advisory, 0 older\. Mend what blocks, then run it again\.\n$/,
    );
  });

  test("names what was not seen", () => {
    const gaps = [
      { path: "big.sql", kind: "too-large", because: "it has 12 MB" },
    ] as const;

    const report = prettyReport(aVerdict({ gaps }), aSubject);

    expect(report).toMatch(
      "Not seen, and so not judged\n  big.sql: it has 12 MB\n",
    );
    expect(report).toMatch(/Incomplete: 1 gap\.\n$/);
  });

  test("lets no name steer the terminal", () => {
    const path = "\u001b[2J\u202ea.ts";
    const verdict = aVerdict({
      findings: [aJudgedFinding({ path, message: path })],
      gaps: [{ path, kind: "binary", because: "it is binary" }],
    });

    expect(prettyReport(verdict, aSubject)).not.toMatch(/[\u001b\u202e]/);
  });

  test("sets off what blocks", () => {
    const findings = [aJudgedFinding()];

    const report = prettyReport(
      aVerdict({ findings }),
      aSubject,
      (style, text) => `<${style}>${text}</${style}>`,
    );

    expect(report).toContain("<red>block </red>");
  });
});
