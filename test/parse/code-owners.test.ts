import { expect, test } from "@jest/globals";
import { parseCodeOwners } from "#parse/code-owners.js";

test.each([
  ["*", "a/b.ts"],
  ["*.js", "a/b.js"],
  ["*.js", "b.js"],
  ["/*", "a.ts"],
  ["/build/logs/", "build/logs/a/b.txt"],
  ["docs/*", "docs/a.md"],
  ["apps/", "a/apps/b/c.ts"],
  ["apps/", "apps/c.ts"],
  ["/apps/", "apps/c.ts"],
  ["/docs", "docs/a/b.md"],
  ["docs", "a/docs/b.md"],
  ["docs", "a/docs"],
  ["**/logs", "deep/er/logs/a"],
  ["**/logs", "logs"],
  ["a/**", "a/b/c"],
  ["a/**/b", "a/b"],
  ["a/**/b", "a/x/y/b/c"],
  ["/a/b", "a/b/c/d"],
  ["a/b", "a/b"],
  ["f?o.ts", "foo.ts"],
  ["a*c/", "abc/d"],
  ["with\\ blank/", "with blank/a"],
  ["\\#tag", "#tag"],
  ["{a}", "{a}"],
  ["src/**/*.ts", "src/a.ts"],
])("%s takes %s", (pattern, path) => {
  expect(parseCodeOwners(`${pattern} @ada`).ownersOf(path)).toEqual(["@ada"]);
});

test.each([
  ["*.js", "b.jsx"],
  ["/*", "a/b.ts"],
  ["/build/logs/", "a/build/logs/b"],
  ["docs/*", "docs/a/b.md"],
  ["/apps/", "a/apps/b"],
  ["apps/", "apps"],
  ["a/b", "x/a/b"],
  ["f?o.ts", "f/o.ts"],
  ["Docs", "docs/a"],
  ["a/**", "b/a/c"],
  ["!a", "a"],
  ["[ab].ts", "a.ts"],
])("%s leaves %s", (pattern, path) => {
  expect(parseCodeOwners(`${pattern} @ada`).ownersOf(path)).toEqual([]);
});

test("the last line that takes a path decides, also when it names nobody", () => {
  const owners = parseCodeOwners(
    "# who owns what\n* @ada\nsrc/ @acme/core ben@example.com # both\r\nsrc/open/\n",
  );

  expect(owners.ownersOf("a.md")).toEqual(["@ada"]);
  expect(owners.ownersOf("src/a.ts")).toEqual([
    "@acme/core",
    "ben@example.com",
  ]);
  expect(owners.ownersOf("src/open/a.ts")).toEqual([]);
});

test("a line that GitHub would skip is skipped", () => {
  const owners = parseCodeOwners("* @ada\n*.ts somebody\n[Section] @ben\n");

  expect(owners.ownersOf("a.ts")).toEqual(["@ada"]);
});
