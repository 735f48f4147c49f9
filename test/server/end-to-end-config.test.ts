import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { aPull, aRepository, openDoor } from "#support/gate-scenes.js";
import { type RunningGate, startGate } from "#support/running-gate.js";

let gate: RunningGate;
let now = Date.parse("2026-06-01T12:00:00Z");

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

test("a pull request that weakens its own gate is judged by the base's, and shown what it would do", async () => {
  const pull = await aPull(gate, await aRepository(gate), {
    ...openDoor,
    [file]: "version: 1\nphase: commitment\nchecks:\n  explicit-cors: advise\n",
  });

  const run = gate.run(pull.headSha);
  expect(run.conclusion).toBe("failure");
  expect(run.summary).toContain(
    "With this file: 1 finding would become advisory",
  );
});

test("a pull request that deletes its configuration is judged by the base's", async () => {
  const repository = await aRepository(gate);
  await repository.commit({
    branch: "gone",
    remove: [file],
    files: openDoor,
    author: "vera",
  });
  const pull = await repository.openPullRequest({
    head: "gone",
    author: "vera",
  });
  await gate.settled();

  expect(gate.run(pull.headSha).conclusion).toBe("failure");
  expect(gate.run(pull.headSha).summary).toContain("With this file");
});

test("a pull request that breaks its configuration fails on the line that does it", async () => {
  const pull = await aPull(gate, await aRepository(gate), {
    [file]: "version: 1\nphase: comitment\n",
  });

  const run = gate.run(pull.headSha);
  expect(run.conclusion).toBe("failure");
  expect(run.annotations).toMatchObject([
    {
      ...{ path: file, start_line: 2, annotation_level: "failure" },
      ...{ start_column: 8, end_column: 16 },
    },
  ]);
  expect(run.annotations[0]?.message).not.toContain("comitment");
});

test("a base that is broken already is judged by its last valid version, and the commit that broke it is named", async () => {
  const repository = await aRepository(gate);
  const broken = await repository.commit({
    files: { [file]: "version: 1\nphaze: x\n" },
  });
  const pull = await aPull(gate, repository, { "src/b.ts": "export {};\n" });

  const run = gate.run(pull.headSha);
  expect(run.conclusion).toBe("action_required");
  expect(run.summary).toContain(broken.slice(0, 12));
  expect(run.summary).toContain("last valid version governs");
});

test("a pull request that repairs a broken base may land", async () => {
  const repository = await aRepository(gate);
  await repository.commit({ files: { [file]: "version: 1\nphaze: x\n" } });
  const pull = await aPull(gate, repository, {
    [file]: "version: 1\nphase: commitment\n",
  });

  expect(gate.run(pull.headSha).annotations).toEqual([]);
  expect(gate.run(pull.headSha).conclusion).not.toBe("failure");
});

test("an organization's floor holds whatever the repository says", async () => {
  await gate.github.createRepository({
    owner: "strict",
    name: ".github",
    files: {
      [file]:
        "version: 1\nenforce:\n  checks:\n    explicit-cors: block\n  phase:\n    commitment-from: 2026-01-01\n",
    },
  });
  const repository = await gate.github.createRepository({
    owner: "strict",
    name: "shop",
    files: {
      [file]: "version: 1\nphase: exploration\nchecks:\n  explicit-cors: off\n",
      "src/app.ts": "export {};\n",
    },
  });
  const pull = await aPull(gate, repository, openDoor);

  expect(gate.run(pull.headSha)).toMatchObject({ conclusion: "failure" });
  expect(gate.run(pull.headSha).text).toContain("enforced by the organization");
});

test("a suppression that the pull request adds counts once it is merged; then it is listed", async () => {
  const repository = await aRepository(gate);
  const suppressing = `version: 1\nphase: commitment\nsuppress:\n  - rule: explicit-cors/any-origin-with-credentials\n    paths: [src/app.ts]\n    reason: a demo without any data\n    owner: "@dana"\n    until: 2026-08-01\n`;
  const pull = await aPull(gate, repository, {
    ...openDoor,
    [file]: suppressing,
  });
  expect(gate.run(pull.headSha).conclusion).toBe("failure");

  await repository.commit({ files: { [file]: suppressing } });
  const later = await aPull(gate, repository, openDoor);
  expect(gate.run(later.headSha).conclusion).not.toBe("failure");
  expect(gate.run(later.headSha).text).toContain("suppress");

  now = Date.parse("2026-08-02T00:00:00Z");
  const afterwards = await aPull(gate, repository, {
    ...openDoor,
    "src/c.ts": "export {};\n",
  });
  expect(gate.run(afterwards.headSha).conclusion).toBe("failure");
  expect(gate.run(afterwards.headSha).text).toContain("expired on 2026-08-01");
});

test("a comment without owner counts where CODEOWNERS at the base names one", async () => {
  const comment =
    '// vibegate-ignore explicit-cors until=2026-10-01 reason="a demo without any data"\n';
  const app = (flag: string) => ({
    "src/app.ts": `import cors from "cors";\nexport const app = create();\n${comment}app.use(cors({ origin: true, credentials: ${flag} }));\n`,
  });
  const opening = [app("false"), app("true")] as const;
  const [before, after] = opening;

  const ownerless = await aRepository(gate, before);
  const own = { ...after, CODEOWNERS: "* @vera\n" };
  const refused = await aPull(gate, ownerless, own);
  expect(gate.run(refused.headSha).conclusion).toBe("failure");
  expect(gate.run(refused.headSha).text).toContain("It has no owner: add");

  const owners = { CODEOWNERS: "* @dana\n" };
  const owned = await aRepository(gate, { ...before, ...owners });
  const taken = await aPull(gate, owned, after);
  expect(gate.run(taken.headSha).conclusion).not.toBe("failure");
  expect(gate.run(taken.headSha).text).toMatch(
    /by @.dana \(CODEOWNERS\), until 2026-10-01, reason: a demo without any data/,
  );
});

test("a repository without a configuration is told so in one calm line", async () => {
  const repository = await gate.github.createRepository({ name: "bare" });
  const pull = await aPull(gate, repository, openDoor);

  expect(gate.run(pull.headSha).conclusion).toBe("neutral");
  expect(gate.run(pull.headSha).summary).toContain(
    "defaults of the exploration phase",
  );
});
