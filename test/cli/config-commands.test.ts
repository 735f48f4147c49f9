import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parseConfig } from "#config/parse-config.js";
import {
  LocalRepository,
  removeTemporaryFolders,
} from "#support/local-repository.js";
import { typeCommand } from "#support/type-command.js";

afterAll(removeTemporaryFolders);

const program = fileURLToPath(
  new URL("../../../bin/vibegate.js", import.meta.url),
);
const file = ".vibegate.yml";
const door =
  'import cors from "cors";\nexport const app = create();\napp.use(cors({ origin: true, credentials: true }));\n';

/** The command line as typed in a repository. */
function run(repository: LocalRepository, ...args: readonly string[]) {
  return typeCommand(args, { cwd: repository.folder });
}

/** The program itself: what it prints and how it ends must reach whoever started it. */
function start(repository: LocalRepository, ...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [program, ...args],
    { cwd: repository.folder, encoding: "utf8" },
  );
  return { stdout, stderr, status };
}

describe("vibegate init", () => {
  test("writes a valid file that fits the repository, and says what is next", () => {
    const repository = new LocalRepository().write({
      "package.json": '{"workspaces": ["apps/*"]}',
      "apps/web/package.json":
        '{"name": "web", "dependencies": {"next": "15.0.0", "stripe": "1.0.0"}}',
      "apps/worker/package.json": '{"name": "worker", "dependencies": {}}',
      "apps/web/src/billing/pay.ts": "export {};\n",
      "supabase/migrations/1.sql": "select 1;\n",
      "apps/web/public/icons/auth/key.svg": "<svg />\n",
      "apps/web/src/auth/notes.md": "Nothing yet.\n",
      ".assistant/rules/auth/rule.ts": "export {};\n",
    });

    const { stdout, status } = start(repository, "init");

    expect(status).toBe(0);
    expect(stdout).toContain("Wrote .vibegate.yml for Next.js, Stripe");
    expect(stdout).toContain("vibegate audit");
    const text = readFileSync(join(repository.folder, file), "utf8");
    expect(text).toMatch(/^# yaml-language-server: \$schema=https:/);
    expect(text).toContain('"apps/web/src/billing/**"');
    expect(text).not.toMatch(/^ +- .*auth/m);
    expect(text).toContain('name: "web"');
    const parsed = parseConfig(text, { path: file });
    expect(parsed).toMatchObject({ ok: true, warnings: [] });
    expect(start(repository, "config", "check", file)).toMatchObject({
      stdout: `${file} is valid.\n`,
      status: 0,
    });
  });

  test("its commented examples are valid, too", async () => {
    const repository = new LocalRepository().write({ "a.txt": "a\n" });
    await run(repository, "init");
    const text = readFileSync(join(repository.folder, file), "utf8");
    const uncommented = text
      .split("\n")
      .map((line) => line.replace(/^# ?(?=[a-z]+:$|  )/, ""))
      .join("\n");

    expect(uncommented).toMatch(/^attest:$/m);
    repository.write({ "all.yml": uncommented });
    expect(await run(repository, "config", "check", "all.yml")).toMatchObject({
      stdout: "all.yml is valid.\n",
    });
  });

  test("leaves a file alone that is there", async () => {
    const repository = new LocalRepository().write({
      ".github/vibegate.yml": "version: 1\n",
    });

    const { stderr, status } = await run(repository, "init");

    expect(status).toBe(2);
    expect(stderr).toContain(".github/vibegate.yml already");
    expect(existsSync(join(repository.folder, file))).toBe(false);
  });

  test("does not write through a link", async () => {
    const repository = new LocalRepository();
    const target = join(repository.folder, "elsewhere.txt");
    symlinkSync(target, join(repository.folder, file));

    expect((await run(repository, "init")).status).toBe(2);
    expect(existsSync(target)).toBe(false);
  });
});

describe("vibegate init, asked from elsewhere or only to show", () => {
  const manifest = '{"dependencies": {"next": "15.0.0"}}';

  test("writes at the root of the repository around the current folder", () => {
    const repository = new LocalRepository().write({ "web/a.txt": "a\n" });

    const cwd = join(repository.folder, "web");
    const { status } = spawnSync(process.execPath, [program, "init"], { cwd });

    expect(status).toBe(0);
    expect(existsSync(join(repository.folder, file))).toBe(true);
    expect(existsSync(join(cwd, file))).toBe(false);
  });

  test("says of a folder in a repository that GitHub does not read it there", async () => {
    const repository = new LocalRepository().write({
      "web/package.json": manifest,
    });

    const { stdout, status } = await run(repository, "init", "web");

    expect(status).toBe(0);
    expect(stdout).toContain("for Next.js");
    expect(stdout).toContain("GitHub reads the file at the root");
    expect(existsSync(join(repository.folder, "web", file))).toBe(true);
  });

  test("with --dry-run prints a valid file and writes none", async () => {
    const repository = new LocalRepository().write({
      "package.json": manifest,
      ".github/CODEOWNERS": "* mail@acme.example @acme/core\n",
    });

    const { stdout, stderr, status } = await run(
      repository,
      "init",
      "--dry-run",
    );

    expect(status).toBe(0);
    expect(parseConfig(stdout, { path: file }).ok).toBe(true);
    expect(stdout).toContain('by: "@acme/core"');
    expect(stdout).toContain("owner=@acme/core");
    expect(stderr).toContain("for Next.js; nothing was written.");
    expect(existsSync(join(repository.folder, file))).toBe(false);
  });

  test("a reader that has seen enough is no failure", () => {
    const { folder } = new LocalRepository();
    const command = `"${process.execPath}" "${program}" config print | true`;

    const { stderr } = spawnSync("sh", ["-c", command], {
      cwd: folder,
      encoding: "utf8",
    });

    expect(stderr).toBe("");
  });
});

describe("vibegate config check", () => {
  test("names each mistake by line and column, with what was meant", () => {
    const repository = new LocalRepository().write({
      "a.yml": "version: 1\nphase: comitment\nchekcs:\n  credentials: off\n",
    });

    const { stdout, status } = start(repository, "config", "check", "a.yml");

    expect(status).toBe(2);
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^a\.yml:2:8: .*Did you mean "commitment"\?$/),
      expect.stringMatching(/^a\.yml:3:1: .*Did you mean "checks"\?$/),
      "",
    ]);
  });

  test("knows an organization's file", async () => {
    const repository = new LocalRepository().write({
      "org.yml": "version: 1\nenforce:\n  phase: commitment\n",
    });
    const check = ["config", "check", "org.yml"];

    expect((await run(repository, ...check)).status).toBe(2);
    expect((await run(repository, ...check, "--organization")).status).toBe(0);
  });

  test("says that a file cannot be read", async () => {
    expect(
      await run(new LocalRepository(), "config", "check", "no.yml"),
    ).toEqual({
      stdout: "",
      stderr: "vibegate: no.yml cannot be read as text.\n",
      status: 2,
    });
  });
});

