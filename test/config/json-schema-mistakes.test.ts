import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { checks } from "#checks/index.js";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";
import { hostileFiles } from "./hostile-files.js";
import { hintedMistakes, placedMistakes } from "./placed-mistakes.js";
import { saidMistakes, saidOrganizationMistakes } from "./said-mistakes.js";

const rules = Object.fromEntries(
  checks.map((check) => [check.name, Object.keys(check.rules)]),
);
const ajv = new Ajv({ allErrors: true });
const accepts = ajv.compile(schemaIn("vibegate.schema.json"));
const acceptsOrganizations = ajv.compile(
  schemaIn("vibegate.organization.schema.json"),
);

function schemaIn(name: string): object {
  const file = new URL(`../../../schema/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as object;
}

/** What another tool sees of a file: plain values, or that it is no YAML. */
function valuesOf(text: string): { readonly values: unknown } | undefined {
  try {
    return { values: parse(text, { logLevel: "error" }) as unknown };
  } catch {
    return undefined;
  }
}

const notYaml =
  "no YAML parser makes values of it, so that no schema comes to see it";
const written = "a schema sees values, and this is about how they are written";

/** Every documented mistake that no schema can refuse, and why not. */
const unseen: Readonly<Record<string, string>> = {
  "an anchor": written,
  "a tag": written,
  "a directive": written,
  "a file beyond 64 KB": written,
  "an alias": notYaml,
  "a bomb of aliases": notYaml,
  "a second document": notYaml,
  "a document after its end": notYaml,
  "a key twice": notYaml,
  "a key twice, once in quotes": notYaml,
  "deep lists": notYaml,
  "very deep lists": notYaml,
  "a colon too many": notYaml,
  "a tab": notYaml,
  "an open quote": notYaml,
  "an open quote far above the end": notYaml,
  "an open quote with another below": notYaml,
  "an open single quote": notYaml,
  "an open list": notYaml,
  "an open list in open keys": notYaml,
};

const mistakes: readonly (readonly [string, string])[] = [
  ...saidMistakes.map(([marked]) => [marked, marked.replace("^", "")] as const),
  ...[...hintedMistakes, ...placedMistakes, ...hostileFiles].map(
    ([name, text]) => [name, text] as const,
  ),
  ["a file beyond 64 KB", `# ${"a".repeat(65_536)}\nversion: 1\n`],
  [
    "an option of another check",
    "checks: {credentials: {options: {public-routes: [/a]}}}\n",
  ],
  [
    "an option under a rule that does not read it",
    "checks: {server-side-authorization/fail-open: {options: {public-routes: [/a]}}}\n",
  ],
  ["an unknown option", "checks: {rate-limits: {options: {a: [/a]}}}\n"],
];

describe("each documented mistake", () => {
  test.each(mistakes)("%s", (name, text) => {
    const found = valuesOf(text);
    const isRefused = found !== undefined && !accepts(found.values);

    expect(parseConfig(text, { path: ".vibegate.yml", rules }).ok).toBe(false);
    expect(isRefused).toBe(!Object.hasOwn(unseen, name));
    if (!isRefused) expect(unseen[name]).toBe(found ? written : notYaml);
  });

  test.each(saidOrganizationMistakes)("%s, of an organization", (marked) => {
    const text = marked.replace("^", "");

    expect(parseOrganizationConfig(text, { path: "org.yml" }).ok).toBe(false);
    expect(acceptsOrganizations(parse(text))).toBe(false);
  });

  test("is on the list of those that no schema sees only if it exists", () => {
    const names = new Set(mistakes.map(([name]) => name));

    expect(Object.keys(unseen).filter((name) => !names.has(name))).toEqual([]);
  });
});

describe("every day of the calendar and no other", () => {
  const dayOfSchema = (day: string) =>
    accepts({ phase: { "commitment-from": day } });

  test("is taken, as the parser takes it", () => {
    const differing: string[] = [];
    for (let year = 2019; year <= 2050; year += 1)
      for (let month = 0; month <= 13; month += 1)
        for (let date = 0; date <= 32; date += 1) {
          const two = (part: number) => String(part).padStart(2, "0");
          const day = `${String(year)}-${two(month)}-${two(date)}`;
          const exists =
            year >= 2020 && year <= 2049 && isOfCalendar(year, month, date);
          if (dayOfSchema(day) !== exists) differing.push(day);
        }

    expect(differing).toEqual([]);
  });

  function isOfCalendar(year: number, month: number, date: number): boolean {
    const made = new Date(Date.UTC(year, month - 1, date));
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  }
});
