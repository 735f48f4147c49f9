import { expect, test } from "@jest/globals";
import type { SourceFile } from "#gate/snapshot.js";
import { buildProject } from "#model/build-project.js";
import { resolveConstant, resolveExport } from "#model/constants.js";
import { moduleEdges, reachableFrom } from "#model/module-edges.js";
import { resolveImport } from "#model/module-graph.js";
import type { Project } from "#model/project.js";

function aProject(texts: Readonly<Record<string, string>>): Project {
  const files = Object.entries(texts).map(([path, text]): SourceFile => ({
    path,
    text,
    blobId: `${path}:${text}`,
  }));
  return buildProject(
    {
      takenAt: "2026-06-01T00:00:00Z",
      repository: "acme/app",
      scope: "repository",
      paths: files.map((file) => file.path),
      files,
      changes: [],
      commits: [],
      gaps: [],
      hasHistory: false,
    },
    { checks: [] },
  );
}

function empty(...paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, ""]));
}

test.each([
  ["./b", "src/b.ts"],
  ["./b.js", "src/b.ts"],
  ["./view.jsx", "src/view.tsx"],
  ["./lib", "src/lib/index.ts"],
  [".", "src/index.ts"],
  ["../root.mjs", "root.mjs"],
  ["./b?raw", "src/b.ts"],
  ["../../outside", undefined],
  ["./missing", undefined],
  ["express", undefined],
])("%s, seen from src/a.ts, is %s", (specifier, expected) => {
  const project = aProject(
    empty(
      "src/a.ts",
      "src/b.ts",
      "src/view.tsx",
      "src/lib/index.ts",
      "src/index.ts",
      "root.mjs",
    ),
  );

  expect(resolveImport(project, "src/a.ts", specifier)).toBe(expected);
});

