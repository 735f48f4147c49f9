import { expect, test } from "@jest/globals";
import { jsonReport } from "#report/json.js";
import { aJudgedFinding, aVerdict } from "#support/a-verdict.js";

test("the document has the keys that are promised, in their order", () => {
  const verdict = aVerdict({
    findings: [aJudgedFinding()],
    gaps: [{ path: "a.sql", kind: "too-large", because: "it has 12 MB" }],
  });

  const { items, ...rest } = JSON.parse(jsonReport(verdict)) as Json;

  expect(JSON.stringify(rest, null, 2)).toBe(`{
  "version": 1,
  "findings": [
    {
      "item": "1.4",
      "check": "explicit-cors",
      "rule": "explicit-cors/any-origin",
      "path": "src/server.ts",
      "startLine": 3,
      "endLine": 3,
      "level": "block",
      "confidence": "certain",
      "introduced": true,
      "message": "This API accepts requests from every origin.",
      "fix": "List the origins that you serve.",
      "fingerprint": "0123456789abcdef"
    }
  ],
  "gaps": [
    {
      "path": "a.sql",
      "because": "it has 12 MB"
    }
  ]
}`);
  expect(items).toHaveLength(16);
  expect(items[3]).toEqual({
    id: "1.4",
    check: "explicit-cors",
    status: "broken",
    because: "",
  });
});

test("commit and evidence stand where there are any", () => {
  const evidence = [{ path: "b.ts", line: 2, note: "the constant" }];
  const finding = aJudgedFinding({ commit: "c0ffee", evidence });

  const { findings } = JSON.parse(
    jsonReport(aVerdict({ findings: [finding] })),
  ) as Json;

  expect(findings[0]).toMatchObject({ commit: "c0ffee", evidence });
});

interface Json {
  readonly findings: readonly unknown[];
  readonly items: readonly unknown[];
}
