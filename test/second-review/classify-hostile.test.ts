import { expect, test } from "@jest/globals";
import { classified } from "./a-change.js";
import { processorMs } from "#support/processor-time.js";

const client = "import { db } from './db'\n";

test.each([
  [
    "a sum of thousands",
    `${client}export const a = () => ${Array<string>(8_000).fill("db.x").join(" + ")}\n`,
  ],
  [
    "a chain of thousands",
    `export const a = () => db${".select().from(x)".repeat(4_000)}\n`,
  ],
  [
    "thousands of queries",
    `${client}export function a() {\n${"  db.query(1)\n".repeat(8_000)}}\n`,
  ],
  [
    "thousands of tags",
    `${client}export const A = () => <a>${"<b>{db.query(1)}</b>\n".repeat(5_000)}</a>\n`,
  ],
  [
    "thousands of imports",
    Array.from(
      { length: 8_000 },
      (_, i) => `import { a${String(i)} } from 'pg'\na${String(i)}()\n`,
    ).join(""),
  ],
  [
    "a long comment",
    `${client}/*${"\n * db.query(1)".repeat(50_000)}*/\nexport const a = db.query(1)\n`,
  ],
  [
    "a long line of words",
    `${client}export const a = 'select ${"a ".repeat(300_000)}'\ndb.query(1)\n`,
  ],
])("%s cost seconds at most", (_, after) => {
  const started = processorMs();

  const { categories } = classified("src/features/a.tsx", {
    before: null,
    after,
  });

  expect(categories).toEqual(["data"]);
  expect(processorMs() - started).toBeLessThan(6_000);
});
