import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";
import {
  LocalRepository,
  removeTemporaryFolders,
  temporaryFolder,
} from "#support/local-repository.js";
import { typeCommand } from "#support/type-command.js";

afterAll(removeTemporaryFolders);

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = join(root, "bin/vibegate.js");
const cacheHome = temporaryFolder();
const wildcard =
  'import cors from "cors";\nimport express from "express";\nconst app = express();\napp.use(cors({ origin: true, credentials: true }));\napp.post("/pay", pay);\n';

describe("the program", () => {
  test("tells its version in a moment", () => {
    const started = performance.now();

    const { stdout, status } = start(["--version"]);

    const { version } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    ) as { version: string };
    expect({ stdout, status }).toEqual({ stdout: `${version}\n`, status: 0 });
    // A loaded machine may take its time; alone it is a tenth of this.
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("says in one sentence when it is not built", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "bin"));
    copyFileSync(program, join(folder, "bin/vibegate.js"));
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');

    const { stderr, status } = start(["audit"], { of: folder });

    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^VibeGate is not built yet; run `npm run build` in .*\n$/,
    );
  });

  test("says in one sentence when its Node is too old", () => {
    const folder = temporaryFolder();
    const old =
      'Object.defineProperty(process.versions, "node", { value: "12.22.0" });\n';
    const source = readFileSync(program, "utf8").replace(
      "var needed",
      `${old}var needed`,
    );
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/vibegate.js"), source);
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');

    const { stderr, status } = start(["audit"], { of: folder });

    expect(status).toBe(2);
    expect(stderr).toBe(
      "VibeGate needs Node 22.13 or newer; this is 12.22.0.\n",
    );
  });

  test.each([
    [[], /Usage: vibegate/],
    [
      ["audit", "--format", "xml"],
      /Allowed choices are pretty, json, markdown/,
    ],
    [
      ["audit", "--phase", "later"],
      /Allowed choices are exploration, commitment/,
    ],
    [["check"], /required option '--base <ref>'/],
    [["frobnicate"], /unknown command 'frobnicate'/],
    [
      ["audit", "/no/such/folder"],
      /^vibegate: There is no folder "\/no\/such\/folder"\.\n$/,
    ],
    [["audit", program], /is not a folder/],
  ])("%j is wrong usage, told without a stack", async (args, sentence) => {
    const { stderr, stdout, status } = await type(args);

    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
  });

  test("gives help", () => {
    const { stdout, status } = start(["check", "--help"]);

    expect(status).toBe(0);
    expect(stdout).toMatch(/--base <ref>[\s\S]*Exit codes:/);
  });

  test.each([
    [0, ["audit", "--phase", "exploration"], { "server.ts": wildcard }, ""],
    [1, ["audit", "--phase", "commitment"], { "server.ts": wildcard }, ""],
    [2, ["audit"], { ".vibegate.yml": "phase: x\n" }, "vibegate: .vibegate"],
    [2, ["audit", "/no/such/folder"], {}, 'vibegate: There is no folder "'],
    [3, ["audit"], { "a.ts": "a\0b" }, ""],
  ] as const)(
    "as a process of its own ends with %j for %j",
    (code, args, files, complaint) => {
      const at = aRepository().write({ "a.md": "# Shop\n", ...files });

      const { status, stdout, stderr, signal } = start(args, { at });

      expect({ status, signal }).toEqual({ status: code, signal: null });
      expect(stderr.startsWith(complaint)).toBe(true);
      expect([stderr === "", stdout === ""]).toEqual(
        code === 2 ? [false, true] : [true, false],
      );
    },
  );
});

describe("how it ends", () => {
  test.each([
    [
      "a wildcard, in the commitment phase",
      "commitment",
      { "server.ts": wildcard },
      1,
    ],
    [
      "a wildcard, in the exploration phase",
      "exploration",
      { "server.ts": wildcard },
      0,
    ],
    [
      "nothing to object to",
      "commitment",
      { "a.ts": "export const a = 1;\n" },
      0,
    ],
    ["a file that could not be read", "commitment", { "a.ts": "a\0b" }, 3],
    ["the same while it only advises", "exploration", { "a.ts": "a\0b" }, 3],
  ])("with %s", async (_name, phase, files: Record<string, string>, code) => {
    const repository = aRepository();
    repository.write(files);

    const args = ["check", "--base", "main", "--phase", phase];
    expect((await type(args, { at: repository })).status).toBe(code);
  });

  test("what stood there before blocks nobody", async () => {
    const repository = aRepository();
    repository.commit({ "server.ts": wildcard });
    repository.write({ "server.ts": `${wildcard}// more\n` });

    const { status, stdout } = await type(
      ["check", "--base", "HEAD", "--phase", "commitment", "--format", "json"],
      { at: repository },
    );

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ check: "explicit-cors", introduced: false }],
    });
  });
});

