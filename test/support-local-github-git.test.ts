import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  type CommitPlan,
  importCommit,
} from "#support/local-github/git/commit-writer.js";
import { parseChanges } from "#support/local-github/git/diff.js";
import { GitRepository } from "#support/local-github/git/git-repository.js";
import { parseTreeListing } from "#support/local-github/git/parse-objects.js";

/** What the local GitHub does by itself, and what git does: both must come to the same. */
let folder: string;
let ours: GitRepository;
let theirs: GitRepository;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "local-git-"));
  ours = await GitRepository.create(join(folder, "ours.git"), "main");
  theirs = await GitRepository.create(join(folder, "theirs.git"), "main");
});

afterAll(async () => {
  ours.close();
  theirs.close();
  await rm(folder, { recursive: true });
});

const at = new Date("2026-01-01T00:00:00Z");
const ada = { name: "Ada", email: "ada@example.com", at };

function plan(change: Partial<CommitPlan>): CommitPlan {
  return {
    ...{ ref: "refs/heads/main", parents: [], author: ada, committer: ada },
    ...{ message: "Change the app", files: {}, remove: [] },
    ...change,
  };
}

/** Writes it in both ways. */
async function written(change: Partial<CommitPlan>): Promise<string> {
  const id = await ours.write(plan(change));
  expect(id).toBe(await importCommit(theirs.folder, plan(change)));
  return id;
}

const text = async (...args: readonly string[]) =>
  (await theirs.git(args)).toString("utf8").trim();

describe("a commit that is written without git", () => {
  let first: string;

  beforeAll(async () => {
    first = await written({
      files: {
        "a.ts": "one\n",
        "a/b.ts": "two\n",
        "a/c/d.ts": Buffer.from([1, 0, 255]),
        "a-b.ts": "",
        "ü ∞.md": "three",
        run: { text: "#!/bin/sh\n", executable: true },
        link: { symlink: "a/b.ts" },
        module: { submodule: "1".repeat(40) },
      },
      message: "Many\n\nCo-authored-by: Ben <ben@example.com>\n",
    });
  });

  test.each<[string, Partial<CommitPlan>]>([
    ["changes a file deep below", { files: { "a/c/d.ts": "text\n" } }],
    ["takes a file away, and its folder with it", { remove: ["a/c/d.ts"] }],
    ["takes a folder away", { remove: ["a"] }],
    ["takes away what is not there", { remove: ["no/such.ts", "a.ts/x"] }],
    ["takes everything away", { emptyFirst: true }],
    ["puts a file where a folder was", { files: { a: "file\n" } }],
    ["puts a folder where a file was", { files: { "a.ts/b.ts": "x\n" } }],
    [
      "takes away and puts back",
      { remove: ["a"], files: { "a/new.ts": "x\n" } },
    ],
    ["starts afresh", { emptyFirst: true, files: { "b.ts": "x\n" } }],
    ["has odd names", { files: { "a b/c\\d.ts": "x\n", '"q".ts': "y\n" } }],
    ["has odd people", { author: { name: "", email: "<x>", at } }],
    ["has no message", { message: "" }],
    [
      "has many files",
      {
        files: Object.fromEntries(
          Array.from({ length: 150 }, (_, n) => [`n/${String(n)}.ts`, "x\n"]),
        ),
      },
    ],
  ])("that %s is git's", async (_what, change) => {
    await written({ parents: [first], ...change });
  });

  test("is in order for git", async () => {
    await ours.git(["fsck", "--strict", "--no-dangling"]);
  });
});

describe("a history that is read without git", () => {
  const ids: string[] = [];

  beforeAll(async () => {
    const parents = [[], [0], [1], [1], [3], [2, 4], [5], []];
    for (const [n, of] of parents.entries())
      ids.push(
        await written({
          ref: `refs/heads/b${String(n)}`,
          parents: of.map((one) => ids[one]!),
          files: { [`f/${String(n % 5)}.ts`]: `${String(n)}\n`.repeat(n + 1) },
          remove: n === 4 ? ["f/0.ts"] : [],
        }),
      );
  });

  const pairs = [
    ...[
      [0, 0],
      [0, 6],
      [6, 0],
      [2, 3],
      [3, 2],
      [2, 4],
      [4, 6],
      [5, 6],
    ],
    ...[
      [1, 5],
      [5, 1],
      [3, 5],
      [7, 6],
      [6, 7],
      [0, 4],
    ],
  ];

  test("met where git says", async () => {
    for (const [one = 0, other = 0] of pairs) {
      const said = await text("merge-base", ids[one]!, ids[other]!).catch(
        () => undefined,
      );
      expect(await ours.mergeBase(ids[one]!, ids[other]!)).toBe(said);
    }
  });

  test("has the commits that git lists", async () => {
    for (const [one = 0, other = 0] of pairs) {
      const range = `${ids[one]!}..${ids[other]!}`;
      const said = await text("rev-list", "--topo-order", "--reverse", range);
      expect(await ours.commitsBetween(ids[one]!, ids[other]!)).toEqual(
        said.split("\n").filter(Boolean),
      );
    }
  });

  test("differs as git says", async () => {
    const formats = "-r -M -z --raw --no-abbrev --numstat -p --full-index";
    for (const [one = 0, other = 0] of pairs) {
      const said = await theirs.git([
        ...["diff-tree", ...formats.split(" ")],
        ...[ids[one]!, ids[other]!],
      ]);
      expect(await ours.diff(ids[one]!, ids[other]!)).toEqual(
        parseChanges(said),
      );
    }
  });

  test("has the trees and names that git lists", async () => {
    for (const id of ids) {
      const tree = (await ours.read(`${id}^{tree}`))!.oid;
      expect(tree).toBe(await text("rev-parse", `${id}^{tree}`));
      for (const deep of [true, false])
        expect(await ours.listTree(tree, deep)).toEqual(
          parseTreeListing(
            await theirs.git([
              "ls-tree",
              "-z",
              "-l",
              ...(deep ? ["-r", "-t"] : []),
              tree,
            ]),
          ),
        );
    }
    const format = "--format=%(objectname) %(refname)";
    const said = await text("for-each-ref", format, "refs/heads/");
    expect(
      ours.refs("refs/heads/").map(({ name, oid }) => `${oid} ${name}`),
    ).toEqual(said.split("\n"));
  });

  test.each([
    ...["b6", "refs/heads/b6", "heads/b6", "b6^{tree}", "b6^{commit}"],
    ...["b6:f", "b6:f/1.ts", "b6:", "b6:f/1.ts/x", "b6:none", "b6:f/"],
    ...["refs/heads/none", "none", "b6~1", "b6^", "b6^{blob}", "b6^{}", "HEAD"],
    ...["../ours.git/HEAD", "b6:f/../f", "b6:b6:f"],
  ])("answers %j as git does", async (expression) => {
    const [one, other] = [ours, theirs].map((git) => git.read(expression));
    const said = await theirs
      .git(["rev-parse", "--verify", "-q", expression])
      .catch(() => undefined);

    expect((await one)?.oid).toBe(said?.toString("utf8").trim());
    expect(await one).toEqual(await other);
  });
});
