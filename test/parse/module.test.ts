import { expect, test } from "@jest/globals";
import { moduleFacts } from "#parse/module.js";
import { constantOf, type ModuleFacts } from "#parse/module-facts.js";
import { parseScript } from "#parse/syntax.js";

function factsOf(text: string, path = "src/file.ts"): ModuleFacts {
  return moduleFacts(text, () => parseScript(path, text));
}

function importsOf(text: string): string[] {
  return factsOf(text).imports.map(
    ({ from, name, local, typeOnly, deferred }) =>
      `${local} = ${from}:${name}${typeOnly ? " type" : ""}${deferred ? " deferred" : ""}`,
  );
}

function exportsOf(text: string): string[] {
  return factsOf(text).exports.map(
    ({ name, local, from, typeOnly }) =>
      `${name} = ${from ?? ""}:${local}${typeOnly ? " type" : ""}`,
  );
}

test.each([
  [`import "./side.js";`, [" = ./side.js:"]],
  [`import a from "a";`, ["a = a:default"]],
  [`import * as a from "a";`, ["a = a:*"]],
  [
    `import a, { b, c as d } from "a";`,
    ["a = a:default", "b = a:b", "d = a:c"],
  ],
  [`import type { A } from "a";`, ["A = a:A type"]],
  [`import { type A, b } from "a";`, ["A = a:A type", "b = a:b"]],
  [`import a = require("a");`, ["a = a:*"]],
  [`const a = require("a");`, ["a = a:*"]],
  [`const { b, c: d } = require("a");`, ["b = a:b", "d = a:c"]],
  [`const b = require("a").b;`, ["b = a:b"]],
  [`const b = (await import("a")).b;`, ["b = a:b deferred"]],
  [`const { b } = await import("a");`, ["b = a:b deferred"]],
  [`lazy(() => import("./page.js"));`, [" = ./page.js:* deferred"]],
  [`app.use(require("./routes")(app));`, [" = ./routes:*"]],
  [`function f() { const a = require("a"); }`, ["a = a:* deferred"]],
  ["import(`./${name}.js`);", []],
])("%s imports %j", (text, imports) => {
  expect(importsOf(text)).toEqual(imports);
});

test.each([
  [`export const a = 1, b = 2;`, ["a = :a", "b = :b"]],
  [`export const { a, b: c } = d;`, ["a = :a", "c = :c"]],
  [`export function a() {}`, ["a = :a"]],
  [`export default function a() {}`, ["default = :a"]],
  [`export default { a: 1 };`, ["default = :default"]],
  [`const a = 1; export default a;`, ["default = :a"]],
  [`const a = 1; export { a as b };`, ["b = :a"]],
  [`export { a as b } from "./c.js";`, ["b = ./c.js:a"]],
  [`export * from "./c.js";`, ["* = ./c.js:*"]],
  [`export * as c from "./c.js";`, ["c = ./c.js:*"]],
  [`export type A = string;`, ["A = :A type"]],
  [`module.exports = a;`, ["default = :a"]],
  [`module.exports = { a, b: 1 };`, ["default = :default", "a = :a", "b = :b"]],
  [`module.exports = require("./c");`, ["* = ./c:*"]],
  [`exports.a = 1; module.exports.b = c;`, ["a = :a", "b = :c"]],
])("%s exports %j", (text, exported) => {
  expect(exportsOf(text)).toEqual(exported);
});

function valueOf(expression: string): unknown {
  return withoutLines(constantOf(factsOf(`const it = ${expression};`), "it"));
}

function withoutLines(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) =>
      key === "line" ? undefined : part,
    ),
  );
}

const text = (value: string) => ({ kind: "literal", value });
const name = (dotted: string) => ({ kind: "name", name: dotted });

