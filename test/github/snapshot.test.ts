import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Octokit } from "#github/octokit.js";
import { readSnapshot } from "#github/snapshot.js";
import { LocalGitHub } from "#support/local-github/local-github.js";
import type { LocalRepository } from "#support/local-github/world/local-repository.js";
import { codeNeeds, emptyStores, octokitOf, snapshotOf } from "./a-look.js";

let github: LocalGitHub;
let repository: LocalRepository;
let octokit: Octokit;
let stores: Awaited<ReturnType<typeof emptyStores>>;

beforeEach(async () => {
  github = await LocalGitHub.start();
  repository = await github.createRepository({
    owner: "acme",
    name: "shop",
    files: { "a.ts": "1\n2\n3\n", "old.ts": "moved\n", "same.ts": "same\n" },
  });
  octokit = await octokitOf(github);
  stores = await emptyStores();
});

afterEach(async () => {
  await github.stop();
  await stores.remove();
  expect(github.violations).toEqual([]);
});

test("the change is measured from the merge base, with lines of our own", async () => {
  const base = await repository.sha();
  await repository.commit({
    branch: "feature",
    files: { "a.ts": "1\nzwei\n3\n", "new.ts": "moved\n", "b.ts": "x\n" },
    remove: ["old.ts"],
  });
  await repository.commit({ files: { "same.ts": "changed on main\n" } });
  const pull = await repository.openPullRequest({ head: "feature" });

  const snapshot = await snapshotOf(octokit, pull, stores);

  expect(snapshot).toMatchObject({
    repository: "acme/shop",
    scope: "change",
    head: pull.headSha,
    base,
    paths: ["a.ts", "b.ts", "new.ts", "same.ts"],
    gaps: [],
  });
  expect(snapshot.files.map(({ path }) => path)).toEqual([
    "a.ts",
    "b.ts",
    "new.ts",
  ]);
  expect(snapshot.changes).toMatchObject([
    {
      path: "a.ts",
      added: [{ start: 2, end: 2 }],
      before: { text: "1\n2\n3\n" },
    },
    { path: "b.ts", status: "added", added: [{ start: 1, end: 1 }] },
    { path: "new.ts", status: "renamed", previousPath: "old.ts", added: [] },
  ]);
});

test("what came and went within the pull request is seen in its commits", async () => {
  await repository.push(
    [
      { files: { ".env": "KEY=value\n" } },
      { remove: [".env"], files: { "a.ts": "1\n2\n4\n" } },
    ],
    { branch: "feature" },
  );
  const pull = await repository.openPullRequest({ head: "feature" });

  const { commits, changes } = await snapshotOf(octokit, pull, stores);

  expect(changes.map(({ path }) => path)).toEqual(["a.ts"]);
  expect(commits).toMatchObject([
    {
      files: [
        { path: ".env", text: "KEY=value\n", added: [{ start: 1, end: 1 }] },
      ],
    },
    { files: [{ path: "a.ts", added: [{ start: 3, end: 3 }] }] },
  ]);
});

test("many commits are seen in few requests, each as it was", async () => {
  await repository.push(
    Array.from({ length: 40 }, (_, n) => ({
      files: { [`src/deep/${String(n % 7)}.ts`]: `step ${String(n)}\n` },
    })),
    { branch: "feature" },
  );
  const pull = await repository.openPullRequest({ head: "feature" });

  const { commits, gaps } = await snapshotOf(octokit, pull, stores);

  expect(gaps).toEqual([]);
  expect(
    commits.map(({ files }) =>
      files.map(({ path, text }) => `${path} ${text}`),
    ),
  ).toEqual(
    Array.from({ length: 40 }, (_, n) => [
      `src/deep/${String(n % 7)}.ts step ${String(n)}\n`,
    ]),
  );
  expect(github.requests.length).toBeLessThan(20);
});

