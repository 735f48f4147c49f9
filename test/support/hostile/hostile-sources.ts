import { filesCase, type HostileCase } from "./hostile-case.js";

/** Source files made to exhaust parsers, visitors and patterns. */
export const hostileSources: readonly HostileCase[] = [
  ...nested(),
  ...chained(),
  ...unfinished(),
  ...large(),
  ...encoded(),
  ...repeated(),
  ...otherLanguages(),
];

function nest(open: string, inner: string, close: string, depth: number) {
  return open.repeat(depth) + inner + close.repeat(depth);
}

function nested(): HostileCase[] {
  const shapes: readonly [string, string, string][] = [
    ["parentheses", "a.ts", `const a = ${nest("(", "1", ")", 20_000)};`],
    ["arrays", "a.ts", `const a = ${nest("[", "1", "]", 20_000)};`],
    ["objects", "a.ts", `const a = ${nest("{b:", "1", "}", 20_000)};`],
    ["elements", "a.tsx", `const a = ${nest("<b>", "x", "</b>", 5_000)};`],
    ["templates", "a.ts", `const a = ${nest("`${", "1", "}`", 5_000)};`],
    ["types", "a.ts", `type A = ${nest("Array<", "1", ">", 5_000)};`],
    ["blocks", "a.ts", nest("{", "f();", "}", 10_000)],
    ["functions", "a.ts", nest("(() => {", "f();", "})();", 5_000)],
    ["calls", "a.ts", `${nest("cors(", "1", ")", 10_000)};`],
    ["JSON", "package.json", nest("[", "1", "]", 50_000)],
  ];
  return shapes.map(([what, path, text]) =>
    filesCase(`parse: deeply nested ${what}`, () => ({ [path]: text })),
  );
}

function chained(): HostileCase[] {
  const ternary = `const a = ${"b ? 1 : ".repeat(10_000)}2;`;
  const elses = `${"if (a) { b(); } else ".repeat(10_000)}c();`;
  return [
    ["additions", `const a = ${"b + ".repeat(20_000)}1;`],
    ["calls", `a${".b()".repeat(20_000)};`],
    ["ternaries", ternary],
    ["else-ifs", elses],
    ["strings", `const a = ${'"b" + '.repeat(10_000)}"c";`],
  ].map(([what = "", text = ""]) =>
    filesCase(`parse: a long chain of ${what}`, () => ({ "a.ts": text })),
  );
}

function unfinished(): HostileCase[] {
  return [
    filesCase("parse: everything unterminated", () => ({
      "string.ts": 'const a = "b',
      "template.ts": "const a = `b ${c",
      "comment.ts": "/* a",
      "regex.ts": "const a = /[b",
      "brace.ts": "function a() { if (b) {",
      "element.tsx": "const a = <b><c",
      "object.json": '{"a": {"b": [',
      "rules.sql": "create table a (b text, $$ c",
      "list.yml": 'a: ["b',
    })),
    filesCase("parse: a bomb of types", () => ({
      "a.ts": Array.from(
        { length: 40 },
        (_, at) =>
          `type T${String(at + 1)} = [T${String(at)}, T${String(at)}];`,
      ).join("\n"),
    })),
    filesCase("parse: a circle and a chain of 1,000 modules", () => ({
      "circle/a.ts": 'export * from "./b";',
      "circle/b.ts": 'export * from "./a"; export const c = c;',
      ...Object.fromEntries(
        Array.from({ length: 1_000 }, (_, at) => [
          `chain/m${String(at)}.ts`,
          `export { origin } from "./m${String(at + 1)}";`,
        ]),
      ),
      "chain/use.ts":
        'import cors from "cors"; import { origin } from "./m0"; app.use(cors({ origin }));',
    })),
  ];
}

function large(): HostileCase[] {
  const functions = Array.from(
    { length: 30_000 },
    (_, at) => `function f${String(at)}() { return ${String(at)}; }`,
  );
  const routes = Array.from(
    { length: 500 },
    (_, at) =>
      `app.get("/${String(at)}", async (req, res) => res.json(await db.find(req.query)));`,
  );
  return [
    filesCase("big: 30,000 functions", () => ({
      "a.ts": functions.join("\n"),
    })),
    filesCase("big: 500 routes in a file", () => ({
      "a.ts": routes.join("\n"),
    })),
    filesCase("big: 4 MB on a line", () => ({
      "a.js": `var a = "${"xY3 ".repeat(1_000_000)}";`,
    })),
    filesCase("big: a million lines", () => ({
      "a.ts": "\n".repeat(1_000_000),
    })),
    filesCase("big: a lockfile of 8 MB", () => ({
      "package-lock.json": `{"packages": {${'"a": {"integrity": "sha512-AAAA"},\n'.repeat(240_000)} "z": {}}}`,
    })),
    filesCase("big: 3,500 files", () =>
      Object.fromEntries(
        Array.from({ length: 3_500 }, (_, at) => [
          `src/${String(at % 50)}/f${String(at)}.ts`,
          `export const f${String(at)} = ${String(at)};\n`,
        ]),
      ),
    ),
    filesCase("big: 3,000 findings", ({ secret }) => ({
      "a.ts": Array.from(
        { length: 3_000 },
        (_, at) => `export const key${String(at)} = "${secret()}";`,
      ).join("\n"),
    })),
    filesCase(
      "big: 25,000 changed lines in front of the finding",
      ({ secret }) => ({
        "a.ts": `${"export const a = 1;\n".repeat(25_000)}export const key = "${secret()}";\n`,
      }),
      "check",
    ),
  ];
}

