import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { Needs } from "#gate/check.js";
import {
  LocalRepository,
  removeTemporaryFolders,
  temporaryFolder,
} from "#support/local-repository.js";
import { readRepository } from "#worktree/read-snapshot.js";

afterAll(removeTemporaryFolders);

const everything: Needs = { files: ["**"], scope: "changed", commits: true };

describe("where files are read", () => {
  test("a repository: its last commit and what is not committed yet", async () => {
    const repository = new LocalRepository();
    repository.commit({ "a.ts": "1\n" });
    repository.write({ "b.ts": "2\n" });

    const snapshot = await read(repository.folder);

    expect(textsOf(snapshot)).toEqual({ "a.ts": "1\n", "b.ts": "2\n" });
    expect(snapshot).toMatchObject({ scope: "repository", hasHistory: true });
    expect(snapshot.head).toBeUndefined();
  });

  test("a clean work tree is its commit", async () => {
    const repository = new LocalRepository();
    const head = repository.commit({ "a.ts": "1\n" });

    expect(await read(repository.folder)).toMatchObject({ head });
  });

  test("a repository without commits", async () => {
    const repository = new LocalRepository();
    repository.write({ "a.ts": "1\n" });

    expect(textsOf(await read(repository.folder))).toEqual({ "a.ts": "1\n" });
  });

  test("a bare repository: its head", async () => {
    const repository = new LocalRepository();
    const head = repository.commit({ "a.ts": "1\n" });
    const bare = temporaryFolder();
    repository.git("clone", "-q", "--bare", repository.folder, bare);

    const snapshot = await read(bare);

    expect(snapshot).toMatchObject({ head, gaps: [] });
    expect(textsOf(snapshot)).toEqual({ "a.ts": "1\n" });
  });

  test("a plain folder, without installed packages and without history", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "node_modules/x"), { recursive: true });
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "node_modules/x/a.js"), "1\n");
    writeFileSync(join(folder, "src/a.ts"), "1\n");

    const snapshot = await read(folder);

    expect(textsOf(snapshot)).toEqual({ "src/a.ts": "1\n" });
    expect(snapshot.hasHistory).toBe(false);
  });

  test("an ignored folder inside a repository is judged for itself", async () => {
    const repository = new LocalRepository();
    repository.commit({ ".gitignore": "copy/\n" });
    repository.write({ "copy/a.ts": "1\n" });

    const snapshot = await read(join(repository.folder, "copy"));

    expect(textsOf(snapshot)).toEqual({ "a.ts": "1\n" });
    expect(snapshot.hasHistory).toBe(false);
  });

  test("a repository whose objects have long names", async () => {
    const folder = temporaryFolder();
    const repository = new LocalRepository();
    repository.git("init", "-q", "--object-format=sha256", folder);
    writeFileSync(join(folder, "a.ts"), "1\n");
    repository.git("-C", folder, "add", ".");
    repository.git("-C", folder, "commit", "-qm", "1");

    const snapshot = await read(folder);

    expect(snapshot.head).toHaveLength(64);
    expect(textsOf(snapshot)).toEqual({ "a.ts": "1\n" });
  });
});