test("aliases come from the nearest tsconfig, with comments and trailing commas", () => {
  const project = aProject({
    ...empty(
      "apps/web/source/lib/cors.ts",
      "apps/web/only.ts",
      "apps/web/page.ts",
    ),
    "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./wrong/*"] } } }`,
    "apps/web/tsconfig.json": `{
      // where things are
      "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./source/*",], "#one": ["only.ts"] } },
    }`,
  });

  expect(resolveImport(project, "apps/web/page.ts", "@/lib/cors")).toBe(
    "apps/web/source/lib/cors.ts",
  );
  expect(resolveImport(project, "apps/web/page.ts", "#one")).toBe(
    "apps/web/only.ts",
  );
  expect(resolveImport(project, "apps/web/page.ts", "only")).toBe(
    "apps/web/only.ts",
  );
});

test.each([
  ["extends", `{ "extends": "./tsconfig.base.json" }`, "tsconfig.base.json"],
  [
    "references",
    `{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }`,
    "tsconfig.app.json",
  ],
])("aliases are found through %s", (_way, text, related) => {
  const project = aProject({
    ...empty("code/a.ts", "main.ts"),
    "tsconfig.json": text,
    [related]: `{ "compilerOptions": { "paths": { "~code/*": ["./code/*"] } } }`,
  });

  expect(resolveImport(project, "main.ts", "~code/a")).toBe("code/a.ts");
});

test("two configurations that extend each other end", () => {
  const project = aProject({
    ...empty("a.ts"),
    "tsconfig.json": `{ "extends": "./tsconfig.base.json" }`,
    "tsconfig.base.json": `{ "extends": "./tsconfig.json" }`,
  });

  expect(resolveImport(project, "a.ts", "b")).toBeUndefined();
});

test("a template's customary root is found where no configuration names it", () => {
  const project = aProject(empty("web/src/lib/api.ts", "web/src/page.ts"));

  expect(resolveImport(project, "web/src/page.ts", "@/lib/api")).toBe(
    "web/src/lib/api.ts",
  );
});

test("import maps of Deno and of package.json are followed", () => {
  const project = aProject({
    ...empty("supabase/functions/_shared/cors.ts", "src/env.ts"),
    "supabase/functions/deno.json": `{ "imports": { "shared/": "./_shared/", "zod": "npm:zod" } }`,
    "package.json": `{ "imports": { "#src/*": { "default": "./src/*" } } }`,
  });

  expect(
    resolveImport(
      project,
      "supabase/functions/chat/index.ts",
      "shared/cors.ts",
    ),
  ).toBe("supabase/functions/_shared/cors.ts");
  expect(resolveImport(project, "src/main.ts", "#src/env.js")).toBe(
    "src/env.ts",
  );
});

test.each([
  [
    `{ "name": "@acme/api", "main": "./dist/index.js" }`,
    "@acme/api",
    "packages/api/src/index.ts",
  ],
  [
    `{ "name": "@acme/api", "exports": { ".": { "import": "./src/index.ts" } } }`,
    "@acme/api",
    "packages/api/src/index.ts",
  ],
  [
    `{ "name": "@acme/api", "exports": { "./lib/*": "./src/lib/*.ts" } }`,
    "@acme/api/lib/cors",
    "packages/api/src/lib/cors.ts",
  ],
  [
    `{ "name": "@acme/api" }`,
    "@acme/api/src/lib/cors",
    "packages/api/src/lib/cors.ts",
  ],
  [`{ "name": "@acme/api" }`, "@acme/other", undefined],
])("the workspace package %s gives %s", (manifest, specifier, expected) => {
  const project = aProject({
    ...empty("packages/api/src/index.ts", "packages/api/src/lib/cors.ts"),
    "packages/api/package.json": manifest,
  });

  expect(resolveImport(project, "apps/web/main.ts", specifier)).toBe(expected);
});

test("a constant is found through a barrel, a renaming and a star", () => {
  const project = aProject({
    "main.ts": `import { headers } from "./lib";`,
    "lib/index.ts": `export * from "./all.js";`,
    "lib/all.ts": `import { corsHeaders } from "./cors"; export { corsHeaders as headers };`,
    "lib/cors.ts": `\nexport const corsHeaders = { "Access-Control-Allow-Origin": "*" };`,
  });

  expect(resolveConstant(project, "main.ts", "headers")).toMatchObject({
    path: "lib/cors.ts",
    value: { kind: "object", line: 2 },
  });
});

test.each([
  [
    "default import of CommonJS",
    `import config from "./config";`,
    "config.cors.origin",
    `module.exports = { cors: { origin: "*" } };`,
  ],
  [
    "whole require",
    `const config = require("./config");`,
    "config.cors.origin",
    `const cors = { origin: "*" }; module.exports = { cors };`,
  ],
  [
    "namespace",
    `import * as config from "./config";`,
    "config.cors.origin",
    `export const cors = { origin: "*" };`,
  ],
  [
    "default require",
    `const config = require("./config");`,
    "config.cors.origin",
    `export default { cors: { origin: "*" } };`,
  ],
  [
    "passed on by CommonJS",
    `const config = require("./again");`,
    "config.cors.origin",
    `exports.cors = { origin: "*" };`,
  ],
  [
    "spread of another file",
    `import { all } from "./spread";`,
    "all.cors.origin",
    `export const cors = { origin: "*" };`,
  ],
  [
    "name for a name",
    `import { allowed } from "./config"; const it = allowed;`,
    "it",
    `const star = "*"; export const allowed = star;`,
  ],
])("%s: a member is followed to its text", (_case, main, name, config) => {
  const project = aProject({
    "main.js": main,
    "config.js": config,
    "again.js": `module.exports = require("./config");`,
    "spread.js": `import { cors } from "./config"; const base = { cors: { ...cors } }; export const all = { ...base };`,
  });

  expect(resolveConstant(project, "main.js", name)).toMatchObject({
    path: "config.js",
    value: { kind: "literal", value: "*" },
  });
});

test("circles of re-exports and of names end without an answer", () => {
  const project = aProject({
    "a.ts": `export * from "./b"; export { x } from "./b"; const y = z; const z = y;`,
    "b.ts": `export * from "./a"; export { x } from "./a";`,
  });

  expect(resolveExport(project, "a.ts", "x")).toBeUndefined();
  expect(resolveConstant(project, "a.ts", "y")).toBeUndefined();
});

test("what a file loads is followed, types are not", () => {
  const project = aProject({
    "main.ts": `import "./a"; import type { T } from "./types"; const lazy = () => import("./late");`,
    "a.ts": `export * from "./b";`,
    "b.ts": `import "./main";`,
    ...empty("types.ts", "late.ts", "other.ts"),
  });

  expect([...reachableFrom(project, "main.ts")].sort()).toEqual([
    "a.ts",
    "b.ts",
    "late.ts",
    "main.ts",
  ]);
  expect([...reachableFrom(project, "main.ts", 1)].sort()).toEqual([
    "a.ts",
    "late.ts",
    "main.ts",
  ]);
  expect(moduleEdges(project).importers.get("types.ts")).toMatchObject([
    { from: "main.ts", typeOnly: true },
  ]);
});
