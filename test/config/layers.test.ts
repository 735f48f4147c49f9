import { describe, expect, test } from "@jest/globals";
import { effectiveConfig } from "#config/layers.js";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";
import { policyOf } from "#config/policy-of.js";

const takenAt = "2026-06-01T12:00:00Z";

function repositoryFile(text: string) {
  const parsed = parseConfig(text, { path: ".vibegate.yml" });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

function organizationFile(text: string) {
  const parsed = parseOrganizationConfig(text, { path: "acme/.github" });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

function effective(
  given: {
    repository?: string;
    organization?: string;
    branch?: string;
    takenAt?: string;
    isBroken?: boolean;
  } = {},
) {
  return effectiveConfig({
    takenAt: given.takenAt ?? takenAt,
    branch: given.branch ?? "main",
    isBroken: given.isBroken ?? false,
    ...(given.repository !== undefined && {
      repository: repositoryFile(given.repository),
    }),
    ...(given.organization !== undefined && {
      organization: organizationFile(given.organization),
    }),
  });
}

describe("the phase", () => {
  test("is exploration where nobody says anything", () => {
    expect(effective().phase).toEqual({
      value: "exploration",
      origin: { layer: "built-in" },
    });
  });

  test("is commitment where the file cannot be read", () => {
    expect(effective({ isBroken: true }).phase.value).toBe("commitment");
  });

  test("comes from a line of a file", () => {
    expect(effective({ repository: "\nphase: commitment\n" }).phase).toEqual({
      value: "commitment",
      origin: { layer: "repository", path: ".vibegate.yml", line: 2 },
    });
  });

  test.each([
    ["2026-08-31T23:59:59Z", "exploration", "2026-09-01"],
    ["2026-09-01T00:00:00Z", "commitment", undefined],
  ])("at %s is %s", (now, phase, from) => {
    const config = effective({
      repository: "phase: {commitment-from: 2026-09-01}\n",
      takenAt: now,
    });

    expect(config.phase.value).toBe(phase);
    expect(config.commitmentFrom?.value).toBe(from);
  });

  test.each([
    ["main", "commitment"],
    ["release/1.2", "commitment"],
    ["scratch", "exploration"],
  ])("on %s is %s", (branch, phase) => {
    const repository =
      "phase:\n  default: exploration\n  branches: {main: commitment, release/*: commitment}\n";

    expect(effective({ repository, branch }).phase.value).toBe(phase);
  });

  test("of the organization comes earlier than the repository's", () => {
    const config = effective({
      repository: "phase: {commitment-from: 2026-12-01}\n",
      organization: "enforce: {phase: {commitment-from: 2026-09-01}}\n",
    });

    expect(config.commitmentFrom).toMatchObject({
      value: "2026-09-01",
      origin: { layer: "enforced", path: "acme/.github", line: 1 },
    });
  });

  test("of the organization holds on every branch", () => {
    const config = effective({
      repository: "phase: {branches: {scratch: exploration}}\n",
      organization: "enforce: {phase: commitment}\n",
      branch: "scratch",
    });

    expect(config.phase).toMatchObject({
      value: "commitment",
      origin: { layer: "enforced" },
    });
  });
});

describe("layers", () => {
  const organization =
    "tenancy: single\nchecks: {credentials: advise, credentials/provider-key: block, rate-limits: advise}\npaths: {ignore: [gen/**]}\n";

  test("defaults of the organization hold where the repository has no file", () => {
    expect(effective({ organization }).tenancy).toMatchObject({
      value: "single",
      origin: { layer: "organization" },
    });
  });

  test("and where it extends them", () => {
    const config = effective({
      organization,
      repository: "extends: org\npaths: {ignore: [old/**]}\n",
    });

    expect(config.tenancy.value).toBe("single");
    expect(policyOf(config).ignored).toEqual(["gen/**", "old/**"]);
  });

  test("and not where it stands on its own", () => {
    const config = effective({ organization, repository: "version: 1\n" });

    expect(config.tenancy).toEqual({
      value: "multi",
      origin: { layer: "built-in" },
    });
  });

  test("the repository's word on a check replaces the organization's on its rules", () => {
    const config = effective({
      organization,
      repository: "extends: org\nchecks: {credentials: block}\n",
    });

    expect(policyOf(config).levels).toEqual({
      credentials: "block",
      "rate-limits": "advise",
    });
  });

  test("overrides keep their order: organization, projects, repository", () => {
    const config = effective({
      organization:
        "overrides: [{paths: [a], checks: {credentials: advise}}]\n",
      repository:
        "extends: org\noverrides: [{paths: [c], checks: {credentials: block}}]\nprojects: [{name: b, paths: [b], checks: {credentials: advise}}]\n",
    });

    expect(config.overrides.map(({ value }) => value.paths)).toEqual([
      ["a"],
      ["b"],
      ["c"],
    ]);
  });

  test("options are merged one by one", () => {
    const config = effective({
      organization:
        "checks: {rate-limits: {options: {limited-routes: [/a]}}}\n",
      repository:
        "extends: org\nchecks: {rate-limits: {options: {limited-routes: [/b]}}, server-side-authorization: {options: {public-routes: [/c]}}}\n",
    });

    expect(policyOf(config).settings?.options).toEqual({
      "rate-limits": { "limited-routes": ["/b"] },
      "server-side-authorization": { "public-routes": ["/c"] },
    });
  });
});

describe("attestations", () => {
  const repository = (validity: string) =>
    `attest:\n  restored-backups: {by: "@d", date: 2026-05-01, evidence: a.md${validity}}\n`;

  test.each([
    ["180 days by default", "", undefined, "2026-10-28"],
    ["as long as they say", ", valid-days: 10", undefined, "2026-05-11"],
    ["as the organization allows", ", valid-days: 300", 30, "2026-05-31"],
    ["as the organization allows by default", "", 30, "2026-05-31"],
    ["no longer than they say", ", valid-days: 10", 30, "2026-05-11"],
  ])("count %s", (_name, validity, most, until) => {
    const config = effective({
      repository: repository(validity),
      ...(most !== undefined && {
        organization: `enforce: {max-attestation-days: ${String(most)}}\n`,
      }),
    });

    expect(config.attestations).toMatchObject([
      { until, at: { path: ".vibegate.yml", line: 2 } },
    ]);
  });
});

test("what is said about the second reviewer becomes its policy", () => {
  const { reviewPolicy } = effective({
    repository:
      'phase: commitment\nsensitive: {auth: [a/**]}\nsecond-reviewer: {teams: ["@acme/security"], reviewers: ["@Dana"], bypass: {ttl-hours: 2}}\n',
  });

  expect(reviewPolicy).toMatchObject({
    phase: "commitment",
    requiredApprovals: 1,
    teams: ["security"],
    reviewers: ["Dana"],
    bypass: { minPermission: "admin", buildersMayBypass: false, ttlHours: 2 },
    sensitivePaths: { auth: ["a/**"], payment: [], data: [] },
  });
});
