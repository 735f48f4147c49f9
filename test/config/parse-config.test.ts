import { describe, expect, test } from "@jest/globals";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";

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

const suppression = {
  rule: "credentials/provider-key",
  paths: '["docs/**"]',
  reason: "a published sample key",
  owner: '"@dana"',
  until: "2026-08-01",
};

function suppressing(given: Partial<Record<string, string>>): string {
  const lines = Object.entries({ ...suppression, ...given })
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `    ${key}: ${value ?? ""}`);
  return `suppress:\n  -\n${lines.join("\n")}\n`;
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
    const text = suppressing({ fingerprint: '"0123456789012345"' });

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
  test.each([
    ["a misspelt key", "chekcs: {}\n", "1:1-7", 'Did you mean "checks"?'],
    [
      "a key of another tool",
      "version: 1\nrules: {}\n",
      "2:1-6",
      'Did you mean "checks"?',
    ],
    [
      "a key in another place",
      "version: 1\ncommitment-from: 2026-09-01\n",
      "2:1-16",
      'Write it under "phase".',
    ],
    [
      "a key that is the organization's",
      "enforce: {}\n",
      "1:1-8",
      "Only the organization's file can enforce.",
    ],
    [
      "a key deeper down",
      "second-reviewer:\n  bypass:\n    ttl-hour: 3\n",
      "3:5-13",
      'Did you mean "ttl-hours"?',
    ],
    [
      "a misspelt phase",
      "phase: comitment\n",
      "1:8-17",
      'Did you mean "commitment"?',
    ],
    [
      "a misspelt level",
      "checks:\n  credentials: blok\n",
      "2:16-20",
      'Did you mean "block"?',
    ],
    [
      "a bare number of the gate as a key",
      "checks:\n  1.1: block\n",
      "2:3-6",
      'Write "credentials": names stay, numbers may not.',
    ],
    [
      "a quoted number of the gate",
      'checks:\n  "4.2": block\n',
      "2:3-8",
      'Write "rate-limits": names stay, numbers may not.',
    ],
    [
      "a bare number of the gate as a value",
      suppressing({ rule: "1.1" }),
      "3:11-14",
      'Write "credentials": names stay, numbers may not.',
    ],
    [
      "a misspelt check",
      "checks:\n  credential: block\n",
      "2:3-13",
      'Did you mean "credentials"?',
    ],
    [
      "half the name of a check",
      "checks:\n  cors: block\n",
      "2:3-7",
      'Did you mean "explicit-cors"?',
    ],
    [
      "a misspelt rule",
      "checks:\n  credentials/providr-key: advise\n",
      "2:3-26",
      'Did you mean "credentials/provider-key"?',
    ],
    [
      "a misspelt rule of a suppression",
      suppressing({ rule: "credentials/env-fallbak" }),
      "3:11-34",
      'Did you mean "credentials/env-fallback"?',
    ],
    [
      "a number of the gate in attest",
      "attest:\n  3.2: {}\n",
      "2:3-6",
      'Write "restored-backups": names stay, numbers may not.',
    ],
  ])("%s", (_name, text, place, hint) => {
    expect(firstPlace(text)).toBe(place);
    expect(problemsOf(text)[0]?.hint).toBe(hint);
  });

  test.each([
    [
      "no reason",
      suppressing({ reason: "" }),
      "3:5",
      '"reason" is missing here.',
    ],
    ["no owner", suppressing({ owner: "" }), "3:5", '"owner" is missing here.'],
    [
      "no last day",
      suppressing({ until: "" }),
      "3:5",
      '"until" is missing here.',
    ],
    ["no paths", suppressing({ paths: "" }), "3:5", '"paths" is missing here.'],
    ["an empty key", "checks:\n", "1:8", "This key has no value."],
    [
      "a day that does not exist",
      suppressing({ until: "2026-02-30" }),
      "7:12-22",
      "The calendar has no such day.",
    ],
    [
      "a day too far away",
      suppressing({ until: "9999-01-01" }),
      "7:12-22",
      "A date is written as YYYY-MM-DD, between 2020 and 2049.",
    ],
    [
      "a date with a time",
      suppressing({ until: "2026-01-01T00:00:00Z" }),
      "7:12-32",
      "A date is written as YYYY-MM-DD, between 2020 and 2049.",
    ],
    [
      "an owner without at sign",
      suppressing({ owner: "dana" }),
      "6:12-16",
      'Name a GitHub account or team, such as "@dana" or "@acme/security".',
    ],
    [
      "an attestation of what code shows",
      "attest:\n  credentials: {}\n",
      "2:3-14",
      "No attestation can answer this check: its files show it.",
    ],
    [
      "evidence that is no path and no web address",
      'attest:\n  restored-backups: {by: "@d", date: 2026-01-01, evidence: "file:///etc/passwd"}\n',
      "2:60-80",
      "Evidence is a path in this repository, or an address that begins with https://.",
    ],
    [
      "an address to extend",
      "extends: https://evil.example/x.yml\n",
      "1:10-36",
      "Only org can be extended: the file in the organization's .github repository.",
    ],
    ["another version", "version: 2\n", "1:10-11", "This version reads 1."],
    [
      "a list where keys are wanted",
      "checks: [credentials]\n",
      "1:9-22",
      "This has to be keys with values.",
    ],
    [
      "text where a number is wanted",
      "limits: {max-annotations: many}\n",
      "1:27-31",
      "This is a whole number.",
    ],
    [
      "a number that is too large",
      "limits:\n  max-annotations: 1000\n",
      "2:20-24",
      "This is at most 200.",
    ],
    [
      "a pattern that leaves the repository",
      'paths: {ignore: ["../x/**"]}\n',
      "1:18-27",
      "A pattern begins at the root of the repository and stays inside it.",
    ],
    [
      "a pattern of many stars",
      'paths: {ignore: ["a*b*c*d*e"]}\n',
      "1:18-29",
      "A pattern may have at most three stars between two slashes, and no backslash.",
    ],
    [
      "a pattern that is too long",
      `paths:\n  ignore: [${"a".repeat(257)}]\n`,
      "2:12-269",
      "A pattern may have at most 256 characters.",
    ],
    [
      "too many patterns",
      `paths:\n  ignore: [${"a,".repeat(201)}]\n`,
      "2:11-415",
      "At most 200 patterns are read.",
    ],
  ])("%s", (_name, text, place, message) => {
    expect(firstPlace(text)).toBe(place);
    expect(problemsOf(text)[0]?.message).toBe(message);
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