test("a merge of the base brings none of the base's files into the commits", async () => {
  const first = await repository.commit({
    branch: "feature",
    files: { "a.ts": "1\n" },
  });
  const main = await repository.commit({ files: { "theirs.ts": "theirs\n" } });
  await repository.commit({
    branch: "feature",
    parents: [first, main],
    files: { "theirs.ts": "theirs\n", "merged.ts": "by hand\n" },
  });
  const pull = await repository.openPullRequest({ head: "feature" });

  const { commits } = await snapshotOf(octokit, pull, stores);

  expect(commits.at(-1)?.files.map(({ path }) => path)).toEqual(["merged.ts"]);
});

test("every file that cannot be read is a gap, where a check wants it", async () => {
  await repository.commit({
    branch: "feature",
    files: {
      "binary.ts": Buffer.from([1, 0, 2]),
      "latin.ts": Buffer.from("// caf\xe9\n", "latin1"),
      "wide.ts": Buffer.from("\uFEFFexport {};\n", "utf16le"),
      "lfs.ts": `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 5\n`,
      "link.ts": { symlink: "/etc/passwd" },
      "module.ts": { submodule: "1".repeat(40) },
      "huge.ts": "x".repeat(5_000_001),
      "long.ts": "y".repeat(700_000),
      "picture.png": Buffer.from([1, 0, 2]),
    },
  });
  const pull = await repository.openPullRequest({ head: "feature" });

  const { gaps, files } = await snapshotOf(octokit, pull, stores);

  expect(gaps.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    "binary.ts binary",
    "huge.ts too-large",
    "lfs.ts lfs-pointer",
    "link.ts symlink",
    "module.ts submodule",
  ]);
  expect(files.map(({ path, text }) => [path, text.slice(0, 10)])).toEqual([
    ["latin.ts", "// café\n"],
    ["long.ts", "yyyyyyyyyy"],
    ["wide.ts", "export {};"],
  ]);
});

test("a file that GitHub does not give is a gap, and the others are read", async () => {
  await repository.commit({
    branch: "feature",
    files: { "lost.ts": "L".repeat(600_000), "b.ts": "x\n" },
  });
  const pull = await repository.openPullRequest({ head: "feature" });
  github.fault({
    path: /\/git\/blobs\//,
    status: 404,
    body: { message: "Not Found" },
  });

  const { gaps, files } = await snapshotOf(octokit, pull, stores);

  expect(gaps).toMatchObject([{ path: "lost.ts", kind: "unreadable" }]);
  expect(files.map(({ path }) => path)).toEqual(["b.ts"]);
});

test("a fork's pull request is read through the base repository", async () => {
  const fork = await repository.fork("mallory");
  await fork.commit({ branch: "feature", files: { "a.ts": "1\nfork\n" } });
  const pull = await repository.openPullRequest({
    head: "feature",
    fork,
    author: "mallory",
  });

  const { files } = await snapshotOf(octokit, pull, stores);

  expect(files).toMatchObject([{ path: "a.ts", text: "1\nfork\n" }]);
  expect(
    github.requests.filter(({ path }) => path.includes("mallory")),
  ).toEqual([]);
});

test("a large repository comes as an archive, and what it hides is read by id", async () => {
  await repository.commit({
    branch: "feature",
    files: {
      ".gitattributes": "secret.ts export-ignore\n",
      "secret.ts": "hidden from archives\n",
      ...Object.fromEntries(
        Array.from({ length: 350 }, (_, n) => [
          `src/${String(n)}.ts`,
          `export const n = ${String(n)};\n`,
        ]),
      ),
    },
  });
  const pull = await repository.openPullRequest({ head: "feature" });

  const { files, gaps } = await snapshotOf(octokit, pull, stores);

  expect(gaps).toEqual([]);
  expect(files).toHaveLength(351);
  expect(files.find(({ path }) => path === "secret.ts")?.text).toBe(
    "hidden from archives\n",
  );
  expect(github.requests.length).toBeLessThan(10);
});

test("a commit by itself is judged whole, in its present state", async () => {
  const head = { sha: await repository.sha() };
  const look = { owner: "acme", repo: "shop", head, commits: [] };

  const snapshot = await readSnapshot(
    octokit,
    { ...look, hasAllCommits: true },
    [codeNeeds],
    stores,
  );

  expect(snapshot).toMatchObject({ scope: "repository", changes: [] });
  expect(snapshot.files).toHaveLength(3);
});
