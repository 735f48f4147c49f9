import { expect, test } from "@jest/globals";
import { runsInBrowser } from "#model/browser-code.js";
import { buildProject } from "#model/build-project.js";
import { isLoadedByBrowser } from "#model/runtimes.js";
import { aSnapshot, type Files } from "#support/a-snapshot.js";

function inBrowser(files: Files, path: string, name: string): boolean {
  const project = buildProject(aSnapshot({ files }), { checks: [] });
  const facts = project.files
    .get(path)
    ?.code?.functions.find((one) => one.name === name);
  return runsInBrowser(project, { path, at: facts?.at ?? -2 });
}

const shared = `export const words = ["a"];
export function ask() { return fetch("https://example.com"); }
export function shown() { return words.map((word) => word); }`;

test("of a file that both sides load, only what the browser takes runs there", () => {
  const files = {
    "lib/shared.ts": shared,
    "components/list.tsx": `"use client";
      import { shown } from "../lib/shared";
      export const List = () => <p>{shown()}</p>;`,
    "app/api/route.ts": `import { ask } from "../../lib/shared";
      export const GET = () => ask();`,
  };

  expect(inBrowser(files, "lib/shared.ts", "ask")).toBe(false);
  expect(inBrowser(files, "lib/shared.ts", "shown")).toBe(true);
});

test("a loader and what only it calls stay on the server, though its file draws a page", () => {
  const files = {
    "package.json": `{ "name": "a", "dependencies": { "react-router": "7" } }`,
    "app/routes/home.tsx": `import { ask } from "../lib/ask";
      import { shown } from "../lib/shown";
      export async function loader() { return ask(); }
      export default function Home() { const text = shown(); return <p>{text}</p>; }`,
    "app/lib/ask.ts": `export function ask() { return fetch("https://example.com"); }`,
    "app/lib/shown.ts": `export function shown() { return "a"; }`,
  };

  expect(inBrowser(files, "app/routes/home.tsx", "loader")).toBe(false);
  expect(inBrowser(files, "app/routes/home.tsx", "Home")).toBe(true);
  expect(inBrowser(files, "app/lib/ask.ts", "ask")).toBe(false);
  expect(inBrowser(files, "app/lib/shown.ts", "shown")).toBe(true);
});

test.each([
  [
    "a page of HTML",
    { "web/index.html": `<script type="module" src="./start.ts"></script>` },
    "web/start.ts",
  ],
  [
    "a page that counts from the root",
    { "index.html": `<script type="module" src="/src/start.js?v=1"></script>` },
    "src/start.js",
  ],
  [
    "the manifest of an extension",
    {
      "ext/manifest.json": `{ "manifest_version": 3, "content_scripts": [{ "js": ["content.js"] }] }`,
    },
    "ext/content.js",
  ],
])("%s names what a browser loads", (_case, page, path) => {
  const files = { ...page, [path]: `console.log(1);` } as Files;
  const project = buildProject(aSnapshot({ files }), { checks: [] });

  expect(isLoadedByBrowser(project, path)).toBe(true);
});

test("scripts from elsewhere and other manifests name nothing", () => {
  const files = {
    "index.html": `<script src="https://cdn.example.com/start.js"></script>`,
    "manifest.json": `{ "name": "app", "icons": ["start.js"] }`,
    "start.js": `console.log(1);`,
  };
  const project = buildProject(aSnapshot({ files }), { checks: [] });

  expect(isLoadedByBrowser(project, "start.js")).toBe(false);
});
