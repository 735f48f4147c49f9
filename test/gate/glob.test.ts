import { expect, test } from "@jest/globals";
import { globMatcher, maxPatternLength } from "#gate/glob.js";
import { processorMs } from "#support/processor-time.js";

test.each([
  ["**/*.ts", "a.ts"],
  ["**/*.ts", "a/b/c.ts"],
  ["**/*.ts", "a/.ts"],
  ["**/*.ts", "a.b/c.d.ts"],
  ["*.ts", "a.ts"],
  ["src/**", "src/a/b.ts"],
  ["src/**/x.ts", "src/x.ts"],
  ["src/**/x.ts", "src/a/b/x.ts"],
  ["**/*.{ts,tsx}", "a/b.tsx"],
  ["{src,lib}/**/*.{js,{m,c}js}", "lib/a/b.cjs"],
  ["**/.env*", "apps/web/.env.local"],
  ["**", "any/thing.at.all"],
  ["*", ".hidden"],
  ["app/[id]/page.tsx", "app/[id]/page.tsx"],
  ["a?c", "abc"],
  ["/src/*.ts", "src/a.ts"],
  ["./src/*.ts", "src/a.ts"],
  ["docs/", "docs/a/b.md"],
  ["a\\*b", "a*b"],
  ["{id}", "{id}"],
  ["a{b", "a{b"],
  ["a**b", "axyb"],
  ["?.ts", "😀.ts"],
  ["**/migrations/**/*.sql", "supabase/migrations/1.sql"],
])("%s takes %s", (pattern, path) => {
  expect(globMatcher([pattern])(path)).toBe(true);
});

test.each([
  ["*.ts", "a/b.ts"],
  ["src/*", "src/a/b.ts"],
  ["src/**", "srcs/a.ts"],
  ["**/x.ts", "ax.ts"],
  ["**/*.ts", "a.ts/b"],
  ["**/*.ts", "ts"],
  ["a?c", "a/c"],
  ["app/[id]/page.tsx", "app/i/page.tsx"],
  ["a\\*b", "axb"],
  ["a**b", "a/b"],
  ["**/*.{ts,tsx}", "a.tsx.md"],
  ["src/**/x.ts", "src/ax.ts"],
  ["*.ts", "a.ts\n"],
])("%s leaves %s", (pattern, path) => {
  expect(globMatcher([pattern])(path)).toBe(false);
});

test("one of several patterns is enough, and none takes nothing", () => {
  const matches = globMatcher(["*.md", "src/**/*.ts"]);

  expect(matches("src/a/b.ts")).toBe(true);
  expect(matches("README.md")).toBe(true);
  expect(matches("README.txt")).toBe(false);
  expect(globMatcher([])("a")).toBe(false);
});

test.each([
  ["*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(60)],
  ["**/*a**/*a**/*a**/*a**/*b", "a/".repeat(200)],
  ["{a,aa}".repeat(100), `${"a".repeat(300)}b`],
  ["**/".repeat(200) + "x", "a/".repeat(500)],
  ["{".repeat(1_000), "{".repeat(999)],
  ["{a,".repeat(250) + "}".repeat(250), "b"],
])("a pattern bomb costs milliseconds", (pattern, path) => {
  const started = processorMs();

  const matched = globMatcher([pattern])(path);

  expect(matched).toBe(false);
  expect(processorMs() - started).toBeLessThan(500);
});

test("a pattern beyond the limit is refused", () => {
  expect(() => globMatcher(["a".repeat(maxPatternLength + 1)])).toThrow(
    RangeError,
  );
});

test("many different paths do not let the automaton grow without bound", () => {
  const matches = globMatcher(["*a*b*c*d*e*f*g*h*i*j*k*"]);
  for (let seed = 1; seed < 5_000; seed += 1)
    matches(`${String(seed * 7_919)}${"abcdefghijk".slice(seed % 11)}`);

  expect(matches("abcdefghijk")).toBe(true);
});

test("a pattern that is too long is refused beside one that matches everything", () => {
  expect(() => globMatcher(["**/*", "a".repeat(2_000)])).toThrow(RangeError);
});