function encoded(): HostileCase[] {
  const line = 'export const a = "b";\n';
  const utf16 = Buffer.from(`\ufeff${line}`, "utf16le");
  return [
    filesCase("encoding: UTF-16 both ways, Latin-1, a byte-order mark", () => ({
      "little.ts": utf16,
      "big.ts": Buffer.from(utf16).swap16(),
      "latin.ts": Buffer.from('const a = "\xe9\xff";', "latin1"),
      "marked.ts": `\ufeff${line}`,
      "half.ts": Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    })),
    filesCase("encoding: NUL bytes", () => ({
      "a.ts": `const a = 1;\0${line}`,
      "b.sql": "select 1;\0",
    })),
    filesCase("encoding: strange line ends and invisible characters", () => ({
      "cr.ts": "const a = 1;\rconst b = 2;\r",
      "crlf.ts": "const a = 1;\r\n",
      "separator.ts": 'const a = "\u2028";\u2029const b = 1;',
      "bidi.ts": 'const a = "\u202e\u2066 // \u2069";',
      "hidden.ts": 'const a\u200b = "\u2060";',
    })),
  ];
}

function repeated(): HostileCase[] {
  const megabytes: readonly [string, string][] = [
    ["letters", "a"],
    ["quotes", '"'],
    ["blanks", " "],
    ["key heads", "-----BEGIN RSA PRIVATE KEY-----\n"],
    ["key prefixes", "sk_live_"],
    ["tokens", "eyJhbGciOi."],
    ["addresses", "postgres://a:b@"],
    ["assignments", "password = "],
    ["slashes", "../"],
    ["comments", "/* * "],
  ];
  return megabytes.map(([what, piece]) =>
    filesCase(`redos: a megabyte of ${what}`, () => ({
      "a.md": piece.repeat(Math.floor(1_000_000 / piece.length)),
      "b.ts": piece.repeat(Math.floor(100_000 / piece.length)),
    })),
  );
}

function otherLanguages(): HostileCase[] {
  const aliases = Array.from(
    { length: 12 },
    (_, at) =>
      `a${String(at + 1)}: &a${String(at + 1)} [${`*a${String(at)},`.repeat(9)}]`,
  );
  return [
    filesCase("other parsers: SQL, rules, containers, YAML, manifests", () => ({
      "supabase/migrations/1.sql": `${"create table a (b text); ".repeat(5_000)}${"(".repeat(5_000)}`,
      "supabase/migrations/2.sql": `$$ ${"$a$ ".repeat(5_000)}`,
      "firestore.rules": nest("match /a/{b} {", "allow read;", "}", 2_000),
      Dockerfile: `FROM a\n${"RUN b \\\n".repeat(20_000)}`,
      ".github/workflows/a.yml": `a0: &a0 [x]\n${aliases.join("\n")}\n`,
      "docker-compose.yml": nest("{a: ", "1", "}", 2_000),
      "vercel.json": `{"headers": ${nest("[", "", "]", 2_000)}}`,
      "prisma/schema.prisma": `model A {\n${"  a String @unique\n".repeat(20_000)}`,
      ".env.production": `${"A=${A}\n".repeat(20_000)}`,
    })),
    filesCase("other parsers: keys that belong to every object", () => ({
      "package.json":
        '{"__proto__": {"x": 1}, "constructor": 1, "dependencies": {"__proto__": "1", "toString": "2"}}',
      "tsconfig.json":
        '{"compilerOptions": {"paths": {"__proto__": ["a"], "constructor": ["b"]}}}',
      "a.constructor": "const a = 1;",
      "a.ts":
        'import evil from "./a.constructor"; import other from "./b.toString"; export const __proto__ = 1; import { constructor } from "hasOwnProperty"; const toString = { __proto__: cors() }; const constructor_password = "x", valueOfSecret = "y", proto__token = "z";',
    })),
    filesCase("tsconfig: in circles and out of the repository", () => ({
      "tsconfig.json":
        '{"extends": "./tsconfig.b.json", "compilerOptions": {"baseUrl": "../..", "paths": {"*": ["../../etc/*"]}}}',
      "tsconfig.b.json": '{"extends": "./tsconfig.json"}',
      "c/tsconfig.json": '{"extends": "../../../../etc/passwd"}',
      "c/a.ts": 'import a from "../../../etc/passwd"; export default a;',
    })),
  ];
}
