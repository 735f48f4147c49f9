import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aPull, aRepository, openDoor } from "#support/gate-scenes.js";
import { toJob } from "#server/intents.js";
import { wantDueLooks } from "#server/waiting.js";
import { type RunningGate, startGate } from "#support/running-gate.js";

let gate: RunningGate;
let now = Date.parse("2026-06-10T12:00:00Z");

beforeAll(async () => {
  gate = await startGate({ now: () => now });
  gate.github.createUser({ login: "vera" });
});

afterAll(async () => {
  const { violations } = gate.github;
  await gate.stop();
  expect(violations).toEqual([]);
});

const file = ".vibegate.yml";

function attesting(date: string): string {
  return `version: 1
phase: commitment
attest:
  restored-backups:
    by: "@dana"
    date: ${date}
    evidence: docs/drill.md
    valid-days: 30
`;
}

const database = {
  "prisma/schema.prisma":
    'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n',
  "docs/drill.md": "Restored into an empty database on the first of June.\n",
};

test("an attestation warns ahead, lapses overnight, and counts again once it is renewed", async () => {
  const repository = await aRepository(gate, {
    ...database,
    [file]: attesting("2026-06-01"),
  });
  const pull = await aPull(gate, repository, { "src/a.ts": "export {};\n" });
  const onDay = async (time: string, text: string) => {
    now = Date.parse(time);
    await repository.commit({
      branch: "change-0",
      files: { "src/a.ts": text },
      author: "vera",
      by: "vera",
    });
    await gate.settled();
    return gate.run(pull.headSha);
  };

  const fresh = gate.run(pull.headSha);
  expect(fresh.conclusion).toBe("success");
  expect(fresh.text).toContain("attested");
  expect(fresh.summary).not.toContain("lapses");

  const warned = await onDay("2026-06-18T08:00:00Z", "export const a = 1;\n");
  expect(warned.conclusion).toBe("success");
  expect(warned.summary).toContain("lapses after 2026-07-01, in 13 days");

  const lastDay = await onDay("2026-07-01T23:59:59Z", "export const a = 2;\n");
  expect(lastDay.conclusion).toBe("success");
  expect(lastDay.summary).toContain("lapses after today");

  const lapsed = await onDay("2026-07-02T00:00:00Z", "export const a = 3;\n");
  expect(lapsed.conclusion).toBe("action_required");
  expect(lapsed.title).toContain("1 attestation missing");
  expect(lapsed.summary).toContain("its last day was 2026-07-01");
  expect(lapsed.annotations).toEqual([]);

  await repository.commit({ files: { [file]: attesting("2026-07-02") } });
  const renewed = await onDay("2026-07-02T10:00:00Z", "export const a = 4;\n");
  expect(renewed.conclusion).toBe("success");
});

test("a green check does not outlive an attestation: the night itself has it judged anew", async () => {
  now = Date.parse("2026-06-10T12:00:00Z");
  const repository = await aRepository(gate, {
    ...database,
    [file]: attesting("2026-06-01"),
  });
  const pull = await aPull(gate, repository, { "src/a.ts": "export {};\n" });
  const after = async (time: string) => {
    now = Date.parse(time);
    const { records, queue } = gate.server.keeper;
    await wantDueLooks(records, new Date(now).toISOString(), (works) =>
      queue.add(works.map(toJob)),
    );
    await gate.settled();
    return gate.run(pull.headSha);
  };

  const calm = await after("2026-06-16T23:59:59Z");
  expect(calm.summary).not.toContain("lapses");
  const warned = await after("2026-06-17T00:00:30Z");
  expect(warned.summary).toContain("lapses after 2026-07-01, in 14 days");
  expect(warned.conclusion).toBe("success");
  const lapsed = await after("2026-07-02T00:00:30Z");
  expect(lapsed.conclusion).toBe("action_required");
});

test("a pull request cannot attest for itself, nor with evidence that is not there", async () => {
  const repository = await aRepository(gate, database);
  const own = await aPull(gate, repository, {
    [file]: attesting("2026-07-01"),
  });
  expect(gate.run(own.headSha).conclusion).toBe("action_required");
  expect(gate.run(own.headSha).summary).toContain("1 attestation added");

  await repository.commit({
    files: { [file]: attesting("2026-07-01") },
    remove: ["docs/drill.md"],
  });
  const without = await aPull(gate, repository, { "src/b.ts": "export {};\n" });
  expect(gate.run(without.headSha).conclusion).toBe("action_required");
  expect(gate.run(without.headSha).text).toContain(
    "evidence names a file that is not there",
  );
});

test("commitment that is announced counts down, and begins on its day", async () => {
  now = Date.parse("2026-07-10T12:00:00Z");
  const repository = await aRepository(gate, {
    [file]: "version: 1\nphase:\n  commitment-from: 2026-07-20\n",
  });
  const before = await aPull(gate, repository, openDoor);
  expect(gate.run(before.headSha).conclusion).toBe("neutral");
  expect(gate.run(before.headSha).summary).toContain(
    "VibeGate will block from 2026-07-20, in 10 days",
  );

  now = Date.parse("2026-07-20T00:00:00Z");
  const after = await aPull(gate, repository, {
    ...openDoor,
    "src/c.ts": "export {};\n",
  });
  expect(gate.run(after.headSha).conclusion).toBe("failure");
  expect(gate.run(after.headSha).summary).not.toContain("will block from");
});

test("a branch may have a phase of its own", async () => {
  const repository = await aRepository(gate, {
    [file]:
      'version: 1\nphase:\n  default: exploration\n  branches:\n    "release/**": commitment\n',
  });
  await repository.commit({ branch: "release/1", files: { "a.md": "a\n" } });
  await repository.commit({
    branch: "fix",
    from: "release/1",
    files: openDoor,
    author: "vera",
  });
  const main = await aPull(gate, repository, openDoor);
  const release = await repository.openPullRequest({
    head: "fix",
    base: "release/1",
    author: "vera",
  });
  await gate.settled();

  expect(gate.run(main.headSha).conclusion).toBe("neutral");
  expect(gate.run(release.headSha, "VibeGate (release/1)").conclusion).toBe(
    "failure",
  );
});

test("drafts are advised, unless the configuration wants them judged", async () => {
  const conclusions = [];
  for (const drafts of ["advise", "judge"]) {
    const repository = await aRepository(gate, {
      [file]: `version: 1\nphase: commitment\nlimits: {drafts: ${drafts}}\n`,
    });
    await repository.commit({ branch: "d", files: openDoor, author: "vera" });
    const pull = await repository.openPullRequest({
      head: "d",
      author: "vera",
      draft: true,
    });
    await gate.settled();
    conclusions.push(gate.run(pull.headSha).conclusion);
  }

  expect(conclusions).toEqual(["neutral", "failure"]);
});
