// The floor: every script of a folder is read, parsed and walked once, with the parser that VibeGate uses.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, list] = process.argv.slice(2);
const { ts } = createRequire(import.meta.url)("ts-morph");

let nodes = 0;
for (const path of readFileSync(list, "utf8").split("\0").filter(Boolean)) {
  const text = readFileSync(join(folder, path), "utf8");
  const pending = [
    ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
  ];
  const add = (child) => void pending.push(child);
  for (let node = pending.pop(); node; node = pending.pop()) {
    nodes += 1;
    ts.forEachChild(node, add);
  }
}
process.stdout.write(`${String(nodes)}\n`);
