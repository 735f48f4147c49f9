import { items } from "#gate/items.js";
import { noExceptions } from "#gate/no-exceptions.js";
import type { JudgedFinding, Verdict } from "#gate/verdict.js";
import type { ReportSubject } from "#report/subject.js";

/** A finding of a wildcard origin that blocks; state only what matters. */
export function aJudgedFinding(
  given: Partial<JudgedFinding> = {},
): JudgedFinding {
  return {
    item: "1.4",
    check: "explicit-cors",
    rule: "any-origin",
    path: "src/server.ts",
    lines: { start: 3, end: 3 },
    message: "This API accepts requests from every origin.",
    fix: "List the origins that you serve.",
    confidence: "certain",
    identity: "app",
    level: "block",
    introduced: true,
    fingerprint: "0123456789abcdef",
    ...given,
  };
}

/** A verdict on a change in the commitment phase: clear unless findings or gaps are given. */
export function aVerdict(given: Partial<Verdict> = {}): Verdict {
  const findings = given.findings ?? [];
  const gaps = given.gaps ?? [];
  const blocks = findings.some(
    ({ introduced, level }) => introduced && level === "block",
  );
  const rest =
    gaps.length > 0 ? "incomplete" : findings.length > 0 ? "advised" : "clear";
  return {
    phase: "commitment",
    conclusion: blocks ? "blocked" : rest,
    isComplete: gaps.length === 0,
    findings,
    items: items.map(({ id, check }) => ({
      id,
      check,
      status: findings.some((one) => one.check === check) ? "broken" : "holds",
      because: "",
    })),
    gaps,
    ...noExceptions,
    ...given,
  };
}

/** A change of a shop, judged by one check. */
export const aSubject: ReportSubject = {
  scope: "change",
  repository: "acme/shop",
  checks: [
    {
      id: "1.4",
      name: "explicit-cors",
      title: "Cross-origin access is limited to named origins",
      why: "A wildcard lets any website call your API from a visitor's browser.",
      rules: {
        "any-origin": { title: "Every origin is let in", level: "block" },
      },
    },
  ],
};
