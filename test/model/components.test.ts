import { expect, test } from "@jest/globals";
import { buildProject } from "#model/build-project.js";
import { isReachable, runtimeOf } from "#model/runtimes.js";
import { aSnapshot } from "#support/a-snapshot.js";

const project = buildProject(
  aSnapshot({
    files: {
      "web/src/main.ts": 'import App from "./App.vue";\nstart(App);\n',
      "web/src/App.vue":
        '<template><p/></template>\n<script setup>\nimport { ask } from "./ask";\nask();\n</script>\n',
      "web/src/ask.ts": 'export const ask = () => fetch("/x");\n',
      "web/src/Unused.vue": "<template><p/></template>\n",
      "site/src/pages/index.astro":
        '---\nimport { rows } from "../rows";\nconst all = await rows();\n---\n<p>{all}</p>\n',
      "site/src/rows.ts": "export const rows = async () => [];\n",
      "kit/src/routes/+page.svelte":
        '<script>\n  import { pay } from "$lib/pay";\n</script>\n<button on:click={pay}/>\n',
      "kit/src/routes/+page.server.ts": "export const load = () => ({});\n",
      "kit/src/lib/pay.ts": "export const pay = () => fetch('/pay');\n",
      "kit/tsconfig.json":
        '{"compilerOptions":{"paths":{"$lib/*":["./src/lib/*"]}}}',
    },
  }),
  { checks: [] },
);

test.each([
  ["web/src/App.vue", "client"],
  ["web/src/ask.ts", "client"],
  ["site/src/pages/index.astro", "server"],
  ["site/src/rows.ts", "server"],
  ["kit/src/routes/+page.svelte", "client"],
  ["kit/src/routes/+page.server.ts", "server"],
  ["kit/src/lib/pay.ts", "client"],
])("%s runs on the %s", (path, runtime) => {
  expect(runtimeOf(project, path)).toBe(runtime);
});

test.each([
  ["web/src/ask.ts", true],
  ["web/src/Unused.vue", false],
  ["site/src/rows.ts", true],
  ["kit/src/lib/pay.ts", true],
])("whether anything loads %s: %s", (path, expected) => {
  expect(isReachable(project, path)).toBe(expected);
});
