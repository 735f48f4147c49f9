import { describe, expect, test } from "@jest/globals";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";
import {
  hintedMistakes,
  placedMistakes,
  suppressing,
} from "./placed-mistakes.js";

const rules = {
  credentials: ["provider-key", "env-fallback"],
  "rate-limits": ["anonymous-costly-route"],
};

function problemsOf(text: string) {
  const parsed = parseConfig(text, { path: ".vibegate.yml", rules });
  return parsed.ok ? [] : parsed.problems;
}

/** The first problem as `line:column`, with its end where it has one. */
function firstPlace(text: string): string {
  const [problem] = problemsOf(text);
  if (!problem) return "none";
  const { line, column, endColumn } = problem;
  return `${String(line)}:${String(column)}${endColumn === undefined ? "" : `-${String(endColumn)}`}`;
}

const full = `version: 1
extends: org
phase:
  default: exploration
  commitment-from: 2026-09-01
  branches:
    "release/**": commitment
checks:
  credentials: block
  rate-limits: {level: block, options: {limited-routes: ["/api/ask", "/v1/**"]}}
overrides:
  - paths: ["e2e/**"]
    checks: {pii-classification: "off"}
paths:
  client: [src/app/**]
  server: [src/server/**]
  ignore: [legacy/**]
  generated: [src/gen/**]
projects:
  - {name: web, paths: [apps/web/**], checks: {rate-limits: advise}}
tenancy: single
sensitive:
  auth: [src/auth/**]
  payment: [src/billing/**]
  data: [db/**]
  ignore: ["**/*.css"]
second-reviewer:
  required-approvals: 2
  min-permission: maintain
  reviewers: ["@dana", sam]
  teams: ["@acme/security", data]
  external-reviewers: ["@auditor"]
  machine-users: [acme-robot]
  trusted-automation: ["renovate[bot]"]
  same-person: [[dana, dana-work]]
  stale-on: any-push
  suggestion-authors: reviewer
  unidentified-builder: ignore
  bypass: {min-permission: admin, builders-may-bypass: false, ttl-hours: 12}
suppress:
  - rule: rate-limits/anonymous-costly-route
    paths: ["src/app/api/[id]/route.ts"]
    fingerprint: 0123456789abcdef
    reason: static text, no paid call behind it
    owner: "@dana"
    until: 2026-08-01
attest:
  restored-backups:
    by: "@acme/platform"
    date: 2026-05-01
    evidence: docs/drills/2026-05.md
    valid-days: 90
  rollback-procedure: {by: "@dana", date: 2026-05-01, evidence: "https://wiki.example.com/d?x=1#y"}
data: {users.nickname: contact, tokenized_at: none}
limits: {max-annotations: 20, on-error: neutral, drafts: judge}
ratchet: true
`;

describe("what a repository may say", () => {
  test("every key is taken", () => {
    expect(problemsOf(full)).toEqual([]);
  });

  test.each(["", "# only a comment\n", "---\n", "version: 1"])(
    "%j is a valid file",
    (text) => {
      expect(problemsOf(text)).toEqual([]);
    },
  );

  test("a quoted fingerprint of digits is no number", () => {
    const text = full.replace("0123456789abcdef", '"0123456789012345"');

    expect(problemsOf(text)).toEqual([]);
  });

  test("a wide pattern is warned of", () => {
    const parsed = parseConfig('paths:\n  ignore: [src, "**"]\n', {
      path: ".vibegate.yml",
    });

    expect(parsed).toMatchObject({
      ok: true,
      warnings: [{ line: 2, column: 17, message: "This ignores every file." }],
    });
  });
});

describe("each mistake has its place and a hint", () => {
  test.each(hintedMistakes)("%s", (_name, text, place, hint) => {
    expect(firstPlace(text)).toBe(place);
    expect(problemsOf(text)[0]?.hint).toBe(hint);
  });

  test.each(placedMistakes)("%s", (_name, text, place, message) => {
    expect(firstPlace(text)).toBe(place);
    expect(problemsOf(text)[0]?.message).toBe(message);
  });

  test.each([
    ["checks: {credentials: on}\n", 'Write "block" or "advise".'],
    ["checks: {credentials: {level: true}}\n", 'Write "block" or "advise".'],
    ["checks: {credentials: no}\n", 'Write "off".'],
    [
      "suppress: {rule: credentials}\n",
      "Put a dash before each entry, or brackets around them.",
    ],
    [
      "attest:\n  - restored-backups: {}\n",
      "Keys stand here without dashes and brackets.",
    ],
  ])("%j is told how it is written", (text, hint) => {
    expect(problemsOf(text)).toMatchObject([{ hint }]);
  });

  test("a key under another name is not missing as well", () => {
    const text = suppressing({ paths: "", until: "" }).replace(
      /$/,
      "    file: a\n    expires: 2026-08-01\n",
    );

    expect(problemsOf(text).map(({ hint }) => hint)).toEqual([
      'Did you mean "paths"?',
      'Did you mean "until"?',
    ]);
  });

  test("several mistakes are all told, in the order of the file", () => {
    const places = problemsOf("a: 1\nphase: x\nchecks:\n  y: off\n").map(
      ({ line }) => line,
    );

    expect(places).toEqual([1, 2, 4]);
  });
});

describe("an organization's file", () => {
  test("may enforce", () => {
    const text =
      "enforce:\n  phase: {commitment-from: 2026-09-01}\n  checks: {credentials: block}\n  max-suppression-days: 30\n  max-attestation-days: 90\n";

    const parsed = parseOrganizationConfig(text, { path: "org.yml", rules });

    expect(parsed.ok).toBe(true);
  });

  test.each([
    "suppress: []\n",
    "attest: {}\n",
    "extends: org\n",
    "projects: []\n",
  ])("may not say %j", (text) => {
    const parsed = parseOrganizationConfig(text, { path: "org.yml" });

    expect(parsed).toMatchObject({
      ok: false,
      problems: [
        { line: 1, column: 1, message: "This key is not known here." },
      ],
    });
  });

  test("a floor cannot be off", () => {
    const parsed = parseOrganizationConfig(
      "enforce:\n  checks:\n    credentials: off\n",
      { path: "org.yml" },
    );

    expect(parsed).toMatchObject({
      ok: false,
      problems: [{ line: 3, column: 18, endColumn: 21 }],
    });
  });
});