test.each([
  [`"a"`, text("a")],
  ["`a`", text("a")],
  ["12", { kind: "literal", value: 12 }],
  ["null", { kind: "literal", value: null }],
  ["/^a$/i", { kind: "pattern", source: "^a$", flags: "i" }],
  ["(a as const)!", name("a")],
  [`a["b"]?.c`, name("a.b.c")],
  ["process.env.ORIGIN", { kind: "environment", name: "ORIGIN" }],
  [`import.meta.env["ORIGIN"]`, { kind: "environment", name: "ORIGIN" }],
  [`Deno.env.get("ORIGIN")!`, { kind: "environment", name: "ORIGIN" }],
  [
    "[1, ...b]",
    {
      kind: "list",
      items: [
        { kind: "literal", value: 1 },
        { kind: "spread", of: name("b") },
      ],
    },
  ],
  [
    `Object.freeze({ a, "b-c": d, ...e })`,
    {
      kind: "object",
      entries: [
        { key: "a", value: name("a") },
        { key: "b-c", value: name("d") },
        { key: "...", value: name("e") },
      ],
    },
  ],
  [
    `a || b || "c"`,
    {
      kind: "either",
      operator: "||",
      options: [name("a"), name("b"), text("c")],
    },
  ],
  [
    `a === "b" ? c : d`,
    {
      kind: "either",
      operator: "?:",
      test: {
        kind: "compare",
        operator: "===",
        left: name("a"),
        right: text("b"),
      },
      options: [name("c"), name("d")],
    },
  ],
  [
    "`https://${host}/v1`",
    {
      kind: "template",
      head: "https://",
      parts: [text("https://"), name("host"), text("/v1")],
    },
  ],
  [`"a" + b`, { kind: "template", head: "a", parts: [text("a"), name("b")] }],
  [`new URL("a")`, { kind: "call", callee: "URL", arguments: [text("a")] }],
  [
    `(a || "").split(",")`,
    {
      kind: "call",
      callee: "split",
      on: { kind: "either", operator: "||", options: [name("a"), text("")] },
      arguments: [text(",")],
    },
  ],
  ["() => 1", { kind: "function", at: 11 }],
  [
    `class { url = "a"; static key = 1; run() {} }`,
    {
      kind: "class",
      entries: [
        { key: "url", value: text("a") },
        { key: "key", value: { kind: "literal", value: 1 } },
      ],
    },
  ],
])("%s is read as a value", (expression, value) => {
  expect(valueOf(expression)).toEqual(value);
});

test("settings taken apart keep their names and fallbacks", () => {
  const facts = factsOf(`const { ORIGIN = "*", PORT: port } = process.env;`);

  expect(withoutLines(facts.constants)).toEqual({
    ORIGIN: {
      kind: "either",
      operator: "??",
      options: [{ kind: "environment", name: "ORIGIN" }, text("*")],
    },
    port: { kind: "environment", name: "PORT" },
  });
});

test("a variable that is assigned again has no known value", () => {
  const facts = factsOf(`let a = "x"; let b = "y"; a = "z";`);

  expect(constantOf(facts, "a")).toMatchObject({ kind: "other" });
  expect(constantOf(facts, "b")).toMatchObject({ value: "y" });
});

test("lines count from 1 and belong to the value, not to its statement", () => {
  const facts = factsOf(`const a = {\n  b: [\n    "c",\n  ],\n};`);

  expect(JSON.stringify(constantOf(facts, "a"))).toContain(
    `{"kind":"literal","value":"c","line":3}`,
  );
});

test("a name from Object.prototype is no constant", () => {
  expect(constantOf(factsOf("const a = 1;"), "constructor")).toBeUndefined();
});

test("facts survive JSON", () => {
  const facts = factsOf(
    `import a from "a"; export const b = { __proto__: a, c: [1, null] };`,
  );

  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
});

test("a chain of ten thousand operands costs neither the stack nor the memory", () => {
  const facts = factsOf(
    `const a = ${'"x" + '.repeat(10_000)}"y"; const b = x${".y()".repeat(5_000)};`,
  );

  expect(constantOf(facts, "a")).toMatchObject({ kind: "template", head: "x" });
  expect(JSON.stringify(facts).length).toBeLessThan(30_000);
});

test("a large table is cut, so that facts stay small", () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `{ id: ${String(i)} }`);

  const facts = factsOf(`export const rows = [${rows.join()}];`);

  expect(JSON.stringify(facts).length).toBeLessThan(20_000);
});
