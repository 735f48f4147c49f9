import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "@jest/globals";

const bin = fileURLToPath(new URL("../../../bin/vibegate.js", import.meta.url));
const run = promisify(execFile);
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "replay-"));
});

const stories = `
defaults:
  people:
    ada: {id: 1, type: User, permission: write}
    ben: {id: 2, type: User, permission: write}
  config: {valid: true, phase: commitment}
  pr: {number: 3, author: ada, base: main}
scenarios:
- id: one
  anything: else
  timeline:
  - open: {by: ada, sha: a1, commits: [{sha: a1, author: ada}], files: [{path: a.sql, status: added, diff: d, touches: [data]}]}
  - check: {decision: pending, reason: no-approval}
  - review: {id: 1, by: ben, state: APPROVED, on: a1}
  - wind: {from: north}
- id: two
  config: {phase: exploration}
  timeline:
  - open: {by: ada, sha: a1, commits: [{sha: a1, author: ada}], files: [{path: a.sql, status: added, diff: d, touches: [data]}]}
classification_cases:
- {id: c1, status: added, path: db/a.sql, head: "select 1\\n", expect: [data]}
- {id: c2, status: renamed, path: a.ts, was: src/auth/a.ts, expect: [auth]}
- {id: c3, status: modified, path: a.md, base: "a\\n", head: "b\\n", expect: []}
`;

test("the answers come in the order of the file, with every check's", async () => {
  const { stdout } = await replay(stories, "--format", "json");

  expect(JSON.parse(stdout)).toEqual({
    scenarios: [
      {
        ...{ id: "one", decision: "satisfied", reason: "approved" },
        enforcement: "blocking",
        checks: [{ decision: "pending", reason: "no-approval" }],
      },
      {
        ...{ id: "two", decision: "pending", reason: "no-approval" },
        ...{ enforcement: "advisory", checks: [] },
      },
    ],
    classification: [
      { id: "c1", categories: ["data"] },
      { id: "c2", categories: ["auth"] },
      { id: "c3", categories: [] },
    ],
  });
});

test("people read why each review counts and who built it", async () => {
  const { stdout } = await replay(stories);

  expect(stdout).toContain("one: satisfied, approved (blocking)\n");
  expect(stdout).toContain("  review 1 by ben: Approved this diff.\n");
  expect(stdout).toContain("  builder ada: ");
});

test.each([
  ["no YAML", "a: [", "The file is no valid YAML: "],
  ["no scenarios", "a: 1", 'The file has neither "scenarios" nor'],
])(
  "a file that is %s is a mistake of usage, in one sentence",
  async (_, text, sentence) => {
    const failure = await replay(text).catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 2, stdout: "" });
    const { stderr } = failure as { readonly stderr: string };
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  },
);

test("a file that is not there is a mistake of usage", async () => {
  const failure = await run(process.execPath, [
    bin,
    "replay",
    join(folder, "none.yml"),
  ]).catch((error: unknown) => error);

  expect(failure).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("cannot read the file"),
  });
});

async function replay(text: string, ...options: readonly string[]) {
  const file = join(folder, "stories.yml");
  await writeFile(file, text);
  return run(process.execPath, [bin, "replay", file, ...options]);
}
