import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBlobStore } from "#github/blob-store.js";
import { blobId } from "#github/object-id.js";
import { openTreeStore } from "#github/tree-store.js";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stores-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("a file that was put is there, for a later process too", async () => {
  const bytes = Buffer.from("const a = 1;\n");
  await openBlobStore(folder).put(blobId(bytes), bytes);

  const found = await openBlobStore(folder).get(blobId(bytes));

  expect(found && Buffer.from(found)).toEqual(bytes);
  expect(await openBlobStore(folder).get("0".repeat(40))).toBeUndefined();
});

test("a file that was changed on disk is not given back, and forgotten", async () => {
  const bytes = Buffer.from("const a = 1;\n");
  const id = blobId(bytes);
  const store = openBlobStore(folder);
  await store.put(id, bytes);
  await writeFile(join(folder, id.slice(0, 2), id.slice(2)), "const a = 2;\n");

  expect(await store.get(id)).toBeUndefined();
  expect(await readdir(join(folder, id.slice(0, 2)))).toEqual([]);
});

test("what was not used for longest goes first when the room is full", async () => {
  const files = Array.from({ length: 10 }, (_, n) =>
    Buffer.alloc(100, String(n)),
  );
  const first = openBlobStore(folder, { maxBytes: 1_000 });
  for (const [n, file] of files.entries()) {
    await first.put(blobId(file), file);
    const id = blobId(file);
    const path = join(folder, id.slice(0, 2), id.slice(2));
    await utimes(path, new Date(n * 1_000), new Date(n * 1_000));
  }
  const store = openBlobStore(folder, { maxBytes: 1_000 });
  await store.get(blobId(files[0]!));

  const more = Buffer.alloc(150, "x");
  await store.put(blobId(more), more);

  const kept = await Promise.all(
    files.map(async (file) => (await store.get(blobId(file))) !== undefined),
  );
  expect(kept).toEqual([true, false, false, false, ...kept.slice(4)]);
  expect(kept.slice(4)).not.toContain(false);
  expect(await store.get(blobId(more))).toBeDefined();
});

test("a tree comes back as it was put; half of one does not", async () => {
  const id = "a".repeat(40);
  const entries = [
    { path: "a\n.ts", mode: "100644", id: "1", size: 3 },
    { path: "lib", mode: "160000", id: "2" },
  ];
  await openTreeStore(folder).put(id, entries);

  expect(await openTreeStore(folder).get(id)).toEqual(entries);

  await writeFile(join(folder, "aa", id.slice(2)), 'checksum\n[["a.ts"');
  expect(await openTreeStore(folder).get(id)).toBeUndefined();
});

test("a disk that cannot be written costs nothing but requests", async () => {
  await writeFile(join(folder, "file"), "");
  const store = openBlobStore(join(folder, "file", "below"));

  await store.put(blobId(Buffer.from("x")), Buffer.from("x"));

  expect(await store.get(blobId(Buffer.from("x")))).toBeUndefined();
});
