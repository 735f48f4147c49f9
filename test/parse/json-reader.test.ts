import { expect, test } from "@jest/globals";
import type { Value } from "#parse/module-facts.js";
import { readJson } from "#parse/json-reader.js";
import { processorMs } from "#support/processor-time.js";

/** The value as plain data; what was not kept is `"…"`. */
function plain(value: Value | undefined): unknown {
  if (value?.kind === "literal") return value.value;
  if (value?.kind === "list") return value.items.map(plain);
  if (value?.kind === "object")
    return Object.fromEntries(
      value.entries.map(({ key, value: one }) => [key, plain(one)]),
    );
  return value && "…";
}

test.each([
  `{"a":[1,-2.5e3,"x\\n\\u0041",true,false,null],"b":{"c":{}},"d":[]}`,
  `[]`,
  `"text"`,
  ` 12 `,
  `{"__proto__x":1,"constructor":{"a":"\\"'"},"/*":"//"}`,
])("reads %s as JSON does", (text) => {
  expect(plain(readJson(text))).toEqual(JSON.parse(text));
});

test("comments, trailing commas, a byte order mark and bare keys are let pass", () => {
  const text = `\uFEFF{ // one\n /* two\n * / */ "a": 1, b: ['c',], }`;

  expect(plain(readJson(text))).toEqual({ a: 1, b: ["c"] });
});

test("lines count from 1, also across comments", () => {
  const value = readJson(`/*\n\n*/{\n"a":\n[1,\n2]}`);

  expect(value).toMatchObject({
    line: 3,
    entries: [{ value: { line: 5, items: [{ line: 5 }, { line: 6 }] } }],
  });
});

test.each([
  [`{"a": 1, "b": [2, :`, { a: 1, b: [2] }],
  [`{"a": 1, <<<<<<< ours\n"b": 2}`, { a: 1 }],
  [`{"a": {"b": 1`, { a: { b: 1 } }],
  [``, undefined],
  [`:`, undefined],
])("keeps what stands before a mistake in %j", (text, expected) => {
  expect(plain(readJson(text))).toEqual(expected);
});

test("a repeated key stands twice, in order", () => {
  const value = readJson(`{"a": 1, "a": 2}`);

  expect(value?.kind === "object" && value.entries).toMatchObject([
    { value: { value: 1 } },
    { value: { value: 2 } },
  ]);
});

test("nesting beyond ten levels, and values beyond twenty thousand, are not kept", () => {
  const deep = readJson("[".repeat(12) + "]".repeat(12));
  const wide = readJson(`[${"1,".repeat(30_000)}]`);

  expect(JSON.stringify(plain(deep))).toBe(
    "[".repeat(10) + '"…"' + "]".repeat(10),
  );
  expect((plain(wide) as unknown[]).indexOf("…")).toBe(19_999);
});

test.each([
  ["nesting", "[".repeat(400_000)],
  ["quotes", '"\\'.repeat(200_000)],
  ["comments", "/*".repeat(200_000)],
  ["stars", "/" + "*".repeat(400_000)],
  ["blanks", " \n".repeat(200_000)],
  ["open keys", `{"a":`.repeat(80_000)],
])("a hostile amount of %s takes a moment", (_, text) => {
  const started = processorMs();

  readJson(text);

  expect(processorMs() - started).toBeLessThan(2_000);
});
