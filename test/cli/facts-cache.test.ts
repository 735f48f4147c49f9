import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { parseFile } from "#parse/parse-file.js";
import { openKeptFacts } from "#cli/facts-cache.js";
import {
  LocalRepository,
  removeTemporaryFolders,
  temporaryFolder,
} from "#support/local-repository.js";

afterAll(removeTemporaryFolders);

const file = {
  path: "src/a.ts",
  text: "export const a = 1;\n",
  blobId: "1",
};
const facts = parseFile(file, { markers: [], fingerprint: () => "" });

const judged = temporaryFolder();
let home = "";
beforeEach(() => {
  home = temporaryFolder();
});

function open(change: Partial<Parameters<typeof openKeptFacts>[0]> = {}) {
  const environment = { XDG_CACHE_HOME: home };
  return openKeptFacts({ folder: judged, environment, ...change });
}

function keepOne(): string {
  const cache = open();
  cache.set(file, "v1", facts);
  cache.keep();
  const folder = join(home, "vibegate", "facts");
  return join(folder, readdirSync(folder)[0] ?? "");
}

describe("facts between runs", () => {
  test("come back as they were, under the name that git gives the content now", () => {
    keepOne();

    const known = open().get({ ...file, blobId: "2" }, "v1");

    expect(known).toEqual({ ...facts, blobId: "2" });
  });

  test("come back with characters of every size", () => {
    const noted = { ...facts, marks: { any: ["é, 漢, 😀, \u2028"] } };
    const cache = open();
    cache.set(file, "v1", noted);
    cache.keep();

    expect(open().get(file, "v1")).toEqual(noted);
  });

  test("are not those of other bytes that the reader told apart", () => {
    const cache = open();
    cache.set({ ...file, contentHash: "one" }, "v1", facts);
    cache.keep();

    expect(open().get({ ...file, contentHash: "one" }, "v1")).toEqual(facts);
    expect(open().get({ ...file, contentHash: "two" }, "v1")).toBeUndefined();
  });

  test.each([
    ["another text", { file: { ...file, text: "export const a = 2;\n" } }],
    ["another path", { file: { ...file, path: "src/b.ts" } }],
    ["other markers", { version: "v2" }],
    ["another repository", { options: { folder: temporaryFolder() } }],
    ["another key", { options: { fingerprint: () => "other" } }],
  ])("are not those of %s", (_, { file: other, version, options }: Other) => {
    keepOne();

    const known = open(options).get(other ?? file, version ?? "v1");

    expect(known).toBeUndefined();
  });

  test("are closed to others", () => {
    const pack = keepOne();

    expect(statSync(pack).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, "vibegate")).mode & 0o777).toBe(0o700);
  });

  test("are read from no folder that others may write to", () => {
    keepOne();
    chmodSync(join(home, "vibegate"), 0o770);

    expect(open().get(file, "v1")).toBeUndefined();
  });

  test("are read from no folder within what is judged", () => {
    keepOne();

    expect(open({ folder: home }).get(file, "v1")).toBeUndefined();
  });

  test("are read through no link", () => {
    const other = temporaryFolder();
    mkdirSync(join(other, "vibegate"), { mode: 0o700 });
    symlinkSync(join(other, "vibegate"), join(home, "vibegate"));

    const cache = open();
    cache.set(file, "v1", facts);
    cache.keep();

    expect(readdirSync(join(other, "vibegate"))).toEqual([]);
  });

  test("count as unknown once a byte of them has changed", () => {
    const pack = keepOne();
    const text = readFileSync(pack, "utf8");
    writeFileSync(pack, text.replace('"kind":"code"', '"kind":"test"'));

    expect(open().get(file, "v1")).toBeUndefined();
  });

  test.each([
    "",
    "\n",
    "rubbish",
    "vibegate facts 1 of another build\n{}\n",
    "\0\0\n\0",
  ])("count as unknown in a file that is %j", (content) => {
    const pack = keepOne();
    writeFileSync(pack, content);

    expect(open().get(file, "v1")).toBeUndefined();
  });

  test("a cut file loses what was cut off, and no more", () => {
    const cache = open();
    const others = ["b", "c"].map((name) => ({ ...file, path: name }));
    for (const one of [file, ...others])
      cache.set(one, "v1", { ...facts, path: one.path });
    cache.keep();
    const pack = keepOne();
    const whole = readFileSync(pack);
    writeFileSync(pack, whole.subarray(0, whole.length - 20));

    const known = [file, ...others].map((one) => open().get(one, "v1")?.path);

    expect(known.filter(Boolean)).toHaveLength(2);
  });
});

interface Other {
  readonly file?: typeof file;
  readonly version?: string;
  readonly options?: Parameters<typeof open>[0];
}

describe("a run after another", () => {
  const repository = new LocalRepository().write({
    "README.md": "# An app\n",
    ...Object.fromEntries(
      ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => [
        `src/${name}.ts`,
        `import cors from "cors";\nexport const ${name} = cors;\n`,
      ]),
    ),
  });

  test("parses what has changed, and without a change does not even load the compiler", () => {
    const first = run(repository.folder);
    const again = run(repository.folder);
    const changed = "export const limit = 100;\n";
    repository.write({ "src/a.ts": changed, "src/c.ts": changed });
    repository.write({ "src/h.ts": changed });
    const afterChange = run(repository.folder);

    expect(first).toMatchObject({ parsed: 9, isCompilerLoaded: true });
    expect(again).toEqual({ read: 9, parsed: 0, isCompilerLoaded: false });
    expect(afterChange).toMatchObject({ read: 9, parsed: 3 });
  });

  function run(path: string): Work {
    const modules = fileURLToPath(new URL("../../src/", import.meta.url));
    const script = `
      const { judgeFolder } = await import("${modules}cli/judge-folder.js");
      const compiler = await import("${modules}parse/compiler.js");
      const { work, keep } = await judgeFolder({ path: ${JSON.stringify(path)} }, () => {});
      keep();
      console.log(JSON.stringify({ ...work, isCompilerLoaded: compiler.ts !== undefined }));`;
    const answer = execFileSync(
      process.execPath,
      ["--input-type=module", "--eval", script],
      { env: { ...process.env, XDG_CACHE_HOME: runHome }, encoding: "utf8" },
    );
    return JSON.parse(answer) as Work;
  }

  const runHome = temporaryFolder();
});

interface Work {
  readonly read: number;
  readonly parsed: number;
  readonly isCompilerLoaded: boolean;
}
