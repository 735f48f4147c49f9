import { expect, test } from "@jest/globals";
import nock from "nock";
import type { TreeEntry } from "#gate/tree-compare.js";
import { compareByFolders } from "#github/folder-walk.js";
import type { TreeStore } from "#github/tree-store.js";
import { readTree } from "#github/trees.js";
import { anOctokit, answerQueries, api, onlyNock } from "./an-octokit.js";

const repository = { owner: "shop", repo: "web" };

onlyNock();

test("a tree is listed with one request, and never again", async () => {
  const whole = serveTree("root", true, [
    file("a.ts"),
    { ...file("src"), type: "tree", mode: "040000" },
    file("src/b.ts"),
    { path: "lib", mode: "160000", type: "commit", sha: "lib-id" },
  ]);
  const store = aStore();

  const tree = await readTree(anOctokit(), repository, "root", store);
  await readTree(anOctokit(), repository, "root", store);

  expect(tree).toEqual({
    entries: [
      entry("a.ts"),
      entry("src/b.ts"),
      { path: "lib", mode: "160000", id: "lib-id" },
    ],
    gaps: [],
  });
  expect(whole.isDone()).toBe(true);
});

test("a tree that is cut is listed folder by folder", async () => {
  const folder = { path: "src", mode: "040000", type: "tree", sha: "src-id" };
  serveTree("root", true, [file("a.ts")], true);
  serveTree("root", false, [file("a.ts"), folder]);
  serveTree("src-id", true, [file("b.ts"), file("deep/c.ts")]);

  const tree = await readTree(anOctokit(), repository, "root", aStore());

  expect(tree.entries.map(({ path }) => path)).toEqual([
    "a.ts",
    "src/b.ts",
    "src/deep/c.ts",
  ]);
  expect(tree.gaps).toEqual([]);
});

test("a folder that is cut by itself is a gap, and its tree is not kept", async () => {
  serveTree("root", true, [file("a.ts")], true);
  serveTree("root", false, [file("a.ts")], true);
  const store = aStore();

  const tree = await readTree(anOctokit(), repository, "root", store);

  expect(tree.gaps).toMatchObject([{ path: "", kind: "truncated" }]);
  expect(await store.get("root")).toBeUndefined();
});

test("many commits are compared by their folders that differ", async () => {
  const id = (name: string) => name.padEnd(40, "0");
  const listings: Record<string, unknown[]> = {
    [id("a1")]: [
      folder("src", id("b1")),
      folder("docs", id("d1")),
      blob("x", "1"),
    ],
    [id("a2")]: [
      folder("src", id("b2")),
      folder("docs", id("d1")),
      blob("x", "1"),
    ],
    [id("a3")]: [folder("src", id("b2")), blob("docs", "9"), blob("x", "2")],
    [id("b1")]: [blob("one.ts", "3")],
    [id("b2")]: [blob("one.ts", "3"), blob("two.ts", "4")],
    [id("d1")]: [blob("read.md", "5")],
  };
  const queries = answerQueries((query) => {
    const found = [...query.matchAll(/(folder\d+): object\(oid: "(\w+)"\)/g)];
    const fields = found.map(([, alias, oid]) => [
      alias,
      { entries: listings[oid!] },
    ]);
    return {
      body: { data: { repository: Object.fromEntries(fields) as unknown } },
    };
  });

  const { commits, gaps } = await compareByFolders(anOctokit(), repository, [
    { sha: "c1", before: id("a1"), after: id("a2") },
    { sha: "c2", before: id("a2"), after: id("a3") },
  ]);

  expect(gaps).toEqual([]);
  expect(
    commits.map(({ changes }) =>
      changes.map(({ path, status }) => `${status} ${path}`),
    ),
  ).toEqual([
    ["added src/two.ts"],
    ["added docs", "removed docs/read.md", "modified x"],
  ]);
  expect(commits[0]?.changes[0]?.after).toEqual({
    ...{ path: "src/two.ts", mode: "100644", id: "4", size: 1 },
  });
  expect(queries.count()).toBe(2);

  function folder(name: string, oid: string) {
    return { name, oid, mode: 0o040000, type: "tree", size: 0 };
  }
  function blob(name: string, oid: string) {
    return { name, oid, mode: 0o100644, type: "blob", size: 1 };
  }
});

test("a folder that cannot be listed is a gap of the change", async () => {
  answerQueries(() => ({ status: 502, body: "" }));

  const { gaps } = await compareByFolders(anOctokit(), repository, [
    { sha: "c1".repeat(20), before: "a".repeat(40), after: "b".repeat(40) },
  ]);

  expect(gaps).toMatchObject([{ path: "", kind: "truncated" }, {}]);
});

function file(path: string) {
  return { path, mode: "100644", type: "blob", sha: `${path}-id`, size: 3 };
}

function entry(path: string): TreeEntry {
  return { path, mode: "100644", id: `${path}-id`, size: 3 };
}

function serveTree(
  id: string,
  recursive: boolean,
  tree: readonly unknown[],
  truncated = false,
) {
  return nock(api)
    .get(`/repos/shop/web/git/trees/${id}`)
    .query(recursive ? { recursive: "1" } : {})
    .reply(200, { sha: id, truncated, tree });
}

function aStore(): TreeStore {
  const kept = new Map<string, readonly TreeEntry[]>();
  return {
    get: (id) => Promise.resolve(kept.get(id)),
    put: (id, entries) => {
      kept.set(id, entries);
      return Promise.resolve();
    },
  };
}
