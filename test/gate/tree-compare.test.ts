import { expect, test } from "@jest/globals";
import { compareTrees, type TreeEntry } from "#gate/tree-compare.js";

test("paths of both trees tell what was added, changed and removed", () => {
  const changes = compareTrees(
    [entry("a.ts", "1"), entry("b.ts", "2"), entry("c.ts", "3")],
    [entry("a.ts", "1"), entry("b.ts", "9"), entry("d.ts", "4")],
  );

  expect(changes.map(({ path, status }) => [path, status])).toEqual([
    ["b.ts", "modified"],
    ["c.ts", "removed"],
    ["d.ts", "added"],
  ]);
});

test("the same bytes under another path are one rename", () => {
  const changes = compareTrees([entry("old.ts", "1")], [entry("new.ts", "1")]);

  expect(changes).toEqual([
    {
      path: "new.ts",
      status: "renamed",
      before: entry("old.ts", "1"),
      after: entry("new.ts", "1"),
    },
  ]);
});

test("a second copy of moved bytes is an addition", () => {
  const changes = compareTrees(
    [entry("old.ts", "1")],
    [entry("one.ts", "1"), entry("two.ts", "1")],
  );

  expect(changes.map(({ status }) => status).sort()).toEqual([
    "added",
    "renamed",
  ]);
});

test("empty files never count as moved", () => {
  const empty = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

  const changes = compareTrees([entry("a", empty)], [entry("b", empty)]);

  expect(changes.map(({ status }) => status)).toEqual(["removed", "added"]);
});

test("a file that became a link is a modification, a link never a moved file", () => {
  const link = (path: string): TreeEntry => ({
    ...entry(path, "1"),
    mode: "120000",
  });

  expect(compareTrees([entry("a", "1")], [link("a")])).toMatchObject([
    { status: "modified" },
  ]);
  expect(
    compareTrees([entry("a", "1")], [link("b")]).map(({ status }) => status),
  ).toEqual(["removed", "added"]);
});

test("a path named like a property of objects is a path like others", () => {
  const changes = compareTrees([], [entry("__proto__", "1")]);

  expect(changes).toMatchObject([{ path: "__proto__", status: "added" }]);
});

test("applying the changes to the old tree gives the new one", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const base = randomTree(seed);
    const head = randomTree(seed * 7 + 3);

    const applied = new Map(base.map((one) => [one.path, one]));
    for (const { path, status, before } of compareTrees(base, head)) {
      if (status === "removed") applied.delete(path);
      if (status === "renamed") applied.delete(before!.path);
    }
    for (const { path, after } of compareTrees(base, head))
      if (after) applied.set(path, after);

    const sorted = (tree: Iterable<TreeEntry>) =>
      [...tree].map(({ path, id }) => `${path} ${id}`).sort();
    expect(sorted(applied.values())).toEqual(sorted(head));
  }
});

function entry(path: string, id: string): TreeEntry {
  return { path, id, mode: "100644", size: 1 };
}

function randomTree(seed: number): TreeEntry[] {
  return Array.from({ length: 12 }, (_, index) => index)
    .filter((index) => (seed >> (index % 8)) % 2 === 0)
    .map((index) => entry(`file-${String(index)}`, String((seed + index) % 5)));
}
