import { expect, test } from "@jest/globals";
import { effectiveConfig } from "#config/layers.js";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";
import { policyOf } from "#config/policy-of.js";
import { brokenBy } from "#gate/check.js";
import type { Check } from "#gate/check.js";
import type { Level } from "#gate/finding.js";
import { judge, type Judged } from "#gate/judge.js";
import { aSnapshot } from "#support/a-snapshot.js";
import { aRandom } from "#support/a-random.js";

const heaviness: Readonly<Record<Level, number>> = {
  notice: 0,
  advise: 1,
  block: 2,
};
const names = ["credentials", "explicit-cors", "rate-limits"];
const rules = ["one", "two"];
const subjects = names.flatMap((name) => [
  name,
  ...rules.map((rule) => `${name}/${rule}`),
]);
const paths = ["src/a.ts", "test/b.ts", "gen/c.ts"];
const globs = ["src/**", "test/**", "gen/**", "**"];

const checks: readonly Check<Judged>[] = names.map((name, index) => ({
  id: (["1.1", "1.4", "4.2"] as const)[index] ?? "1.1",
  name,
  title: name,
  why: name,
  needs: { files: ["**"], scope: "repository" },
  rules: Object.fromEntries(
    rules.map((rule) => [rule, { title: rule, level: "notice" }]),
  ),
  evaluate: () =>
    brokenBy(
      rules.flatMap((rule) =>
        paths.map((path) => ({
          ...{ rule, path, lines: { start: 1, end: 1 } },
          ...{ message: "m", fix: "f", identity: "i" },
          confidence: "certain" as const,
        })),
      ),
    ),
}));

function aRepository(random: ReturnType<typeof aRandom>): string {
  const level = () => random.one(['"off"', "advise", "block"]);
  const levels = () =>
    `{${random
      .some(subjects)
      .map((subject) => `${subject}: ${level()}`)
      .join(", ")}}`;
  const list = () =>
    `[${random
      .some(globs, 1)
      .map((g) => `"${g}"`)
      .join(", ")}]`;
  return random
    .shuffled([
      "extends: org",
      `phase: ${random.one(["exploration", "{commitment-from: 2049-01-01}", "{branches: {main: exploration}}"])}`,
      `checks: ${levels()}`,
      `overrides: [{paths: ${list()}, checks: ${levels()}}, {paths: ${list()}, checks: ${levels()}}]`,
      `projects: [{name: a, paths: ${list()}, checks: ${levels()}}]`,
      `paths: {ignore: ${list()}}`,
      `attest: {restored-backups: {by: "@d", date: 2026-05-30, evidence: a, valid-days: 700}}`,
    ])
    .join("\n");
}

function anOrganization(random: ReturnType<typeof aRandom>): {
  readonly text: string;
  readonly floors: ReadonlyMap<string, "advise" | "block">;
} {
  const floors = new Map(
    random
      .some(subjects, 1)
      .map((subject) => [subject, random.one(["advise", "block"] as const)]),
  );
  const said = [...floors].map(([key, value]) => `${key}: ${value}`);
  const text = random
    .shuffled([
      `enforce: {phase: {commitment-from: 2026-01-01}, checks: {${said.join(", ")}}, max-suppression-days: 30, max-attestation-days: 20}`,
      `checks: {${random
        .some(subjects)
        .map((subject) => `${subject}: "off"`)
        .join(", ")}}`,
    ])
    .join("\n");
  return { text, floors };
}

test("a floor is never lowered, whatever a repository says and in whatever order", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = aRandom(seed);
    const { text, floors } = anOrganization(random);
    const repository = aRepository(random);
    const above = parseOrganizationConfig(text, { path: "org" });
    const own = parseConfig(repository, { path: "own" });
    if (!above.ok || !own.ok) throw new Error(`${text}\n${repository}`);
    const config = effectiveConfig({
      organization: above.config,
      repository: own.config,
      ...{ branch: "main", takenAt: "2026-06-01T00:00:00Z" },
    });

    const verdict = judge(checks, { snapshot: aSnapshot() }, policyOf(config));

    expect(config.phase.value).toBe("commitment");
    expect(config.limits.maxSuppressionDays.value).toBe(30);
    expect(config.attestations[0]?.until).toBe("2026-06-19");
    for (const [subject, floor] of floors) {
      const [name = "", rule] = subject.split("/");
      const found = verdict.findings.filter(
        (one) =>
          one.check === name && (rule === undefined || one.rule === rule),
      );
      const wanted = paths.length * (rule === undefined ? rules.length : 1);
      expect({ seed, subject, count: found.length }).toEqual({
        ...{ seed, subject, count: wanted },
      });
      for (const one of found)
        expect(heaviness[one.level]).toBeGreaterThanOrEqual(heaviness[floor]);
    }
  }
});
