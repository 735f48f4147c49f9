import { rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { Needs } from "#gate/check.js";
import {
  LocalRepository,
  removeTemporaryFolders,
  temporaryFolder,
} from "#support/local-repository.js";
import { readChange } from "#worktree/read-snapshot.js";
import { ReadingError } from "#worktree/reading-error.js";

afterAll(removeTemporaryFolders);

const code: Needs = { files: ["**/*.ts"], scope: "changed", commits: true };

describe("what a change is", () => {
  test("it is measured from the merge base, not from where the base branch stands now", async () => {
    const repository = new LocalRepository();
    const start = repository.commit({ "a.ts": "1\n", "b.ts": "1\n" });
    repository.git("checkout", "-q", "-b", "feature");
    const head = repository.commit({ "a.ts": "1\n2\n" });
    repository.git("checkout", "-q", "main");
    repository.commit({ "b.ts": "other\n" });

    const snapshot = await read(repository, { base: "main", head: "feature" });

    expect(snapshot).toMatchObject({ scope: "change", base: start, head });
    expect(snapshot.changes).toMatchObject([
      { path: "a.ts", status: "modified", added: [{ start: 2, end: 2 }] },
    ]);
  });

  test("each commit is seen, also what a later one took away", async () => {
    const repository = branched();
    const first = repository.commit({ "a.ts": "secret\n" });
    const second = repository.commit({ "a.ts": "clean\n" });

    const snapshot = await read(repository, { base: "main" });

    expect(snapshot.commits).toMatchObject([
      {
        sha: first,
        files: [
          { path: "a.ts", text: "secret\n", added: [{ start: 1, end: 1 }] },
        ],
      },
      { sha: second, files: [{ path: "a.ts", text: "clean\n" }] },
    ]);
  });

  test("a merge of the base brings nothing of its own, except what stands in neither side", async () => {
    const repository = branched();
    repository.commit({ "a.ts": "mine\n" });
    repository.git("checkout", "-q", "main");
    repository.commit({ "b.ts": "theirs\n" });
    repository.git("checkout", "-q", "feature");
    repository.git("merge", "-q", "--no-commit", "main");
    const merge = repository.commit({ "evil.ts": "hidden\n" });

    const snapshot = await read(repository, { base: "main" });

    const merged = snapshot.commits.find(({ sha }) => sha === merge);
    expect(merged?.files.map(({ path }) => path)).toEqual(["evil.ts"]);
  });

  test("branches without a common ancestor: everything is new", async () => {
    const repository = branched();
    repository.git("checkout", "-q", "--orphan", "island");
    repository.commit({ "b.ts": "new\n" });

    const snapshot = await read(repository, { base: "main", head: "island" });

    expect(snapshot.base).toBeUndefined();
    expect(snapshot.changes.map(({ path }) => path)).toContain("b.ts");
  });
});

describe("the work tree", () => {
  test("counts when no head is named: edits, new files, deletions, but nothing ignored", async () => {
    const repository = branched();
    repository.commit({
      ".gitignore": "ignored.ts\n",
      "edit.ts": "1\n",
      "gone.ts": "1\n",
      "staged.ts": "1\n",
    });
    repository.write({
      "edit.ts": "2\n",
      "new.ts": "new\n",
      "ignored.ts": "1\n",
    });
    repository.write({ "staged.ts": "2\n" }).git("add", "staged.ts");
    unlinkSync(join(repository.folder, "gone.ts"));

    const snapshot = await read(repository, { base: "HEAD" });

    expect(snapshot.head).toBeUndefined();
    expect(snapshot.changes.map(({ path, status }) => [path, status])).toEqual([
      ["edit.ts", "modified"],
      ["gone.ts", "removed"],
      ["new.ts", "added"],
      ["staged.ts", "modified"],
    ]);
  });

  test("is left alone when a head is named", async () => {
    const repository = branched();
    const head = repository.commit({ "a.ts": "1\n" });
    repository.write({ "a.ts": "2\n" });

    const snapshot = await read(repository, { base: "main", head: "HEAD" });

    expect(snapshot.head).toBe(head);
    expect(snapshot.files).toMatchObject([{ text: "1\n" }]);
  });

  test("line ends that a checkout converted are no change", async () => {
    const repository = branched();
    repository.commit({ "a.ts": "one\ntwo\n" });
    repository.write({ "a.ts": "one\r\ntwo\r\n" });

    const snapshot = await read(repository, { base: "HEAD" });

    expect(snapshot.changes).toEqual([]);
  });

  test("the file that Git LFS put where the commit has a pointer is no change", async () => {
    const repository = branched();
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 4000\n`;
    repository.commit({ "a.ts": pointer });
    repository.write({ "a.ts": "x".repeat(4_000) });

    const snapshot = await read(repository, { base: "HEAD" });

    expect(snapshot.changes).toEqual([]);
  });

  test("files that a sparse checkout leaves out are not deleted", async () => {
    const repository = branched();
    repository.commit({ "in/a.ts": "1\n", "out/b.ts": "1\n" });
    repository.git("sparse-checkout", "set", "in");

    const snapshot = await read(repository, { base: "HEAD" });

    expect(snapshot.changes).toEqual([]);
    expect(snapshot.paths).toContain("out/b.ts");
  });

  test("a folder that became a link out of the repository is not entered", async () => {
    const repository = branched();
    repository.commit({ "lib/a.ts": "inside\n" });
    const outside = temporaryFolder();
    writeFileSync(join(outside, "a.ts"), "outside\n");
    rmSync(join(repository.folder, "lib"), { recursive: true });
    symlinkSync(outside, join(repository.folder, "lib"));

    const snapshot = await read(repository, {
      base: "HEAD",
      needs: { ...code, files: ["**"] },
    });

    expect(snapshot.files).toEqual([]);
    expect(snapshot.gaps).toMatchObject([
      {
        path: "lib",
        kind: "symlink",
        because: expect.stringMatching(/out of/),
      },
    ]);
  });

  test("a second work tree of a repository is one too", async () => {
    const repository = branched();
    const second = join(temporaryFolder(), "second");
    repository.git("worktree", "add", "-q", second, "-b", "other");
    writeFileSync(join(second, "b.ts"), "1\n");

    const snapshot = await readChange({
      path: second,
      ...common,
      base: "main",
    });

    expect(snapshot.files).toMatchObject([{ path: "b.ts" }]);
  });
});

describe("a folder of a repository", () => {
  test("is judged alone, and paths start there", async () => {
    const repository = branched();
    repository.commit({ "web/src/a.ts": "1\n", "api/b.ts": "1\n" });
    const path = join(repository.folder, "web");

    const snapshot = await readChange({ path, ...common, base: "main" });

    expect(snapshot.files.map((file) => file.path)).toEqual(["src/a.ts"]);
    expect(snapshot.commits[0]?.files.map((file) => file.path)).toEqual([
      "src/a.ts",
    ]);
  });
});

describe("what cannot be asked is refused in one sentence", () => {
  test.each([
    ["--upload-pack=touch x", /no name of a commit/],
    ["nowhere", /no commit "nowhere"/],
    ["main\n--all", /no name of a commit/],
    ["", /no name of a commit/],
  ])("the base %j", async (base, sentence) => {
    const reading = read(branched(), { base });

    await expect(reading).rejects.toThrow(ReadingError);
    await expect(reading).rejects.toThrow(sentence);
  });

  test("a plain folder has no change", async () => {
    const path = temporaryFolder();

    const reading = readChange({ path, ...common, base: "main" });

    await expect(reading).rejects.toThrow(/no git repository/);
  });

  test("a clone too shallow to see where the change began", async () => {
    const repository = branched();
    repository.commit({ "a.ts": "1\n" });
    const path = temporaryFolder();
    const from = `file://${repository.folder}`;
    repository.git(
      "clone",
      "-q",
      "--depth=1",
      "--no-single-branch",
      from,
      path,
    );

    const reading = readChange({ path, ...common, base: "origin/main" });

    await expect(reading).rejects.toThrow(/too shallow/);
  });
});

const common = { needs: [code], takenAt: "2026-06-01T00:00:00Z" };

/** A repository on a branch of its own, still level with the main one. */
function branched(): LocalRepository {
  const repository = new LocalRepository();
  repository.commit({ "readme.md": "hello\n" });
  repository.git("checkout", "-q", "-b", "feature");
  return repository;
}

function read(
  { folder: path }: LocalRepository,
  { needs = code, ...range }: { base: string; head?: string; needs?: Needs },
) {
  return readChange({ path, ...common, needs: [needs], ...range });
}