describe("vibegate config print", () => {
  test("shows each value with where it comes from", () => {
    const repository = new LocalRepository().write({
      [file]:
        'version: 1\nphase: exploration\nchecks:\n  explicit-cors: "off"\n  credentials: advise\n',
      "org.yml":
        "enforce:\n  checks: {credentials: block}\n  max-suppression-days: 30\n",
    });

    const { stdout, status } = start(
      repository,
      ...["config", "print", "--organization", "org.yml"],
    );

    expect(status).toBe(0);
    const lines = stdout.split("\n").map((line) => line.replace(/ +/g, " "));
    expect(lines).toContain(`Configured by ${file}.`);
    expect(lines).toContain(`phase exploration (${file}:2)`);
    expect(lines).toContain(`checks.explicit-cors off (${file}:4)`);
    expect(lines).toContain(
      `checks.credentials block (enforced by the organization's org.yml:2, over advise in ${file}:5)`,
    );
    expect(lines).toContain("tenancy multi (built in)");
    expect(lines).toContain(
      "enforce.checks.credentials block (enforced by the organization's org.yml:2)",
    );
    expect(lines).toContain(
      "limits.max-suppression-days 30 (enforced by the organization's org.yml:3)",
    );
  });

  test("without a file, the defaults", async () => {
    const { stdout, status } = await run(
      new LocalRepository(),
      "config",
      "print",
    );

    expect(status).toBe(0);
    expect(stdout).toMatch(/^phase +exploration +\(built in\)$/m);
  });

  test("with mistakes, the strict defaults that hold then", async () => {
    const repository = new LocalRepository().write({ [file]: "phaze: x\n" });

    const { stdout, status } = await run(repository, "config", "print");

    expect(status).toBe(2);
    expect(stdout).toContain(`${file}:1:1: `);
    expect(stdout).toMatch(/^phase +commitment +\(built in\)$/m);
  });
});

