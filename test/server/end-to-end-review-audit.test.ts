import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aPull, aRepository } from "#support/gate-scenes.js";
import type { LocalRepository } from "#support/local-github/world/local-repository.js";
import {
  reviewerName,
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

const signIn =
  'import jwt from "jsonwebtoken";\nexport const read = jwt.verify;\n';

async function auditOf(repository: LocalRepository) {
  await gate.github.deliver("installation_repositories", {
    action: "added",
    installation: { id: gate.github.installationOn("acme").id },
    repositories_added: [{ id: repository.id, full_name: repository.fullName }],
  });
  await gate.settled();
  return gate.run(await repository.sha(), reviewerName);
}

test("a branch is told which sensitive files nobody else has looked at", async () => {
  const repository = await aRepository(gate, { "src/auth/old.ts": signIn });
  const reviewed = await aPull(gate, repository, { "src/auth/new.ts": signIn });
  await reviewed.review({ by: "rhea" });
  await gate.settled();
  await reviewed.merge({ by: "rhea" });

  const run = await auditOf(repository);

  expect(run).toMatchObject({ conclusion: "success" });
  expect(run.summary).toContain("src/auth/old.ts");
  expect(run.summary).toContain("without a pull request");
  expect(run.summary).not.toContain("src/auth/new.ts");
});

test("somebody's attestation settles it, unless whoever attests it built it", async () => {
  const config = (by: string) => ({
    ".vibegate.yml": [
      ...["version: 1", "phase: commitment", "attest:"],
      "  second-reviewer:",
      `    by: "@${by}"`,
      `    date: ${new Date().toISOString().slice(0, 10)}`,
      `    evidence: https://example.com/review`,
      "",
    ].join("\n"),
  });
  const byOther = await aRepository(gate, {
    "src/auth/old.ts": signIn,
    ...config("rhea"),
  });
  const byBuilder = await aRepository(gate, {
    "src/auth/old.ts": signIn,
    ...config("builder"),
  });

  expect((await auditOf(byOther)).summary).toContain(
    "2 reviewed or attested, 0 never",
  );
  expect((await auditOf(byBuilder)).summary).toContain("src/auth/old.ts");
});
