import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { checks } from "#checks/index.js";
import { items } from "#gate/items.js";
import { buildProject } from "#model/build-project.js";
import type { AppCheck } from "#model/define-check.js";
import { aSnapshot } from "#support/a-snapshot.js";
import { expandSecrets } from "#support/expand-secrets.js";
import { examplesUnder } from "#support/readme-examples.js";

/** The checks that need a model of the app: each of their rules is shown often enough to be believed. */
const modelled = [
  "browser-api-calls",
  "known-auth-provider",
  "server-side-authorization",
  "admin-second-factor",
  "error-visibility",
  "rate-limits",
  "spending-cap",
];

const shown = checks
  .filter(({ name }) => modelled.includes(name))
  .map((check) => [check.name, check, readmeOf(check.name)] as const);

describe.each(shown)("%s", (_name, check, readme) => {
  const found = rulesThatFire(check, readme);

  test.each(Object.keys(check.rules))("%s fires in three examples", (rule) => {
    expect(found.get(rule) ?? 0).toBeGreaterThanOrEqual(3);
  });

  test("stays silent in five examples, and in one for each rule", () => {
    const holds = examplesUnder(readme, "Holds", expandSecrets).length;

    expect(holds).toBeGreaterThanOrEqual(5);
    expect(holds).toBeGreaterThanOrEqual(Object.keys(check.rules).length);
  });
});

test("all of the modelled checks are looked at", () => {
  expect(shown.map(([name]) => name).sort()).toEqual(modelled.toSorted());
});

/** How many places of the failing examples each rule fires at. */
function rulesThatFire(check: AppCheck, readme: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const { files } of examplesUnder(readme, "Fails", expandSecrets)) {
    const project = buildProject(aSnapshot({ files }), { checks: [check] });
    const outcome = check.evaluate(project);
    for (const { rule } of outcome.status === "broken" ? outcome.findings : [])
      found.set(rule, (found.get(rule) ?? 0) + 1);
  }
  return found;
}

function readmeOf(name: string): string {
  const section = items.find(({ check }) => check === name)?.section ?? "";
  return readFileSync(
    new URL(`../../../checks/${section}/${name}/README.md`, import.meta.url),
    "utf8",
  );
}
