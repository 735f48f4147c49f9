import { describe, expect, test } from "@jest/globals";
import { componentScripts } from "#parse/components.js";
import { parseFile } from "#parse/parse-file.js";
import { processorMs } from "#support/processor-time.js";

const vue = `<template>
  <button @click="count++">{{ count }}</button>
</template>

<script lang="ts">
export const size = 1
</script>
<script setup lang="ts" generic="T extends Map<string, number>">
import { load } from "./load.js";
const count: number = load("é😀")
</script>
`;

describe("scripts of components", () => {
  test.each([
    ["a.vue", vue],
    ["a.svelte", "<h1>x</h1>\r\n<script>\r\nlet a = 1\r\n</script>\r\n"],
    ["a.astro", "---\nconst a = 1;\n---\n<p>{a}</p>\n<script>go()</script>"],
    ["a.astro", "<p>no code</p>"],
    ["a.svelte", "<script>let unfinished = 1"],
  ])("of %s keep their places", (path, text) => {
    const scripts = componentScripts(path, text).text;

    expect(scripts).toHaveLength(text.length);
    const places = [...scripts.matchAll(/[^\s;]+/g)];
    for (const { 0: word, index } of places)
      expect(text.slice(index, index + word.length)).toBe(word);
    expect(scripts.split("\n")).toHaveLength(text.split("\n").length);
  });

  test.each([
    ["a comment", "<!-- <script>a()</script> --><script>b()</script>", "b()"],
    ["data", '<script type="application/ld+json">{}</script>', ""],
    ["a module", '<script type="module">a()</script>', "a()"],
    [
      "an empty element",
      '<script src="./a.js" /><p/><script>b()</script>',
      "b()",
    ],
    ["another element", "<scripts>a()</scripts>", ""],
    ["a second script", "<script>a()</script><SCRIPT>b()</SCRIPT>", "a();b();"],
  ])("with %s", (_, text, expected) => {
    const scripts = componentScripts("a.svelte", text).text;

    expect(scripts.replaceAll(/\s/g, "").replace(/;$/, "")).toBe(
      expected.replace(/;$/, ""),
    );
  });

  test.each([
    ["openings", "<script ".repeat(60_000)],
    ["quotes", `<script "`.repeat(60_000)],
    ["comments", "<!--".repeat(100_000)],
    ["ends", "<script></script".repeat(40_000)],
    ["dashes", "---\n".repeat(100_000)],
  ])("a hostile amount of %s takes a moment", (_, text) => {
    const started = processorMs();

    for (const path of ["a.vue", "a.astro"]) componentScripts(path, text);

    expect(processorMs() - started).toBeLessThan(2_000);
  });
});

describe("facts of components", () => {
  const factsOf = (path: string, text: string) =>
    parseFile(
      { path, text, blobId: "" },
      { markers: [], fingerprint: () => "" },
    );

  test("a Vue file imports, exports and calls as any module, on its own lines", () => {
    const { module, code, problem } = factsOf("src/Counter.vue", vue);

    expect(problem).toBeUndefined();
    expect(module?.imports).toMatchObject([
      { from: "./load.js", name: "load", line: 9 },
    ]);
    expect(module?.exports).toMatchObject([{ name: "size", line: 6 }]);
    expect(code?.functions[0]?.steps).toMatchObject([
      { kind: "let", line: 6 },
      { kind: "let", value: { kind: "call", callee: "load" }, line: 10 },
    ]);
    expect(code?.hasMarkup).toBe(true);
  });

  test("an Astro file's frontmatter is code, its markup is not", () => {
    const text = `---\nimport { rows } from "../rows";\nconst all = await rows();\n---\n<ul>{all}</ul>\n`;

    const { module, code, problem } = factsOf("src/pages/index.astro", text);

    expect(problem).toBeUndefined();
    expect(module?.imports).toMatchObject([{ from: "../rows", line: 2 }]);
    expect(code?.functions[0]?.steps).toMatchObject([{ kind: "let", line: 3 }]);
  });

  test("a Svelte file's functions have their names and lines", () => {
    const text = `<script lang="ts">\n  export let data;\n  async function pay() {\n    await fetch("/pay");\n  }\n</script>\n<button on:click={pay}>Pay</button>\n`;

    const { code } = factsOf("src/routes/+page.svelte", text);

    expect(code?.functions).toMatchObject([
      { at: -1 },
      { name: "pay", line: 3, endLine: 5, steps: [{ line: 4 }] },
    ]);
  });
});
