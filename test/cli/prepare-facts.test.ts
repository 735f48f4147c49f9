import { describe, expect, test } from "@jest/globals";
import { checks } from "#checks/index.js";
import { parsingOf } from "#model/parsing.js";
import type { FileText } from "#parse/parse-file.js";
import { unkeptFacts } from "#cli/facts-cache.js";
import { fingerprintWith } from "#cli/fingerprint-key.js";
import { ParsePool } from "#cli/parse-pool.js";
import { FactsPreparation } from "#cli/prepare-facts.js";
import { generateSecret } from "#support/secret-samples.js";

const key = { secret: "a key of the tests", mark: "" } as const;
const settings = { generatedPaths: ["src/made/**"] };
const parsing = parsingOf({ checks, settings, ...fingerprintWith(key) });

describe("the facts of many files", () => {
  test("are the same from several threads as from one", async () => {
    const files = manyFiles(240);
    const cache = await filled(files);

    const facts = files.map((file) =>
      cache.get(file, parsing.versionFor(file.path)),
    );

    expect(cache.parsed()).toBe(files.length);
    for (const [at, file] of files.entries())
      expect(facts[at]).toEqual(plain(parsing.parse(file)));
    const marks = facts.flatMap((one) => one?.marks["credentials"] ?? []);
    expect(JSON.stringify(marks)).toMatch(/"fingerprint":"[0-9a-f]{32}"/);
  });

  test("are taken where they are asked for when they are few", async () => {
    expect((await filled(manyFiles(150))).parsed()).toBe(0);
  });

  test("that are known already are not taken again", async () => {
    const files = manyFiles(240);
    const cache = unkeptFacts();
    for (const file of files.slice(0, 100))
      cache.set(file, parsing.versionFor(file.path), parsing.parse(file));

    await preparation(cache).fill({ files, commits: [] });

    expect(cache.parsed()).toBe(100);
  });

  test("one file too large to share the memory is left to the whole", async () => {
    const large = file(
      "src/large.ts",
      `export const a = "${"x".repeat(600_000)}";`,
    );
    const cache = await filled([...manyFiles(240), large]);

    expect(cache.parsed()).toBe(240);
  });
});

describe("a file that ends the thread which parses it", () => {
  const module = new URL("./hostile-parse-thread.js", import.meta.url);

  test.each(["exit", "throw", "memory"])(
    "by %s costs itself alone",
    async (text) => {
      const files = [
        ...Array.from({ length: 30 }, (_, n) =>
          file(`src/${String(n)}.ts`, "a"),
        ),
        file("src/bad.ts", text),
      ];

      const taken = await takenFrom({ module, heapMb: 64 }, files);

      const lost = files.filter(({ path }) => taken.get(path) === undefined);
      expect(lost.map(({ path }) => path)).toEqual(["src/bad.ts"]);
      expect(taken.size).toBe(files.length);
    },
  );

  test("leaves the others to the caller where there are many of its kind", async () => {
    const files = Array.from({ length: 40 }, (_, n) =>
      file(`src/${String(n)}.ts`, "exit"),
    );

    const taken = await takenFrom({ module, heapMb: 64 }, files);

    expect(taken.size).toBeLessThan(files.length);
  });
});

test("a file nested as deeply as the analysis can bear is parsed in a thread too", async () => {
  const levels = 100_000;
  const text = `export const a = ${"(".repeat(levels)}1${")".repeat(levels)};\n`;

  const taken = await takenFrom({}, [file("src/deep.ts", text)]);

  const facts = JSON.parse(taken.get("src/deep.ts") ?? "{}") as object;
  expect(facts).toMatchObject({ module: { exports: [{ name: "a" }] } });
  expect(facts).not.toHaveProperty("problem");
});

async function takenFrom(
  how: { module?: URL; heapMb?: number },
  files: readonly FileText[],
) {
  const pool = new ParsePool(2, { generatedPaths: [] }, how);
  const taken = new Map<string, string | undefined>();
  await pool.parse(files, ({ path }, facts) => void taken.set(path, facts));
  await pool.close();
  return taken;
}

function preparation(cache: ReturnType<typeof unkeptFacts>): FactsPreparation {
  return new FactsPreparation(cache, key, settings, 2);
}

async function filled(files: readonly FileText[]) {
  const cache = unkeptFacts();
  const prepared = preparation(cache);
  prepared.expect(files.map(({ path }) => path));
  await prepared.fill({ files, commits: [] });
  return cache;
}

/** As it comes back from a thread or from the disk. */
function plain(facts: unknown): unknown {
  return JSON.parse(JSON.stringify(facts));
}

function file(path: string, text: string): FileText {
  return { path, text, blobId: `id of ${path}` };
}

function manyFiles(count: number): FileText[] {
  const shapes: readonly ((n: string) => FileText)[] = [
    (n) => file(`src/routes/${n}.ts`, route(n)),
    (n) => file(`src/made/${n}.ts`, `export const made${n} = ${n};\n`),
    (n) => file(`src/pages/${n}.tsx`, `export default () => <p>${n}</p>;\n`),
    (n) =>
      file(
        `src/keys/${n}.ts`,
        `const key = "${generateSecret("stripe-live", Number(n))}";\n`,
      ),
    (n) => file(`test/${n}.test.ts`, `test("${n}", () => undefined);\n`),
    (n) =>
      file(
        `src/deep/${n}.ts`,
        `export const a = ${"(".repeat(50)}1${")".repeat(50)};\n`,
      ),
  ];
  return Array.from({ length: count }, (_, at) => {
    const shape = shapes[at % shapes.length];
    return shape ? shape(String(at)) : file("", "");
  });
}

function route(n: string): string {
  return `import cors from "cors";
import express from "express";
export const app${n} = express();
app${n}.use(cors({ origin: "*" }));
app${n}.post("/orders/${n}", async (req, res) => {
  try {
    await db.orders.insert(req.body);
  } catch {}
  // vibegate-ignore explicit-cors until=2099-01-31 reason="a public demo of ours"
  res.json({ ok: true });
});
`;
}
