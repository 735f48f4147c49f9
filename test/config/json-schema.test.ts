import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { checks } from "#checks/index.js";
import { jsonSchema, organizationJsonSchema } from "#config/json-schema.js";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";

const published: unknown = JSON.parse(
  readFileSync(
    new URL("../../../schema/vibegate.schema.json", import.meta.url),
    "utf8",
  ),
);
const ajv = new Ajv({ allErrors: true });
const accepts = ajv.compile(published as object);

/** Every key below a part of a schema that says nothing of its meaning. */
function keysWithoutWords(part: unknown, path: readonly string[]): string[] {
  if (typeof part !== "object" || part === null) return [];
  const { properties = {} } = part as { properties?: Record<string, unknown> };
  const silent = Object.entries(properties)
    .filter(([, one]) => ((one as Words).description ?? "") === "")
    .map(([key]) => [...path, key].join("."));
  const below = Object.entries(part).flatMap(([key, one]) =>
    keysWithoutWords(one, [...path, key]),
  );
  return [...silent, ...below];
}

interface Words {
  readonly description?: string;
}

describe("the published schema", () => {
  test("is the one that the code has", () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(jsonSchema(checks))));
  });

  test("is valid draft 7", () => {
    expect(ajv.validateSchema(published as object)).toBe(true);
  });

  test("describes every key, however deep", () => {
    expect(keysWithoutWords(published, [])).toEqual([]);
    expect(keysWithoutWords(organizationJsonSchema(checks), [])).toEqual([]);
  });
});

const good = [
  "version: 1\nphase: commitment\n",
  "phase: {commitment-from: 2026-09-01, branches: {main: commitment}}\n",
  "checks: {credentials: block, server-side-authorization: {level: advise, options: {public-routes: [/api/ping]}}}\n",
  "checks: {rate-limits/anonymous-costly-route: {options: {limited-routes: [/a]}}}\n",
  'overrides: [{paths: ["e2e/**"], checks: {rate-limits: "off"}}]\n',
  'suppress: [{rule: credentials, paths: [a], reason: long enough a reason, owner: "@d", until: 2026-08-01}]\n',
  'attest: {restored-backups: {by: "@d", date: 2026-05-01, evidence: docs/a.md}}\n',
  "sensitive: {auth: [src/auth/**]}\n",
  "second-reviewer: {teams: [security], same-person: [[a, b]], bypass: {ttl-hours: 2}}\n",
  "data: {users.email: contact}\n",
];

const bad = [
  "chekcs: {}\n",
  "enforce: {}\n",
  "version: 2\n",
  "extends: https://evil.example/x.yml\n",
  "phase: comitment\n",
  "phase: {commitment-from: soon}\n",
  "phase: {commitment-from: 9999-01-01}\n",
  "checks: {1.1: block}\n",
  'checks: {"1.1": block}\n',
  "checks: {cors: block}\n",
  "checks: {credentials: blok}\n",
  "checks: {credentials: {options: {}, lvl: off}}\n",
  "checks: {rate-limits: {options: {limited: [/a]}}}\n",
  "checks: {rate-limits: {options: {limited-routes: []}}}\n",
  "checks: {rate-limits: {options: {limited-routes: [a*b*c*d*e]}}}\n",
  'paths: {ignore: ["../x"]}\n',
  'paths: {ignore: ["a*b*c*d*e"]}\n',
  `paths: {ignore: [${"a".repeat(257)}]}\n`,
  "paths: {ignore: []}\n",
  'suppress: [{rule: 1.1, paths: [a], reason: long enough a reason, owner: "@d", until: 2026-08-01}]\n',
  'suppress: [{rule: credentials, paths: [a], owner: "@d", until: 2026-08-01}]\n',
  'suppress: [{rule: credentials, paths: [a], reason: short, owner: "@d", until: 2026-08-01}]\n',
  "suppress: [{rule: credentials, paths: [a], reason: long enough a reason, owner: d, until: 2026-08-01}]\n",
  'suppress: [{rule: credentials, paths: [a], reason: long enough a reason, owner: "@d"}]\n',
  'attest: {credentials: {by: "@d", date: 2026-05-01, evidence: docs/a.md}}\n',
  'attest: {restored-backups: {by: "@d", date: 2026-05-01}}\n',
  'attest: {restored-backups: {by: "@d", date: 2026-05-01, evidence: "file:///x"}}\n',
  "limits: {max-annotations: 1000}\n",
  "second-reviewer: {required-approvals: 0}\n",
  "tenancy: none\n",
];

describe("another validator and our parser agree", () => {
  test.each(good)("that %j is good", (text) => {
    expect(accepts(parse(text))).toBe(true);
    expect(parseConfig(text, { path: "x" }).ok).toBe(true);
  });

  test.each(bad)("that %j is a mistake", (text) => {
    expect(accepts(parse(text))).toBe(false);
    expect(parseConfig(text, { path: "x" }).ok).toBe(false);
  });
});

describe("the schema of an organization's file", () => {
  const schema = JSON.parse(
    readFileSync(
      new URL(
        "../../../schema/vibegate.organization.schema.json",
        import.meta.url,
      ),
      "utf8",
    ),
  ) as object;
  const accepts = new Ajv({ allErrors: true }).compile(schema);

  test("is the one that the code has", () => {
    expect(schema).toEqual(
      JSON.parse(JSON.stringify(organizationJsonSchema(checks))),
    );
  });

  test.each([
    ["enforce: {phase: commitment, checks: {credentials: block}}\n", true],
    ["enforce: {max-suppression-days: 30}\nphase: exploration\n", true],
    ['enforce: {checks: {credentials: "off"}}\n', false],
    ["enforce: {phase: exploration}\n", false],
    ["suppress: []\n", false],
    ["projects: []\n", false],
  ])("and our parser agree on %j", (text, isGood) => {
    expect(accepts(parse(text))).toBe(isGood);
    expect(parseOrganizationConfig(text, { path: "x" }).ok).toBe(isGood);
  });
});
