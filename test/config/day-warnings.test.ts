import { describe, expect, test } from "@jest/globals";
import { parseConfig } from "#config/parse-config.js";

const today = "2026-06-01";

function warned(text: string, options: { readonly today?: string }) {
  const parsed = parseConfig(text, { path: ".vibegate.yml", ...options });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.warnings.map(
    ({ line, column, message }) =>
      `${String(line)}:${String(column)} ${message}`,
  );
}

const suppress = (until: string) =>
  `suppress:\n  - rule: credentials\n    paths: [a]\n    reason: long enough a reason\n    owner: "@d"\n    until: ${until}\n`;
const drill = (date: string, more = "") =>
  `{by: "@d", date: ${date}, evidence: a.md${more}}`;
const attest = (date: string, more = "") =>
  `attest:\n  restored-backups: ${drill(date, more)}\n`;

describe("whoever checks a file is told of days on which nothing counts", () => {
  test.each([
    [
      suppress("2026-05-31"),
      "6:12 This day is over: the suppression no longer applies.",
    ],
    [
      suppress("2026-11-29"),
      "6:12 This is more than 180 days ahead: the suppression does not apply before 2026-06-02, unless the organization allows more.",
    ],
    [
      attest("2026-06-03"),
      "2:38 This day is in the future: the attestation does not count.",
    ],
    [
      attest("2026-01-01", ", valid-days: 30"),
      "2:38 This is too long ago: the attestation has lapsed.",
    ],
    [
      `projects:\n  - name: a\n    paths: [a]\n    attest: {restored-backups: ${drill("2025-01-01")}}\n`,
      "4:49 This is too long ago: the attestation has lapsed.",
    ],
  ])("%j", (text, sentence) => {
    expect(warned(text, { today })).toEqual([sentence]);
    expect(warned(text, {})).toEqual([]);
  });

  test.each([
    suppress("2026-06-01"),
    suppress("2026-11-28"),
    attest("2026-06-02"),
    attest("2025-12-03"),
    attest("2026-05-02", ", valid-days: 30"),
  ])("and not where it does: %j", (text) => {
    expect(warned(text, { today })).toEqual([]);
  });
});

describe("one mistake is one sentence", () => {
  test.each([
    ["phase: {commitment-from: tomorrow}\n", "1:26 A date is written"],
    ["phase: {commitment-from: 2027-13-01}\n", "1:26 A date is written"],
    ["phase: {commitment-from: 2027-02-29}\n", "1:26 The calendar has no"],
    ["checks: {credentials: block\nphase: x\n", "1:9 The bracket that opens"],
    ["checks: [a\nb: 1\n", "1:9 The bracket that opens"],
    ["paths:\n  ignore: [a,\n]\n", "2:11 The bracket that opens"],
    ["a:\n  b: 1\n c: 1\n", "3:1 The indentation does not fit."],
    ["checks: {}}\n", "1:11 Nothing that is open here ends with this."],
    [
      "second-reviewer: {aprovals: 1}\n",
      '1:19 This key is not known here. Did you mean "required-approvals"?',
    ],
    [
      "supressions: []\n",
      '1:1 This key is not known here. Did you mean "suppress"?',
    ],
  ])("%j", (text, sentence) => {
    const parsed = parseConfig(text, { path: "x" });

    expect(
      (parsed.ok ? [] : parsed.problems).map(
        ({ line, column, message, hint = "" }) =>
          `${String(line)}:${String(column)} ${message} ${hint}`,
      ),
    ).toEqual([expect.stringContaining(sentence)]);
  });
});
