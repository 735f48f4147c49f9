import { describe, expect, test } from "@jest/globals";
import {
  forAnnotation,
  forHtml,
  forMarkdown,
  forMarkdownCode,
  forTableCode,
  forTerminal,
  forUrlPath,
  withVisibleControls,
} from "#report/escape.js";

describe("a terminal", () => {
  test.each([
    ["an escape sequence", "\u001b[31mred\u001b[0m"],
    ["an eight-bit escape", "\u009b31m"],
    ["a title sequence", "\u001b]0;owned\u0007"],
    ["a carriage return", "safe\rfake"],
    ["text turned around", "\u202etxt.exe\u2066"],
    ["invisible characters", "a\u200bb\u2060c\ufeffd\u{e0041}"],
    ["half a character", "a\ud800b"],
  ])("shows %s as what it is", (_name, text) => {
    const shown = forTerminal(text);

    expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(shown).toMatch(/<U\+[0-9A-F]{4,}>/);
  });

  test("leaves words of all languages and pictures alone", () => {
    const text = "Füße, 漢字, العربية, ❤️, path/to-file_1.ts";

    expect(forTerminal(text)).toBe(text);
  });
});

describe("Markdown", () => {
  test.each([
    ["HTML", "<img src=x onerror=alert(1)>", /</],
    ["a comment", "<!-- hidden -->", /</],
    ["a link", "[click](https://evil.example)", /[[\]]|:\/\//],
    ["a bare address", "see https://evil.example now", /:\/\//],
    ["an address without a scheme", "www.evil.example", /www\./],
    ["a mention", "thanks @octocat", /@o/],
    ["an issue", "closes #1 and GH-2", /#1|GH-2/],
    ["emphasis and code", "*a* _b_ `c` ~d~", /[*_`~]/],
    ["mathematics", "$\\boom$", /[$\\]/],
    ["a table", "a|b", /\|/],
    ["a new line with a heading", "a\n# b", /\n/],
    ["a list", "- [x] done", /^-/],
  ])("disarms %s", (_name, text, danger) => {
    expect(forMarkdown(text)).not.toMatch(danger);
  });

  test.each(["`", "``", "a`b``c", " a ", "`x", ""])(
    "code with back-ticks (%j) stays inside its fence",
    (text) => {
      const [, fence = "", inside = "", end] =
        /^(`+)(.*?[^`])?(`+)$/s.exec(forMarkdownCode(text)) ?? [];

      expect(end).toBe(fence);
      expect(inside.match(/`+/g) ?? []).not.toContain(fence);
    },
  );

  test("code in a table ends no cell", () => {
    expect(forTableCode("a|b\\|c")).not.toMatch(/[|\\]/);
    expect(forTableCode("src/a.ts:3")).toBe("`src/a.ts:3`");
  });
});

test("an annotation notifies nobody", () => {
  expect(forAnnotation("@octocat\u0000#12")).not.toMatch(/@o|#1|\0/);
});

test("HTML is text", () => {
  expect(forHtml(`<a href="x" on='y'>&\`</a>`)).not.toMatch(/[<>"'`]/);
});

test("a path in an address stays a path", () => {
  expect(forUrlPath("a b/(c)/?d#e\ud800")).toBe(
    "a%20b/%28c%29/%3Fd%23e%EF%BF%BD",
  );
});

test("JSON keeps its value when its controls are made visible", () => {
  const value = ["\u009b31m \u202e \u200b", "plain ü"];

  const shown = withVisibleControls(JSON.stringify(value));

  expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(JSON.parse(shown)).toEqual(value);
});
