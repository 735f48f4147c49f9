import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import type { FileChange, GitObject } from "#gate/snapshot.js";
import { fingerprintOf } from "#second-review/fingerprint.js";
import { aFile } from "#support/a-snapshot.js";
import { processorMs } from "#support/processor-time.js";

const base = Array.from({ length: 40 }, (_, i) => `line ${String(i)}`);

test("the same edit is the same when the base gained lines far above it", () => {
  const edited = replaced(base, 20, "edited");

  const approved = print([change(base, edited)]);
  const rebased = print([change(["new", ...base], ["new", ...edited])]);

  expect(rebased).toBe(approved);
});

test.each([
  ["other words", replaced(base, 20, "edited otherwise")],
  ["another line", replaced(base, 21, "edited")],
  ["one line more", [...replaced(base, 20, "edited"), "more"]],
  ["one line less", replaced(base, 20, "edited").slice(1)],
  ["a space at an end", replaced(base, 20, "edited ")],
  ["lines swapped", swapped(replaced(base, 20, "edited"))],
])("%s are another change", (_, edited) => {
  const approved = print([change(base, replaced(base, 20, "edited"))]);

  expect(print([change(base, edited)])).not.toBe(approved);
});

test("an edit that moves to an equal place elsewhere is another change", () => {
  const block = ["function a() {", "  one();", "  two();", "  three();", "}"];
  const twice = [...block, "", ...block, "", ...block];
  const first = [...twice];
  first.splice(9, 0, "  evil();");
  const second = [...twice];
  second.splice(15, 0, "  evil();");

  expect(print([change(twice, first)])).not.toBe(
    print([change(twice, second)]),
  );
});

test("a change near the edit on the base's side is another change", () => {
  const other = replaced(base, 19, "moved on");

  expect(print([change(other, replaced(other, 20, "edited"))])).not.toBe(
    print([change(base, replaced(base, 20, "edited"))]),
  );
});

test("mode, status, path and old path all count", () => {
  const one = change(base, replaced(base, 20, "edited"));
  const prints = [
    one,
    { ...one, path: "b.ts" },
    { ...one, status: "renamed" as const },
    { ...one, afterObject: object("2", "100755") },
    { ...one, previousPath: "old.ts" },
  ].map((each) => print([each]));

  expect(new Set(prints).size).toBe(5);
});

test("a file without text is told by its ids", () => {
  const image = (id: string): FileChange => ({
    path: "a.png",
    status: "modified",
    beforeObject: object("1"),
    afterObject: object(id),
    added: [],
    removed: [],
  });

  expect(print([image("2")])).not.toBe(print([image("3")]));
});

test("a link or a submodule that points elsewhere is another change", () => {
  const link = (id: string, mode: string): FileChange => ({
    path: "lib",
    status: "added",
    afterObject: object(id, mode),
    added: [],
    removed: [],
  });

  const prints = [
    link("2", "120000"),
    link("3", "120000"),
    link("2", "160000"),
  ].map((each) => print([each]));

  expect(new Set(prints).size).toBe(3);
});

test("a byte-order mark that the text does not show is seen by the size", () => {
  const text = "const a = 1;\n";

  expect(print([added("a.ts", text, 13)])).not.toBe(
    print([added("a.ts", text, 16)]),
  );
});

test("the line end of the last line counts", () => {
  expect(print([added("a.ts", "a\n")])).not.toBe(print([added("a.ts", "a")]));
});

test("the order of the files does not count, and no file is no change", () => {
  const one = change(base, replaced(base, 3, "x"));
  const other = { ...one, path: "b.ts" };

  expect(print([one, other])).toBe(print([other, one]));
  expect(print([one, other])).not.toBe(print([one]));
  expect(print([])).not.toBe(print([one]));
});

test("over random texts, two heads have the same fingerprint only when they are equal", () => {
  const random = generator(7);
  for (let round = 0; round < 400; round += 1) {
    const text = randomLines(random);
    const one = mutated(text, random);
    const other = mutated(text, random);

    const isSame = print([change(text, one)]) === print([change(text, other)]);

    expect(isSame).toBe(one.join("\n") === other.join("\n"));
  }
});

test("many hunks cost milliseconds", () => {
  const long = Array.from({ length: 60_000 }, (_, i) => `l${String(i % 7)}`);
  const edited = long.map((line, i) => (i % 50 === 0 ? `${line}!` : line));
  const started = processorMs();

  print([change(long, edited)]);

  expect(processorMs() - started).toBeLessThan(3_000);
});

function print(changes: readonly FileChange[]): string {
  return fingerprintOf(changes, (text) =>
    createHash("sha256").update(text).digest("hex"),
  );
}

function change(
  before: readonly string[],
  after: readonly string[],
): FileChange {
  return {
    path: "a.ts",
    status: "modified",
    before: aFile("a.ts", before.map((line) => `${line}\n`).join("")),
    after: aFile("a.ts", after.map((line) => `${line}\n`).join("")),
    added: [],
    removed: [],
  };
}

function object(id: string, mode = "100644"): GitObject {
  return { id, mode };
}

function added(path: string, text: string, size?: number): FileChange {
  const after = aFile(path, text);
  const { blobId: id } = after;
  const afterObject = { id, mode: "100644", ...(size && { size }) };
  return { path, status: "added", after, afterObject, added: [], removed: [] };
}

function replaced(
  lines: readonly string[],
  at: number,
  line: string,
): readonly string[] {
  return lines.map((old, index) => (index === at ? line : old));
}

function swapped(lines: readonly string[]): readonly string[] {
  return [lines[1] ?? "", lines[0] ?? "", ...lines.slice(2)];
}

function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function randomLines(random: (below: number) => number): string[] {
  return Array.from({ length: 4 + random(14) }, () => "abc"[random(3)] ?? "");
}

function mutated(
  lines: readonly string[],
  random: (below: number) => number,
): string[] {
  const copy = [...lines];
  for (let edits = 1 + random(2); edits > 0; edits -= 1)
    copy.splice(
      random(copy.length + 1),
      random(2),
      ...(random(2) ? ["d"] : []),
    );
  return copy;
}
