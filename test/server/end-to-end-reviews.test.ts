import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { aPull, aRepository, openDoor } from "#support/gate-scenes.js";
import { latestRuns } from "#support/local-github/world/check-runs.js";
import { openMergeGroup } from "#support/local-github/world/merge-queue.js";
import {
  gateName,
  reviewerName,
  type RunningGate,
  startGate,
} from "#support/running-gate.js";

let gate: RunningGate;

beforeAll(async () => {
  gate = await startGate();
  gate.github.createUser({ login: "vera" });
  gate.github.createUser({ login: "rhea" });
});

afterAll(async () => {
  const { violations } = gate.github;
  await gate.stop();
  expect(violations).toEqual([]);
});

describe("reviews", () => {
  const auth = {
    "src/auth/session.ts":
      'import jwt from "jsonwebtoken";\nexport const read = (t: string) => jwt.verify(t, key());\n',
  };

  test("an approval by somebody else opens the second gate, its dismissal shuts it", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth);
    const reviewer = () => gate.run(pull.headSha, reviewerName).conclusion;
    expect(reviewer()).toBe("action_required");

    const review = await pull.review({ by: "rhea" });
    await gate.settled();
    expect(reviewer()).toBe("success");

    await pull.dismissReview(review, { by: "rhea" });
    await gate.settled();
    expect(reviewer()).toBe("action_required");
  });

  test("the builder's own approval does not count, and an objection holds it", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth);
    await pull.review({ by: "vera" });
    await gate.settled();
    expect(gate.run(pull.headSha, reviewerName).conclusion).toBe(
      "action_required",
    );

    await pull.review({ by: "rhea", state: "CHANGES_REQUESTED" });
    await gate.settled();
    expect(gate.run(pull.headSha, reviewerName).title).toBe(
      "Changes were requested",
    );
  });

  test("a review does not run the gate again", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth);
    const before = gate.run(pull.headSha);
    await pull.review({ by: "rhea" });
    await gate.settled();

    expect(gate.run(pull.headSha).id).toBe(before.id);
    const runs = gate.github.checkRuns(pull.headSha);
    expect(runs.filter(({ name }) => name === gateName)).toHaveLength(1);
    expect(runs.filter(({ name }) => name === reviewerName)).toHaveLength(1);
  });

  test("a push after the approval asks again", async () => {
    const pull = await aPull(gate, await aRepository(gate), auth);
    await pull.review({ by: "rhea" });
    await gate.settled();
    await pull.push({
      files: {
        "src/auth/session.ts": "export const read = () => ({ admin: true });\n",
      },
    });
    await gate.settled();

    expect(gate.run(pull.headSha, reviewerName).conclusion).toBe(
      "action_required",
    );
  });
});

describe("beyond pull requests", () => {
  test("a merge queue's group is answered for both names; a member without its review holds it", async () => {
    const repository = await aRepository(gate);
    const pull = await aPull(gate, repository, openDoor);
    const group = await openMergeGroup(repository, [pull]);
    await gate.settled();

    expect(gate.run(group.headSha).conclusion).toBe("failure");
    expect(gate.run(group.headSha, reviewerName)).toMatchObject({
      conclusion: "action_required",
      title: `Second review needed on #${String(pull.number)}`,
    });
  });

  test("after the installation both names have succeeded on the default branch", async () => {
    const repository = await aRepository(gate, openDoor);
    const { installation } = {
      installation: gate.github.installationOn("acme"),
    };
    await gate.github.deliver("installation_repositories", {
      action: "added",
      installation: { id: installation.id },
      repositories_added: [
        {
          id: repository.id,
          name: repository.name,
          full_name: repository.fullName,
          private: true,
          node_id: "R",
        },
      ],
    });
    await gate.settled();

    const runs = latestRuns(gate.github.checkRuns(await repository.sha()));
    expect(
      runs.map(({ name, conclusion }) => [name, conclusion]).sort(),
    ).toEqual([
      [reviewerName, "success"],
      [gateName, "success"],
    ]);
  });
});
