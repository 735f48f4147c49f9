import { describe, expect, test } from "@jest/globals";
import { codeFacts } from "#parse/code.js";
import type { CodeFacts, FunctionFacts } from "#parse/code-facts.js";
import { parseScript } from "#parse/syntax.js";

function factsOf(text: string): CodeFacts {
  return codeFacts(parseScript("src/a.tsx", text));
}

function functionNamed(text: string, name: string): FunctionFacts {
  const found = factsOf(text).functions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

describe("functions", () => {
  test.each([
    ["a declaration", "export async function load() {}", "load"],
    ["a variable", "const load = () => 1", "load"],
    ["a wrapped variable", "const load = withAuth(async () => 1)", "load"],
    ["a property", "const api = { load: () => 1 }", "load"],
    ["a method", "class Api { load() {} }", "Api.load"],
    ["a default export", "export default withAuth(() => 1)", "default"],
    ["a CommonJS export", "exports.load = function () {}", "load"],
  ])("%s goes by its name", (_title, text, name) => {
    expect(functionNamed(text, name).name).toBe(name);
  });

  test("what stands in a function knows it", () => {
    const text = "function outer() { return [1].map((n) => n); }";
    const [module, outer, inner] = factsOf(text).functions;

    expect(module?.at).toBe(-1);
    expect(outer?.parent).toBe(-1);
    expect(inner?.parent).toBe(outer?.at);
  });

  test("taken apart parameters keep where their names come from", () => {
    const text = "function page({ params: { id }, ...rest }, [first]) {}";

    expect(functionNamed(text, "page").parameters).toEqual([
      [
        { local: "id", path: "params.id" },
        { local: "rest", path: "" },
      ],
      [{ local: "first", path: "0" }],
    ]);
  });

  test("directives and decorators are kept", () => {
    const text = `"use client";
      async function save() { "use server"; }
      class Users { @Get(":id") @UseGuards(JwtGuard) one(@Param("id") id: string) {} }`;

    expect(factsOf(text).directives).toEqual(["use client"]);
    expect(functionNamed(text, "save").directives).toEqual(["use server"]);
    expect(
      functionNamed(text, "Users.one").decorators.map(({ name }) => name),
    ).toEqual(["Get", "UseGuards", "Param"]);
  });
});

describe("steps", () => {
  test("a looked-up session that is tested", () => {
    const text = `async function handler() {
      const { data: { user } } = await db.auth.getUser();
      if (!user) return new Response("no", { status: 401 });
      await db.from("notes").delete().eq("id", 1);
    }`;

    expect(functionNamed(text, "handler").steps).toMatchObject([
      {
        kind: "let",
        bindings: [{ local: "user", path: "data.user" }],
        value: { kind: "call", callee: "db.auth.getUser" },
      },
      {
        kind: "if",
        test: { kind: "not", of: { kind: "name", name: "user" } },
        then: [{ kind: "return", value: { kind: "call", callee: "Response" } }],
      },
      { kind: "do", value: { kind: "call", callee: "eq" } },
    ]);
  });

  test("a catch that holds only a reason is told from an empty one", () => {
    const text = `function a() { try { b(); } catch { /* optional */ } }
      function c() { try { b(); } catch (error) {} }`;

    expect(functionNamed(text, "a").steps).toMatchObject([
      { kind: "try", handler: [], explained: true },
    ]);
    const [quiet] = functionNamed(text, "c").steps;
    expect(quiet).toMatchObject({ kind: "try", caught: "error" });
    expect(quiet).not.toHaveProperty("explained");
  });

  test("the cases of a switch are conditions", () => {
    const text = `function a(req) { switch (req.method) { case "GET": return list(); default: throw no(); } }`;

    expect(functionNamed(text, "a").steps).toMatchObject([
      { kind: "if", test: { kind: "compare", operator: "===" } },
      { kind: "throw" },
    ]);
  });

  test("loops tell what keeps them going", () => {
    const text = `function a() { for (;;) { go(); } while (more) { go(); } for (const x of list) go(x); }`;
    const [endless, asked, walked] = functionNamed(text, "a").steps;

    expect(endless).not.toHaveProperty("test");
    expect(asked).toMatchObject({ test: { name: "more" } });
    expect(walked).toMatchObject({ over: { name: "list" } });
  });

  test("a hostile nesting ends", () => {
    const text = `function a() { ${"if (x) {".repeat(400)} ${"}".repeat(400)} }`;

    expect(functionNamed(text, "a").steps).toHaveLength(1);
  });
});

test("facts survive JSON", () => {
  const facts = factsOf(
    "export const a = (x) => { if (!x.y) throw f(`${x}`); }",
  );

  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
});

test("lines end with line feeds alone, as git counts them", () => {
  const text = "// \u2028 \r \u2029\nfunction a() {}";

  expect(functionNamed(text, "a").line).toBe(2);
});
