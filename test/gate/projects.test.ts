import { describe, expect, test } from "@jest/globals";
import { effectiveConfig } from "#config/layers.js";
import { parseConfig } from "#config/parse-config.js";
import { policyOf } from "#config/policy-of.js";
import { textParts } from "#report/report-text.js";
import { aFinding, judged } from "#support/judged-backups.js";

const takenAt = "2026-06-01T00:00:00Z";

function policyFrom(text: string) {
  const parsed = parseConfig(text, { path: ".vibegate.yml" });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const repository = parsed.config;
  return policyOf(effectiveConfig({ repository, branch: "main", takenAt }));
}

const two = `phase: commitment
projects:
  - name: shop
    paths: [apps/shop/**]
    attest:
      restored-backups: {by: "@dana", date: 2026-05-20, evidence: "https://wiki.example.com/drill"}
  - name: admin
    paths: [apps/admin/**, apps/shop/admin/**]
    tenancy: single
    checks: {restored-backups/backups-off: advise}
`;

const drill = (path: string) => aFinding({ path, identity: path });

describe("projects of a monorepo", () => {
  const snapshot = { takenAt };

  test("each finding says where it belongs, to the first that names its file", () => {
    const verdict = judged(
      ["apps/shop/admin/a.tf", "apps/admin/b.tf", "packages/c.tf"].map((path) =>
        aFinding({ path, rule: "backups-off" }),
      ),
      { policy: policyFrom(two), snapshot },
    );

    expect(
      verdict.findings.map(({ path, project }) => [path, project]),
    ).toEqual([
      ["apps/shop/admin/a.tf", "shop"],
      ["packages/c.tf", undefined],
      ["apps/admin/b.tf", "admin"],
    ]);
  });

  test("an attestation of one speaks for that one alone", () => {
    const verdict = judged(
      [drill("apps/shop/x.tf"), drill("apps/admin/y.tf"), drill("infra/z.tf")],
      { policy: policyFrom(two), snapshot },
    );

    expect(verdict.attested.map(({ path }) => path)).toEqual([
      "apps/shop/x.tf",
    ]);
    expect(verdict.unattested.map(({ path }) => path)).toEqual([
      "apps/admin/y.tf",
      "infra/z.tf",
    ]);
    expect(verdict.items.find(({ id }) => id === "3.2")?.status).toBe("broken");
  });

  test("an attestation of the repository speaks for all", () => {
    const policy = policyFrom(
      `${two}attest:\n  restored-backups: {by: "@sam", date: 2026-05-20, evidence: "https://wiki.example.com/all"}\n`,
    );

    const verdict = judged([drill("apps/admin/y.tf"), drill("infra/z.tf")], {
      ...{ policy, snapshot },
    });

    expect(verdict.findings).toEqual([]);
    expect(verdict.items.find(({ id }) => id === "3.2")?.status).toBe(
      "attested",
    );
  });

  test("levels of one hold for its files", () => {
    const verdict = judged(
      ["apps/admin/a.tf", "apps/shop/b.tf"].map((path) =>
        aFinding({ path, rule: "backups-off" }),
      ),
      { policy: policyFrom(two), snapshot },
    );

    expect(
      Object.fromEntries(verdict.findings.map((one) => [one.path, one.level])),
    ).toEqual({ "apps/admin/a.tf": "advise", "apps/shop/b.tf": "block" });
  });

  test("the report counts by project", () => {
    const verdict = judged(
      ["apps/admin/a.tf", "apps/shop/b.tf", "infra/z.tf"].map((path) =>
        aFinding({ path, rule: "backups-off" }),
      ),
      { policy: policyFrom(two), snapshot },
    );

    const parts = textParts(verdict, {
      ...{ scope: "repository", repository: "acme/mono", checks: [] },
    });

    const part = parts.find(({ head }) => head.includes("By project"));
    expect(part?.entries).toEqual([
      "| outside all projects | 1 | 0 | 0 |\n",
      "| `admin` | 0 | 1 | 0 |\n",
      "| `shop` | 1 | 0 | 0 |\n",
    ]);
  });
});

describe("an attestation that nothing else can stand for", () => {
  test("keeps the gate shut unless somebody asks for advice only", () => {
    const open = (checks: string) =>
      judged([aFinding({ atMost: "advise" })], {
        policy: policyFrom(`phase: commitment\nchecks: {${checks}}\n`),
        snapshot: { takenAt },
      }).conclusion;

    expect(open("credentials: block")).toBe("incomplete");
    expect(open("restored-backups: advise")).toBe("advised");
    expect(open('restored-backups: "off"')).toBe("clear");
  });
});
