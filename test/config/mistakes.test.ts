import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";
import { saidMistakes, saidOrganizationMistakes } from "./said-mistakes.js";

function problemsOf(
  marked: string,
  parse: typeof parseConfig | typeof parseOrganizationConfig,
) {
  const before = marked.slice(0, marked.indexOf("^")).split("\n");
  const text = marked.replace("^", "");
  const parsed = parse(text, { path: ".vibegate.yml" });
  return {
    place: { line: before.length, column: (before.at(-1) ?? "").length + 1 },
    problems: parsed.ok ? [] : parsed.problems,
  };
}

describe("each mistake is told at its place, in its own sentence", () => {
  test.each(saidMistakes)("%j", (marked, message) => {
    const { place, problems } = problemsOf(marked, parseConfig);

    expect(problems).toContainEqual(
      expect.objectContaining({ ...place, message }),
    );
  });

  test.each(saidOrganizationMistakes)(
    "%j, of an organization",
    (marked, message) => {
      const { place, problems } = problemsOf(marked, parseOrganizationConfig);

      expect(problems).toContainEqual(
        expect.objectContaining({ ...place, message }),
      );
    },
  );
});

test("no sentence of the schema is left out of the tables", () => {
  const here = new URL("../../../", import.meta.url);
  const read = (folder: string, pattern: RegExp) =>
    readdirSync(new URL(folder, here))
      .filter((name) => pattern.test(name))
      .map((name) => readFileSync(new URL(folder + name, here), "utf8"))
      .join("\n");
  const sources = read("src/config/", /^schema.*\.ts$/).replace(
    /\.describe\(\s*(?:"[^"]*"|`[^`]*`)/g,
    "",
  );
  const tests = read("test/config/", /\.ts$/);
  const sentences = [...sources.matchAll(/(["'])([A-Z](?:(?!\1)[^\n])+\.)\1/g)];

  expect(sentences.length).toBeGreaterThan(40);
  expect(
    sentences
      .map(([, , sentence = ""]) => sentence)
      .filter((sentence) => !tests.includes(sentence)),
  ).toEqual([]);
});
