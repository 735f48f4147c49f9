import { expect, test } from "@jest/globals";
import { effectiveValues, statedValues } from "#config/effective-values.js";
import { effectiveConfig } from "#config/layers.js";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";

function configured(repository: string, organization: string) {
  const own = parseConfig(repository, { path: "own.yml" });
  const above = parseOrganizationConfig(organization, { path: "org.yml" });
  if (!own.ok || !above.ok) throw new Error("the example is wrong");
  return effectiveConfig({
    ...{ repository: own.config, organization: above.config },
    ...{ branch: "main", takenAt: "2026-06-01T00:00:00Z" },
  });
}

test("a level under a floor is shown as the floor, and what it stands over", () => {
  const config = configured(
    'checks:\n  credentials: "off"\n  credentials/hard-coded-password: advise\n  explicit-cors: block\n  rate-limits: advise\n',
    "enforce:\n  checks:\n    credentials: block\n    explicit-cors: advise\n",
  );

  const levels = effectiveValues(config)
    .filter(({ key }) => key.startsWith("checks."))
    .map(({ key, value, origin }) => `${key} ${value} (${origin})`);

  expect(levels).toEqual([
    "checks.credentials block (enforced by the organization's org.yml:3, over off in own.yml:2)",
    "checks.credentials/hard-coded-password block (enforced by the organization's org.yml:3, over advise in own.yml:3)",
    "checks.explicit-cors block (own.yml:4)",
    "checks.rate-limits advise (own.yml:5)",
  ]);
});

test("what people accept and state is shown with its last day, as the organization allows it", () => {
  const config = configured(
    [
      "suppress:",
      '  - {rule: credentials/hard-coded-password, paths: [a], reason: long enough a reason, owner: "@d", until: 2026-08-01}',
      'attest: {spending-cap: {by: "@e", date: 2026-05-01, evidence: a.md}}',
      "projects:",
      "  - name: shop",
      "    paths: [shop/**]",
      '    attest: {restored-backups: {by: "@f", date: 2026-05-01, evidence: a.md, valid-days: 10}}',
    ].join("\n"),
    "enforce: {max-attestation-days: 90}\n",
  );

  expect(
    statedValues(config, "2026-06-01").map(
      ({ key, value, origin }) => `${key}: ${value} (${origin})`,
    ),
  ).toEqual([
    "suppress: credentials/hard-coded-password until 2026-08-01, by @d (own.yml:2)",
    "attest: spending-cap until 2026-07-30, by @e (own.yml:3)",
    "attest (shop): restored-backups until 2026-05-11, by @f: over (own.yml:7)",
  ]);
});

test.each([
  ["2026-06-01", ""],
  ["2026-07-01", ""],
  ["2026-05-31", ": over"],
  ["2026-07-02", ": too far ahead to count yet"],
])("a suppression until %s says whether it counts today", (until, fate) => {
  const config = configured(
    `suppress: [{rule: credentials, paths: [a], reason: long enough a reason, owner: "@d", until: ${until}}]\n`,
    "enforce: {max-suppression-days: 30}\n",
  );

  expect(statedValues(config, "2026-06-01")).toMatchObject([
    { value: `credentials until ${until}, by @d${fate}` },
  ]);
});
