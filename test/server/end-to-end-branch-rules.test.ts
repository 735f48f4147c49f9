import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aPull, aRepository } from "#support/gate-scenes.js";
import type { LocalRepository } from "#support/local-github/world/local-repository.js";
import {
  gateName,
  type RunningGate,
  startGate,
} from "#support/running-gate.js";

let gate: RunningGate;

beforeAll(async () => {
  gate = await startGate();
  for (const login of ["vera", "rhea"]) gate.github.createUser({ login });
});

afterAll(async () => {
  const { violations } = gate.github;
  await gate.stop();
  expect(violations).toEqual([]);
});

const deploying = {
  ".github/workflows/deploy.yml": [
    "on: { push: { branches: [main] } }",
    "jobs:",
    "  ship:",
    "    runs-on: ubuntu-latest",
    "    environment: production",
    "    steps:",
    "      - run: npm test",
    "      - run: npx wrangler deploy",
    "",
  ].join("\n"),
};

async function firstLookAt(repository: LocalRepository) {
  await gate.github.deliver("installation_repositories", {
    action: "added",
    installation: { id: gate.github.installationOn("acme").id },
    repositories_added: [{ id: repository.id, full_name: repository.fullName }],
  });
  await gate.settled();
  const run = gate.run(await repository.sha(), gateName);
  return `${run.summary} ${run.text ?? ""}`;
}

const where = {
  ...{ ruleset_source_type: "Repository", ruleset_source: "acme/shop" },
  ruleset_id: 1,
};

function closeBranch(repository: LocalRepository) {
  const own = { context: gateName, integration_id: gate.github.app.id };
  repository.rules.set(repository.defaultBranch, [
    { type: "pull_request", ...where },
    {
      type: "required_status_checks",
      parameters: {
        required_status_checks: [own],
        strict_required_status_checks_policy: false,
      },
      ...where,
    },
  ]);
}

test("a first look says what the rules of the default branch let pass", async () => {
  const repository = await aRepository(gate);

  const told = await firstLookAt(repository);

  expect(told).toContain("`main` does not require `VibeGate` today");
  expect(told).toContain("`main` takes pushes without a pull request");
});

test("a first look says that pull requests and our own run are all that pass", async () => {
  const repository = await aRepository(gate);
  closeBranch(repository);

  const told = await firstLookAt(repository);

  expect(told).toContain("takes it from this app alone");
  expect(told).not.toContain("takes pushes");
});

test("a pull request that brings a deployment is told what else reaches it", async () => {
  const repository = await aRepository(gate);

  const pull = await aPull(gate, repository, deploying);

  const { summary, text } = gate.run(pull.headSha);
  const told = `${summary} ${text ?? ""}`;
  expect(told).toContain("deploy-pipeline/direct-push");
  expect(told).toContain("deploy-pipeline/gate-not-required");
});

test("a pull request that touches no deployment does not ask for the rules", async () => {
  const repository = await aRepository(gate, deploying);
  const before = gate.github.requests.length;

  await aPull(gate, repository, { "src/a.ts": "export const a = 1;\n" });

  const asked = gate.github.requests.slice(before).map(({ path }) => path);
  expect(asked.filter((path) => path.includes("/rules/"))).toEqual([]);
});