describe("vibegate check, of a change to the configuration", () => {
  function changed(from: string, to: string): LocalRepository {
    const repository = new LocalRepository();
    repository.commit({ [file]: from, "src/app.ts": "export {};\n" });
    repository.git("switch", "--quiet", "--create", "change");
    repository.commit({ [file]: to, "src/app.ts": door });
    return repository;
  }

  test("that softens it shows what it would do, and the base's counts", async () => {
    const repository = changed(
      "phase: commitment\n",
      "phase: commitment\nchecks: {explicit-cors: advise}\n",
    );

    const { stdout, status } = await run(repository, "check", "--base", "main");

    expect(status).toBe(1);
    expect(stdout).toContain("With this file: 1 finding would become advisory");
  });

  test("that breaks it names the line, and ends as wrong configuration", async () => {
    const repository = changed(
      "phase: exploration\n",
      "version: 1\nphase: x\n",
    );

    const { stdout, status } = start(repository, "check", "--base", "main");
    const json = await run(
      repository,
      "check",
      "--base",
      "main",
      "--format",
      "json",
    );

    expect(status).toBe(2);
    expect(stdout).toContain(`${file}:2:8: `);
    expect(stdout).toContain(
      "This change leaves the configuration with 1 mistake;",
    );
    expect(JSON.parse(json.stdout)).toMatchObject({
      config: { change: { problems: [{ path: file, line: 2, column: 8 }] } },
    });
  });

  test("that mends a broken base is judged by the last valid version", async () => {
    const repository = new LocalRepository();
    repository.commit({ [file]: "phase: commitment\n" });
    const broken = repository.commit({ [file]: "phaze: commitment\n" });
    repository.git("switch", "--quiet", "--create", "change");
    repository.commit({ [file]: "phase: commitment\n", "src/app.ts": door });

    const { stdout, status } = await run(repository, "check", "--base", "main");

    expect(status).toBe(1);
    expect(stdout).toContain("its last valid version governs");
    expect(stdout).toContain(`It was broken by commit ${broken.slice(0, 12)}`);
  });

  test("lists what people accepted, also what has no effect", async () => {
    const suppressing = (until: string) =>
      `  - {rule: explicit-cors, paths: [src/app.ts], reason: a demo without data, owner: "@dana", until: ${until}}\n`;
    const repository = new LocalRepository();
    repository.commit({
      [file]: `suppress:\n${suppressing("2026-01-01")}`,
      "src/app.ts": door,
    });

    const { stdout } = await run(repository, "audit");

    expect(stdout).toContain("not suppressed: explicit-cors, .vibegate.yml:2");
    expect(stdout).toContain("expired on 2026-01-01; @dana had accepted it");
  });
});

describe("vibegate audit and check under an organization's file", () => {
  const under = ["--organization", "org.yml", "--format", "json"];
  const enforcing =
    "enforce: {phase: commitment, checks: {explicit-cors: block}}\n";

  test.each([
    ["the repository's file", { [file]: "checks: {explicit-cors: 'off'}\n" }],
    ["no file at all", {}],
  ])("its floors hold above %s, in a change as well", async (_name, own) => {
    const repository = new LocalRepository();
    repository.commit({ ...own, "org.yml": enforcing, "src/app.ts": "" });
    repository.git("switch", "--quiet", "--create", "change");
    repository.commit({ "src/app.ts": door });

    expect((await run(repository, "check", "--base", "main")).status).toBe(0);
    const change = await run(repository, "check", "--base", "main", ...under);
    expect(change.status).toBe(1);
    expect((await run(repository, "audit", ...under)).status).toBe(1);
  });

  test("what is asked for on the command line lowers no floor, and is said", async () => {
    const repository = new LocalRepository();
    repository.commit({ "org.yml": enforcing, "src/app.ts": door });
    const asked = ["audit", "--phase", "exploration"];

    expect((await run(repository, ...asked)).status).toBe(0);
    const { status, stdout } = await run(
      repository,
      ...asked,
      ...under.slice(0, 2),
    );
    expect(status).toBe(1);
    expect(stdout).toContain("so what the organization says holds");
    expect(stdout).toContain("so --phase exploration does not hold");
  });

  test.each([
    ["with mistakes", "enforce: {phase: comitment}\n", "org.yml:1:"],
    ["that is not there", undefined, "org.yml cannot be read as text."],
  ])("one %s is told, and nothing is judged", async (_name, text, said) => {
    const repository = new LocalRepository();
    repository.commit({ "src/app.ts": door });
    if (text !== undefined) repository.write({ "org.yml": text });

    const { status, stderr, stdout } = await run(repository, "audit", ...under);

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(said);
  });
});
