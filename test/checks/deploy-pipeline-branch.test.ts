import { expect, test } from "@jest/globals";
import { checks } from "#checks/index.js";
import type { BranchRules } from "#gate/branch-rules.js";
import { buildProject } from "#model/build-project.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

const deploying = {
  ".github/workflows/deploy.yml": `name: Deploy
on: { push: { branches: [main] } }
jobs:
  ship:
    runs-on: ubuntu-latest
    environment: production
    steps:
      - run: npm test
      - run: npx wrangler deploy
`,
};
const byPlatform = { "netlify.toml": '[build]\ncommand = "npm run build"\n' };

function rulesOf(files: Files, branchRules?: BranchRules): string[] {
  const snapshot = aSnapshot({ files, ...(branchRules && { branchRules }) });
  const check = checks.find(({ name }) => name === "deploy-pipeline");
  const outcome = check?.evaluate(buildProject(snapshot, { checks }));
  if (outcome?.status !== "broken") return [];
  return outcome.findings.map(
    ({ rule, path, lines }) => `${rule} ${path}:${String(lines.start)}`,
  );
}

const closed = { branch: "main", pullRequestsOnly: true };
const open = { branch: "main", pullRequestsOnly: false };
const at = ".github/workflows/deploy.yml:9";

test.each<[string, BranchRules | undefined, string[]]>([
  ["a clone, which shows no rules", undefined, []],
  ["pull requests and our run", { ...closed, gateRun: "pinned" }, []],
  [
    "pull requests and our name",
    { ...closed, gateRun: "by-name" },
    [`gate-not-pinned ${at}`],
  ],
  [
    "pull requests alone",
    { ...closed, gateRun: "not-required" },
    [`gate-not-required ${at}`],
  ],
  ["our run, which only pull requests get", { ...open, gateRun: "pinned" }, []],
  [
    "nothing",
    { ...open, gateRun: "not-required" },
    [`direct-push ${at}`, `gate-not-required ${at}`],
  ],
  [
    "what only administrators see",
    { branch: "main", gateRun: "not-required" },
    [`gate-not-required ${at}`],
  ],
])("a default branch with %s", (_title, rules, expected) => {
  expect(rulesOf(deploying, rules)).toEqual(expected);
});

test("rules of a branch matter where a platform deploys what is pushed, and nowhere else", () => {
  const rules = { ...open, gateRun: "not-required" } as const;

  expect(rulesOf(byPlatform, rules)).toEqual([
    expect.stringMatching(/^direct-push netlify\.toml:/),
    expect.stringMatching(/^gate-not-required netlify\.toml:/),
  ]);
  expect(rulesOf({ "src/index.ts": "export {};\n" }, rules)).toEqual([]);
});
