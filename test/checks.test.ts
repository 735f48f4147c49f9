import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { checks } from "#checks/index.js";
import { governingConfig } from "#config/governing.js";
import type { Finding } from "#gate/finding.js";
import { items } from "#gate/items.js";
import { buildProject } from "#model/build-project.js";
import type { AppCheck } from "#model/define-check.js";
import { judgeSnapshot } from "#model/judge-snapshot.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";
import {
  type Example,
  examplesUnder,
  headingsOf,
  readmeHeadings,
} from "#support/readme-examples.js";
import { expandSecrets } from "#support/expand-secrets.js";

describe.each(checks.map((check) => [check.name, check] as const))(
  "%s",
  (name, check) => {
    const item = items.find((candidate) => candidate.check === name);
    const readmeFile = new URL(
      `../../checks/${item?.section ?? ""}/${name}/README.md`,
      import.meta.url,
    );
    const readme = existsSync(readmeFile)
      ? readFileSync(readmeFile, "utf8")
      : "";
    const fails = examplesUnder(readme, "Fails", expandSecrets);
    const holds = examplesUnder(readme, "Holds", expandSecrets);

    test("says what it is, within the lengths that reports have room for", () => {
      expect(item?.id).toBe(check.id);
      expect(check.title.length).toBeLessThanOrEqual(72);
      for (const rule of Object.values(check.rules))
        expect(rule.title.length).toBeLessThanOrEqual(72);
    });

    test("has a README with its headings and examples of both kinds", () => {
      expect(headingsOf(readme)).toEqual([...readmeHeadings]);
      expect(fails.length).toBeGreaterThanOrEqual(3);
      expect(holds.length).toBeGreaterThanOrEqual(5);
    });

    test.each(fails.map((example) => [example.title, example] as const))(
      "fails: %s",
      (_title, example) => {
        expect(example.expected).not.toEqual([]);
        expect(findingsIn(check, example)).toEqual(example.expected);
      },
    );

    test.each(holds.map((example) => [example.title, example] as const))(
      "holds: %s",
      (_title, example) => {
        expect(findingsIn(check, example)).toEqual([]);
      },
    );
  },
);

/** What is found; an example with a configuration of its own is judged under it. */
function findingsIn(check: AppCheck, { files }: Example): string[] {
  const config = files[".vibegate.yml"];
  const found =
    config === undefined ? foundBy(check, files) : left(check, files, config);
  const places = found.map(
    ({ path, lines }) => `${path}:${String(lines.start)}`,
  );
  return [...new Set(places)].sort();
}

function foundBy(check: AppCheck, files: Files): readonly Finding[] {
  const project = buildProject(aSnapshot({ files }), { checks: [check] });
  const outcome = check.evaluate(project);
  return outcome.status === "broken" ? outcome.findings : [];
}

function left(check: AppCheck, files: Files, config: string) {
  const snapshot = aSnapshot({ files });
  const { policy, problems } = governingConfig({
    repository: [{ path: ".vibegate.yml", text: config }],
    ...{ branch: "main", takenAt: snapshot.takenAt },
  });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return judgeSnapshot(snapshot, policy, { checks: [check] }).findings;
}
