import { expect, test } from "@jest/globals";
import { assembleSnapshot } from "#gate/assemble-snapshot.js";
import type { Needs } from "#gate/check.js";
import { decodeText } from "#gate/decode-text.js";
import { planReads } from "#gate/read-plan.js";
import type { Snapshot } from "#gate/snapshot.js";
import { compareTrees, type TreeEntry } from "#gate/tree-compare.js";
import { wantedBy } from "#gate/wanted.js";

type Files = Readonly<Record<string, string>>;

const changedCode: Needs = { files: ["**/*.ts"], scope: "changed" };

test("a check of changed files sees those only, with their old text and lines", () => {
  const snapshot = snapshotOf({
    base: { "a.ts": "one\ntwo\n", "b.ts": "same\n" },
    head: { "a.ts": "one\n2\n", "b.ts": "same\n" },
  });

  expect(snapshot.files.map(({ path }) => path)).toEqual(["a.ts"]);
  expect(snapshot.paths).toEqual(["a.ts", "b.ts"]);
  expect(snapshot.changes).toMatchObject([
    {
      path: "a.ts",
      status: "modified",
      before: { text: "one\ntwo\n" },
      added: [{ start: 2, end: 2 }],
      removed: [{ start: 2, end: 2 }],
    },
  ]);
});

test("a check of the repository sees every file that its globs name", () => {
  const snapshot = snapshotOf({
    needs: [{ files: ["**/*.ts"], scope: "repository" }],
    base: { "a.ts": "a", "b.ts": "b", "c.md": "c" },
    head: { "a.ts": "a", "b.ts": "b", "c.md": "d" },
  });

  expect(snapshot.files.map(({ path }) => path)).toEqual(["a.ts", "b.ts"]);
  expect(snapshot.changes.map(({ path }) => path)).toEqual(["c.md"]);
});

test("a removed file keeps its text; nothing of it is added", () => {
  const [change] = snapshotOf({ base: { "a.ts": "x\n" }, head: {} }).changes;

  expect(change).toMatchObject({
    status: "removed",
    before: { text: "x\n" },
    added: [],
    removed: [{ start: 1, end: 1 }],
  });
});

test("a moved file names where it came from and changed no line", () => {
  const { changes, files } = snapshotOf({
    base: { "old.ts": "x\n" },
    head: { "new.ts": "x\n" },
  });

  expect(changes).toMatchObject([
    { path: "new.ts", previousPath: "old.ts", added: [], removed: [] },
  ]);
  expect(files.map(({ path }) => path)).toEqual(["new.ts"]);
});

test.each([
  ["symlink", { mode: "120000" }],
  ["submodule", { mode: "160000" }],
  ["too-large", { size: 6_000_000 }],
])("a wanted %s is a gap, not a file", (kind, extra) => {
  const snapshot = snapshotOf({
    base: {},
    head: { "a.ts": "elsewhere", "b.png": "elsewhere" },
    extra,
  });

  expect(snapshot.files).toEqual([]);
  expect(snapshot.gaps).toMatchObject([{ path: "a.ts", kind }]);
});

test("binary content and content that never came are gaps", () => {
  const snapshot = snapshotOf({
    base: {},
    head: { "a.ts": "a\0b", "b.ts": "lost" },
    lost: ["lost"],
  });

  expect(snapshot.gaps).toMatchObject([
    { path: "a.ts", kind: "binary" },
    { path: "b.ts", kind: "unreadable" },
  ]);
});

test("where the old text cannot be read, every line counts as added", () => {
  const snapshot = snapshotOf({
    base: { "a.ts": "lost" },
    head: { "a.ts": "one\ntwo\n" },
    lost: ["lost"],
  });

  expect(snapshot.changes).toMatchObject([{ added: [{ start: 1, end: 2 }] }]);
  expect(snapshot.gaps).toMatchObject([{ path: "a.ts", kind: "unreadable" }]);
});

test("commits show what they wrote and the head no longer has, not what the base had", () => {
  const snapshot = snapshotOf({
    needs: [{ ...changedCode, commits: true }],
    base: { "a.ts": "1\n" },
    steps: [{ "a.ts": "1\n2\n", "from-base.ts": "1\n" }, { "a.ts": "1\n" }],
    head: { "a.ts": "1\n" },
  });

  expect(snapshot.commits).toMatchObject([
    {
      files: [{ path: "a.ts", text: "1\n2\n", added: [{ start: 2, end: 2 }] }],
    },
    { files: [] },
  ]);
  expect(snapshot.files).toEqual([]);
});

test("the snapshot is frozen down to its leaves", () => {
  const snapshot = snapshotOf({ base: {}, head: { "a.ts": "x" } });

  expect(Object.isFrozen(snapshot.files[0])).toBe(true);
  expect(Object.isFrozen(snapshot.changes[0]?.added)).toBe(true);
});

interface Case {
  readonly needs?: readonly Needs[];
  readonly base: Files;
  readonly head: Files;
  readonly steps?: readonly Files[];
  readonly extra?: Partial<TreeEntry>;
  readonly lost?: readonly string[];
}

/** The content stands in as its own id. */
function snapshotOf(given: Case): Snapshot {
  const { needs = [changedCode], base, head, steps = [], extra } = given;
  const tree = (files: Files): TreeEntry[] =>
    Object.entries(files).map(([path, text]) => ({
      ...{ path, id: text, mode: "100644", size: text.length },
      ...extra,
    }));
  const states = [base, ...steps].map(tree);
  const trees = {
    base: tree(base),
    head: tree(head),
    commits: states.slice(1).map((state, index) => ({
      sha: String(index),
      changes: compareTrees(states[index]!, state),
    })),
  };
  const plan = planReads(trees, wantedBy(needs));
  return assembleSnapshot(
    {
      takenAt: "2026-06-01T00:00:00Z",
      repository: "shop/web",
      scope: "change",
      hasHistory: true,
    },
    {
      plan,
      paths: trees.head.map(({ path }) => path),
      gaps: [],
      textOf: (id) =>
        given.lost?.includes(id) ? undefined : decodeText(Buffer.from(id)),
    },
  );
}
