// Scaffolds the room of a check: npm run new-check -- SLUG
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const { items } = await import(new URL("dist/src/gate/items.js", root));
const slug = process.argv[2];
const item = items.find(({ check }) => check === slug);
if (!item) {
  console.error(
    `Name one of the gate's checks: ${items.map(({ check }) => check).join(", ")}.`,
  );
  process.exit(2);
}
const folder = new URL(`checks/${item.section}/${slug}/`, root);
if (existsSync(folder)) {
  console.error(`checks/${item.section}/${slug} is there already.`);
  process.exit(2);
}
const name = slug.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
mkdirSync(folder, { recursive: true });
writeFileSync(
  new URL("check.ts", folder),
  `import { brokenBy } from "#gate/check.js";
import type { Finding } from "#gate/finding.js";
import { defineCheck } from "#model/define-check.js";
import { marksOf } from "#model/project.js";
import type { FileFacts } from "#parse/facts.js";
import type { MarkerInput } from "#parse/marker.js";

/** What the marker notes of a file: plain data that survives JSON. */
interface Mark {
  readonly [key: string]: number;
  readonly line: number;
}

/** Item ${item.id}: ${item.holds}. */
export const ${name} = defineCheck({
  id: "${item.id}",
  name: "${slug}",
  title: "${item.holds}",
  why: "Say what happens in production when this does not hold.",
  needs: { files: ["**/*.{ts,tsx,js,jsx}"], scope: "repository" },
  rules: { "rename-me": { title: "Say what is wrong", level: "advise" } },
  marker: { version: 1, wants: ({ text }) => text.includes("rename-me"), mark },
  evaluate: ({ files }) => brokenBy([...files.values()].flatMap(findingsIn)),
});

function mark({ text }: MarkerInput): Mark[] {
  return text
    .split("\\n")
    .flatMap((line, index) =>
      line.includes("rename-me") ? [{ line: index + 1 }] : [],
    );
}

function findingsIn(facts: FileFacts): Finding[] {
  return marksOf<Mark>(facts, "${slug}").map(({ line }) => ({
    rule: "rename-me",
    path: facts.path,
    lines: { start: line, end: line },
    message: "Say what is wrong here.",
    fix: "Say what to do.",
    confidence: "likely",
    identity: "rename-me",
  }));
}
`,
);
const block = (heading, count, mark) =>
  Array.from(
    { length: count },
    (_, index) =>
      `### ${heading} ${String(index + 1)}\n\n\`\`\`ts src/example.ts\n${mark}\n\`\`\`\n`,
  ).join("\n");
writeFileSync(
  new URL("README.md", folder),
  `# ${item.id} ${slug}

## What must hold

${item.holds}.

## Why

Say what happens in production when this does not hold.

## Fails

${block("Shape", 3, 'call("rename-me"); // finding')}
## Holds

${block("Near miss", 5, "call();")}
## How to fix

1. Say what to do.

## What this check cannot see

Say what it misses.
`,
);
execFileSync("npm", ["run", "--silent", "generate"], {
  cwd: root,
  stdio: "inherit",
});
console.log(
  `checks/${item.section}/${slug} is there and its examples pass; make them yours.`,
);
