import { describe, expect, test } from "@jest/globals";
import { parseConfig } from "#config/parse-config.js";
import { processorMs } from "#support/processor-time.js";
import { hostileFiles } from "./hostile-files.js";

function parse(text: string) {
  return parseConfig(text, { path: ".vibegate.yml" });
}

function firstProblem(text: string) {
  const parsed = parse(text);
  return parsed.ok ? undefined : parsed.problems[0];
}

describe("what lets a file mean more than it shows is refused at its place", () => {
  test.each(hostileFiles)("%s", (_name, text, line, column) => {
    expect(firstProblem(text)).toMatchObject({ line, column });
  });

  test("a long file is refused before it is parsed", () => {
    expect(firstProblem("#".repeat(65_537))).toMatchObject({
      line: 1,
      message: "The file is longer than 64 KB, which is the most that is read.",
    });
  });

  test("length counts bytes", () => {
    expect(firstProblem(`# ${"ü".repeat(40_000)}`)?.line).toBe(1);
  });
});

describe("time stays small at the largest size", () => {
  const lines = (make: (index: number) => string, count: number) =>
    Array.from({ length: count }, (_, index) => make(index)).join("\n");

  test.each([
    ["many keys", lines((index) => `${index.toString(36)}:`, 12_000)],
    ["many open lists", "[".repeat(65_000)],
    ["many dashes", "- ".repeat(32_000)],
    ["many question marks", "?\n".repeat(32_000)],
    ["many colons", ": ".repeat(32_000)],
    ["many anchors", "&a ".repeat(21_000)],
    ["deep indentation", lines((index) => `${" ".repeat(index)}a:`, 350)],
    ["many stars", `paths: {ignore: ["${"*".repeat(60_000)}"]}`],
  ])("%s", (_name, text) => {
    const start = processorMs();

    expect(parse(text).ok).toBe(false);

    expect(processorMs() - start).toBeLessThan(5_000);
  });
});

describe("no value is repeated", () => {
  const secret = ["sk", "live", "4eC39HqLyjWDarjtT1zdp7dc"].join("_");

  test.each([
    ["a level", `checks: {credentials: ${secret}}`],
    ["a check", `checks: {${secret}: off}`],
    ["a rule", `checks: {credentials/${secret}: off}`],
    ["a key", `${secret}: 1`],
    ["a key twice", `${secret}: 1\n${secret}: 2`],
    ["a phase", `phase: ${secret}`],
    ["a pattern", `paths: {ignore: [../${secret}]}`],
    ["a day", `suppress: [{until: ${secret}}]`],
    ["an owner", `suppress: [{owner: ${secret}}]`],
    ["an option's name", `checks: {credentials: {options: {${secret}: 1}}}`],
    ["an attestation", `attest: {${secret}: 1}`],
    ["an alias", `phase: *${secret}`],
    ["a tag", `phase: !${secret} x`],
    ["a broken quote", `phase: "${secret}`],
    ["a broken map", `phase: {${secret}`],
    ["an address", `extends: https://${secret}.example`],
    ["a class", `data: {a: "${secret} "}`],
    ["a column", `data: {"${secret} x": a}`],
    ["a project", `projects: [{name: "${secret} ", paths: [a]}]`],
    ["a team", `second-reviewer: {teams: ["${secret} "]}`],
    ["an escape", `phase: "\\${secret}"`],
  ])("%s", (_name, text) => {
    const parsed = parse(text);

    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain(secret.slice(0, 12));
  });
});
