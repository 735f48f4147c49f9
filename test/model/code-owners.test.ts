import { describe, expect, test } from "@jest/globals";
import type { PlacedSuppression } from "#gate/inline-suppression.js";
import type { FileChange, SourceFile } from "#gate/snapshot.js";
import { withOwners } from "#model/code-owners.js";
import { aSnapshot } from "#support/a-snapshot.js";
import { processorMs } from "#support/processor-time.js";

const comment: PlacedSuppression = {
  ...{ path: "src/shop/pay.ts", line: 3, target: 4, check: "rate-limits" },
  ...{ until: "2026-08-01", reason: "a page without any cost" },
};

function file(path: string, text: string): SourceFile {
  return { path, text, blobId: text };
}

function ownersWith(
  files: readonly SourceFile[],
  changes: readonly FileChange[] = [],
  given: Partial<PlacedSuppression> = {},
) {
  const snapshot = Object.freeze({
    ...aSnapshot({ changes }),
    ...{ files, paths: files.map(({ path }) => path) },
  });
  const [{ owner, ownerFrom } = comment] = withOwners(
    [{ ...comment, ...given }],
    snapshot,
  );
  return { owner, ownerFrom };
}

const nobody = { owner: undefined, ownerFrom: undefined };
const fromFile = (owner: string) => ({ owner, ownerFrom: "CODEOWNERS" });

describe("who answers for a comment", () => {
  test("its own owner first", () => {
    const files = [file("CODEOWNERS", "* @sam\n")];

    expect(ownersWith(files, [], { owner: "@dana" })).toEqual({
      ...nobody,
      owner: "@dana",
    });
  });

  test.each([
    ["the last line that takes the file", "* @sam\nsrc/shop/ @acme/pay\n"],
    ["an account beside an address", "* pay@acme.example @acme/pay\n"],
  ])("otherwise CODEOWNERS: %s", (_name, text) => {
    expect(ownersWith([file("CODEOWNERS", text)])).toEqual(
      fromFile("@acme/pay"),
    );
  });

  test("several owners, of whom three are named", () => {
    const files = [file("docs/CODEOWNERS", "* @a @b/c @d @e\n")];

    expect(ownersWith(files)).toEqual(fromFile("@a, @b/c, @d"));
  });

  test.each([
    ["no such file", "README.md", "* @sam\n"],
    ["another file's owner", "CODEOWNERS", "/docs/ @sam\n"],
    ["a line that takes the owner away", "CODEOWNERS", "* @sam\n/src/shop/\n"],
    ["only an address", "CODEOWNERS", "* pay@acme.example\n"],
  ])("nobody with %s", (_name, path, text) => {
    expect(ownersWith([file(path, text)])).toEqual(nobody);
  });

  test("the folder of GitHub comes first", () => {
    const files = [
      file("CODEOWNERS", "* @sam\n"),
      file(".github/CODEOWNERS", "* @dana\n"),
    ];

    expect(ownersWith(files)).toEqual(fromFile("@dana"));
  });
});

describe("what a change does to CODEOWNERS does not count yet", () => {
  const changed = (
    status: FileChange["status"],
    given: Partial<FileChange> = {},
  ): FileChange => ({
    ...{ path: "CODEOWNERS", status, added: [], removed: [] },
    ...given,
  });
  const head = file("CODEOWNERS", "* @mallory\n");
  const base = file("CODEOWNERS", "* @dana\n");

  test("when it alters it", () => {
    const before = { before: base };

    expect(ownersWith([head], [changed("modified", before)])).toEqual(
      fromFile("@dana"),
    );
    expect(ownersWith([head], [changed("modified")])).toEqual(nobody);
  });

  test("when it adds one, also in front of the one that counts", () => {
    const path = ".github/CODEOWNERS";
    const added = changed("added", { path });
    const first = file(path, "* @mallory\n");

    expect(ownersWith([first], [added])).toEqual(nobody);
    expect(ownersWith([first, base], [added])).toEqual(fromFile("@dana"));
  });

  test("when it removes or moves it", () => {
    const path = "docs/CODEOWNERS";
    const previously = { previousPath: "CODEOWNERS", before: base };
    const moved = changed("renamed", { path, ...previously });

    expect(ownersWith([], [changed("removed", { before: base })])).toEqual(
      fromFile("@dana"),
    );
    expect(ownersWith([file(path, "* @mallory\n")], [moved])).toEqual(
      fromFile("@dana"),
    );
  });
});

test("takes bounded time whatever the file and the comments are", () => {
  const line = "**/a*b*c*/**/x*y*z @sam\n";
  const many = Array.from({ length: 3_500 }, (_, index) => ({
    ...comment,
    path: `src/${"ab".repeat(30)}/${String(index)}.ts`,
  }));
  const within = (lines: number) => {
    const text = `* @dana\n${line.repeat(lines)}`;
    const files = [file("CODEOWNERS", text)];
    const snapshot = { ...aSnapshot(), files, paths: ["CODEOWNERS"] };
    return withOwners(many, snapshot).filter(({ owner }) => owner === "@dana");
  };
  const start = processorMs();

  expect(within(2_000).length).toBe(60);
  expect(within(20_000)).toEqual([]);

  expect(processorMs() - start).toBeLessThan(10_000);
});
