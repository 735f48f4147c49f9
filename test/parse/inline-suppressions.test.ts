import { describe, expect, test } from "@jest/globals";
import { inlineSuppressions } from "#parse/inline-suppressions.js";
import { processorMs } from "#support/processor-time.js";

const fields = 'until=2026-08-01 reason="public demo key, read only"';
const ask = `vibegate-ignore credentials/provider-key ${fields}`;

describe("comments of each language", () => {
  test.each([
    ["src/a.ts", `const key = "x"; // ${ask}`, 1],
    ["src/a.ts", `// ${ask}\nconst key = "x";`, 2],
    ["src/a.ts", `  /* ${ask} */\n\n  const key = "x";`, 3],
    ["src/a.ts", `//${ask}\r\nconst key = "x";\r\n`, 2],
    ["src/a.ts", `call(/* ${ask} */ "x");`, 1],
    ["src/a.tsx", `  {/* ${ask} */}\n  <Pay />`, 2],
    ["src/App.vue", `<!-- ${ask} -->\n<pay-button />`, 2],
    ["src/App.svelte", `// ${ask}\nlet a;`, 2],
    ["README.md", `<!-- ${ask} -->\nkey: x`, 2],
    ["db/a.sql", `-- ${ask}\ncreate table a ();`, 2],
    ["schema.prisma", `// ${ask}\nmodel User {}`, 2],
    ["firestore.rules", `allow read; // ${ask}`, 1],
    [".env.example", `# ${ask}\nKEY=x`, 2],
    ["docker-compose.yml", `x: y # ${ask}`, 1],
    ["main.tf", `# ${ask}\nskip_final_snapshot = true`, 2],
    ["Dockerfile", `# ${ask}\nENV A=b`, 2],
    ["app.py", `key = "x"  # ${ask}`, 1],
    ["fly.toml", `# ${ask}\na = 1`, 2],
    ["site.css", `/* ${ask} */\na {}`, 2],
    ["app.ini", `; ${ask}\na=b`, 2],
  ])("%s: %j", (path, text, target) => {
    const line = text.split("\n").findIndex((one) => one.includes(ask)) + 1;

    expect(inlineSuppressions(path, text)).toEqual([
      {
        ...{ line, target, check: "credentials", rule: "provider-key" },
        until: "2026-08-01",
        reason: "public demo key, read only",
      },
    ]);
  });

  test("comments that stand above each other are about the same line", () => {
    const text = `// ${ask}\n// vibegate-ignore rate-limits ${fields}\ncall();`;

    const targets = inlineSuppressions("a.ts", text).map(
      ({ target }) => target,
    );

    expect(targets).toEqual([3, 3]);
  });

  test.each([
    ["another language's comment", "a.sql", `// ${ask}`],
    ["a text that quotes one", "a.ts", `log("// ${ask}");`],
    ["a longer word", "a.ts", `// vibegate-ignored ${fields}`],
    [
      "the word inside a sentence",
      "a.ts",
      "// see vibegate-ignore in the docs",
    ],
    ["a file without comments", "a.json", `"// ${ask}"`],
    ["code in a guide", "docs/a.md", `// ${ask}`],
  ])("%s is none", (_name, path, text) => {
    expect(inlineSuppressions(path, text)).toEqual([]);
  });
});

describe("what is missing is said", () => {
  test.each([
    ["", "It names no check: write check or check/rule first."],
    ["Credentials", "It names no check: write check or check/rule first."],
    [
      'credentials reason="long enough a reason"',
      "It has no last day: add until=YYYY-MM-DD.",
    ],
    ["credentials until=2026-08-01", 'It has no reason: add reason="...".'],
    [
      'credentials until=2026-08-01 reason="short"',
      "Its reason has fewer than 10 characters.",
    ],
    [
      `credentials ${fields} owner=dana`,
      "Its owner is no account or team: write owner=@account.",
    ],
    [`credentials ${fields} until=2026-09-01`, "It says until twice."],
    [
      `credentials ${fields} forever=yes`,
      'It may say until=YYYY-MM-DD, reason="..." and owner=@account.',
    ],
    [
      "credentials until=2026-08-01 reason=two words",
      'It may say until=YYYY-MM-DD, reason="..." and owner=@account, and the reason needs quotes.',
    ],
    [`credentials ${"x".repeat(3_000)}`, "It is too long to be read."],
  ])("%j", (body, problem) => {
    expect(
      inlineSuppressions("a.ts", `// vibegate-ignore ${body}`),
    ).toMatchObject([{ line: 1, problem }]);
  });

  test("an owner and other quotes are read", () => {
    const text = `# vibegate-ignore credentials owner=@acme/sec until=2026-08-01 reason='a "demo" key'`;

    expect(inlineSuppressions(".env", text)).toMatchObject([
      { owner: "@acme/sec", reason: 'a "demo" key' },
    ]);
  });
});

test("a file made of such words takes no time", () => {
  const start = processorMs();

  inlineSuppressions("a.ts", `// vibegate-ignore ${'a="'.repeat(300_000)}`);
  inlineSuppressions("a.ts", "// vibegate-ignore a b=c\n".repeat(40_000));

  expect(processorMs() - start).toBeLessThan(2_000);
});