describe("the configuration", () => {
  test("of the base decides about the phase, not that of the change", async () => {
    const repository = aRepository();
    repository.commit({ ".vibegate.yml": "phase: commitment\n" });
    repository.write({
      ".vibegate.yml": "phase: exploration\n",
      "server.ts": wildcard,
    });

    const { status } = await type(["check", "--base", "HEAD"], {
      at: repository,
    });
    expect(status).toBe(1);
  });

  test("with mistakes is refused to the line, without repeating a value", async () => {
    const repository = aRepository();
    repository.write({ ".vibegate.yml": "version: 1\nphase: hunter2\n" });

    const { status, stderr, stdout } = await type(["audit"], {
      at: repository,
    });

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^vibegate: \.vibegate\.yml:2:8: /);
    expect(stderr).not.toContain("hunter2");
  });
});

describe("the report", () => {
  test("of the same commit is the same to the byte", () => {
    const repository = aRepository();
    repository.commit({ "server.ts": wildcard, "b/server.ts": wildcard });
    const look = () =>
      start(["check", "--base", "main", "--format", "json"], { at: repository })
        .stdout;

    expect(look()).toBe(look());
  });

  test("of a plain folder says what could not be seen", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "server.ts"), wildcard);

    const { stdout, status } = await type([
      "audit",
      folder,
      "--format",
      "json",
    ]);

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [
        { check: "explicit-cors", path: "server.ts", introduced: true },
      ],
      gaps: [
        {
          path: "",
          because: expect.stringContaining(
            "history and commits could not be seen",
          ),
        },
      ],
    });
  });

  test("can go to a file", () => {
    const folder = temporaryFolder();
    const output = join(folder, "report.md");

    const { stdout, status } = start([
      "audit",
      folder,
      "--format",
      "markdown",
      "--output",
      output,
    ]);

    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
    expect(readFileSync(output, "utf8")).toMatch(/^# VibeGate: /);
  });

  test("that can go nowhere is told in one sentence", async () => {
    const { stderr, status } = await type([
      "audit",
      temporaryFolder(),
      "--output",
      "/no/such/folder/x",
    ]);

    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^vibegate: the report could not be written to .*\n$/,
    );
  });

  test.each([
    [{ FORCE_COLOR: "1" }, true],
    [{ NO_COLOR: "1" }, false],
    [{}, false],
  ])("has colours with %j in a pipe: %j", (environment, isColoured) => {
    const { stdout, stderr } = start(["audit", temporaryFolder()], {
      environment,
    });

    expect(stdout.includes("\u001b[")).toBe(isColoured);
    expect(stderr).toBe("");
  });
});

interface StartOptions {
  /** Folder that holds the program; this checkout when not given. */
  readonly of?: string;
  /** Repository that the command is typed in. */
  readonly at?: LocalRepository;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The command line as typed, in this process. */
function type(
  args: readonly string[],
  { at }: { readonly at?: LocalRepository } = {},
) {
  const environment = { XDG_CACHE_HOME: cacheHome };
  return typeCommand(args, { cwd: at?.folder ?? root, environment });
}

/** The program itself, as a process of its own. */
function start(
  args: readonly string[],
  { of = root, at, environment }: StartOptions = {},
) {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env;
  return spawnSync(process.execPath, [join(of, "bin/vibegate.js"), ...args], {
    cwd: at?.folder ?? of,
    encoding: "utf8",
    env: {
      ...inherited,
      NODE_OPTIONS: "",
      XDG_CACHE_HOME: cacheHome,
      ...environment,
    },
  });
}

/** A repository on a branch that is still level with main. */
function aRepository(): LocalRepository {
  const repository = new LocalRepository();
  repository.commit({ "package.json": '{"name": "shop"}\n' });
  repository.git("checkout", "-q", "-b", "change");
  return repository;
}
