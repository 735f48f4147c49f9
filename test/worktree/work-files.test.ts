import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { WorkFiles } from "#worktree/work-files.js";

describe("files of a folder tree", () => {
  let outer: string;
  let files: WorkFiles;

  beforeAll(() => {
    outer = realpathSync(mkdtempSync(join(tmpdir(), "work-files-")));
    const root = join(outer, "root");
    mkdirSync(join(root, "src/deep"), { recursive: true });
    writeFileSync(join(root, "src/deep/a.ts"), "here");
    writeFileSync(join(outer, "b.ts"), "there");
    symlinkSync(outer, join(root, "src/out"));
    symlinkSync("deep", join(root, "src/link"));
    files = new WorkFiles(root);
  });

  afterAll(() => {
    rmSync(outer, { recursive: true });
  });

  test("are read where their path says", () => {
    expect(textAt("src/deep/a.ts")).toBe("here");
  });

  test.each(["src/out/b.ts", "src/link/a.ts", "src/out/root/src/deep/a.ts"])(
    "are not read behind a link in a folder: %s",
    (path) => {
      expect(files.read(path, 100)).toEqual({ kind: "absent" });
    },
  );

  test.each(["../b.ts", "src/../../b.ts", "../root/../b.ts"])(
    "are not read outside: %s",
    (path) => {
      expect(files.read(path, 100)).toEqual({ kind: "absent" });
    },
  );

  test("stand in no file", () => {
    expect(files.read("src/deep/a.ts/b", 100)).toEqual({ kind: "absent" });
  });

  function textAt(path: string): string | undefined {
    const found = files.read(path, 100);
    return found.kind === "file" ? found.bytes?.toString() : undefined;
  }
});