describe("what cannot be read is a gap", () => {
  test.each([
    ["a link out of the repository", "/etc/hostname", /out of/],
    ["a link above the root", "../../x", /out of/],
    ["a link to nothing", "missing", /to nothing/],
    ["a link to itself", "link", /circle/],
  ])("%s", async (_name, target, because) => {
    const repository = new LocalRepository();
    repository.write({ "a.ts": "1\n" });
    symlinkSync(target, join(repository.folder, "link"));
    repository.commit();

    expect((await read(repository.folder)).gaps).toEqual([
      {
        path: "link",
        kind: "symlink",
        because: expect.stringMatching(because),
      },
    ]);
  });

  test("a link to a file of the repository is none: that file is read", async () => {
    const repository = new LocalRepository();
    repository.write({ "src/a.ts": "1\n" });
    symlinkSync("src", join(repository.folder, "folder"));
    symlinkSync("folder/a.ts", join(repository.folder, "file"));
    repository.commit();

    const snapshot = await read(repository.folder);

    expect(snapshot.gaps).toEqual([]);
    expect(textsOf(snapshot)).toEqual({ "src/a.ts": "1\n" });
  });

  test("too large, binary, in LFS, a pipe, a name that is no text", async () => {
    const repository = new LocalRepository();
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 9\n`;
    repository.commit({
      "large.ts": "x".repeat(5_000_001),
      "binary.ts": "a\0b",
      "lfs.ts": pointer,
      "pipe.ts": "1\n",
    });
    const strange = `${repository.folder}/n\xffme.ts`;
    writeFileSync(Buffer.from(strange, "latin1"), "");
    rmSync(join(repository.folder, "pipe.ts"));
    execFileSync("mkfifo", [join(repository.folder, "pipe.ts")]);

    const snapshot = await read(repository.folder);

    expect(snapshot.gaps.map(({ path, kind }) => [path, kind])).toEqual([
      ["binary.ts", "binary"],
      ["large.ts", "too-large"],
      ["lfs.ts", "lfs-pointer"],
      ["n\\xffme.ts", "unreadable"],
      ["pipe.ts", "unreadable"],
    ]);
    expect(snapshot.files).toEqual([]);
  });

  test("an object that is gone, where no work tree has its content", async () => {
    const repository = new LocalRepository();
    repository.commit({ "gone.ts": "gone\n", "a.ts": "1\n" });
    forget(repository, "gone.ts");
    const bare = join(temporaryFolder(), "bare");
    execFileSync("cp", ["-r", join(repository.folder, ".git"), bare]);

    const snapshot = await read(bare);

    expect(snapshot.gaps).toMatchObject([
      { path: "gone.ts", because: expect.stringMatching(/not in this clone/) },
    ]);
    expect(textsOf(snapshot)).toEqual({ "a.ts": "1\n" });
  });

  test("a partial clone fetches nothing and runs nothing", async () => {
    const origin = new LocalRepository();
    origin.commit({ "a.ts": "1\n" });
    origin.git("config", "uploadpack.allowFilter", "true");
    const clone = join(temporaryFolder(), "clone.git");
    const from = `file://${origin.folder}`;
    origin.git("clone", "-q", "--bare", "--filter=blob:none", from, clone);
    const canary = join(temporaryFolder(), "ran");
    const program = join(temporaryFolder(), "program");
    writeFileSync(program, `#!/bin/sh\ntouch ${canary}\n`);
    chmodSync(program, 0o755);
    origin.git("-C", clone, "config", "remote.origin.uploadpack", program);

    const snapshot = await read(clone);

    expect(snapshot.gaps).toMatchObject([{ path: "a.ts", kind: "unreadable" }]);
    expect(existsSync(canary)).toBe(false);
  });

  test("only where a check would have looked", async () => {
    const repository = new LocalRepository();
    repository.commit({ "a.ts": "1\n", "photo.png": "a\0b" });

    const snapshot = await read(repository.folder, ["**/*.ts"]);

    expect(snapshot.gaps).toEqual([]);
    expect(snapshot.paths).toEqual(["a.ts", "photo.png"]);
  });
});

function read(path: string, files = everything.files) {
  const takenAt = "2026-06-01T00:00:00Z";
  return readRepository({ path, needs: [{ ...everything, files }], takenAt });
}

function textsOf({ files }: Awaited<ReturnType<typeof read>>) {
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

/** Takes the committed content of a file out of the repository. */
function forget(repository: LocalRepository, path: string): void {
  const id = repository.git("rev-parse", `HEAD:${path}`);
  const objects = join(repository.folder, ".git/objects");
  rmSync(join(objects, id.slice(0, 2), id.slice(2)), { force: true });
}
