import { expect, test } from "@jest/globals";
import { gzipSync } from "node:zlib";
import nock from "nock";
import { pack } from "tar-stream";
import type { TreeEntry } from "#gate/tree-compare.js";
import type { BlobStore } from "#github/blob-store.js";
import { readBlobs } from "#github/blobs.js";
import { GitHubLimited } from "#github/failures.js";
import { blobId } from "#github/object-id.js";
import { anOctokit, answerQueries, api, onlyNock } from "./an-octokit.js";

const repository = { owner: "shop", repo: "web" };

onlyNock();

test("texts come in queries of fifty and are kept for the next time", async () => {
  const files = texts(120);
  const queries = serveTexts(files);
  const store = aStore();

  const first = await read(files, store);
  const again = await read(files, store);

  expect(queries.count()).toBe(3);
  expect(first).toEqual(contentsOf(files));
  expect(again).toEqual(first);
});

test("a query that is too much for GitHub is asked again in halves", async () => {
  const files = texts(8);
  const queries = serveTexts(files, { mostAtOnce: 3 });

  expect(await read(files, aStore())).toEqual(contentsOf(files));
  expect(queries.count()).toBe(7);
});

test.each([
  ["binary", Buffer.from([0, 159, 146, 150])],
  ["Latin-1", Buffer.from([0x63, 0x61, 0x66, 0xe9])],
  ["long", Buffer.alloc(600_000, "a")],
])("a %s file is read byte for byte", async (_kind, bytes) => {
  serveTexts([bytes]);
  serveRaw(bytes);

  expect(await read([bytes], aStore())).toEqual(contentsOf([bytes]));
});

test("bytes that are not what was asked for are never taken", async () => {
  const bytes = Buffer.from("const a = 1;\n");
  answerQueries((query) => ({ body: answer(query, () => "const a = 2;\n") }));
  serveRaw(bytes, Buffer.from("const a = 3;\n"));
  const store = aStore();

  expect(await read([bytes], store)).toEqual(new Map());
  expect(await store.get(blobId(bytes))).toBeUndefined();
});

test("a file that is gone leaves the others to be read", async () => {
  const [kept, gone] = [Buffer.from("kept"), Buffer.from("gone")];
  serveTexts([kept]);
  nock(api).get(rawPath(gone)).reply(404, {});

  expect(await read([kept, gone], aStore())).toEqual(contentsOf([kept]));
});

test("a rate limit stops the reading", async () => {
  answerQueries(() => ({
    body: { errors: [{ type: "RATE_LIMITED", message: "" }] },
  }));

  await expect(read(texts(2), aStore())).rejects.toBeInstanceOf(GitHubLimited);
});

test("many files come from the archive, and what it hides from queries", async () => {
  const files = texts(400);
  const queries = serveTexts(files);
  const [hidden, ...shown] = files;
  const strange = Buffer.from("not in the tree");
  serveArchive([...shown, strange]);
  const store = aStore();

  expect(await read(files, store)).toEqual(contentsOf(files));
  expect(queries.count()).toBe(1);
  expect(await store.get(blobId(hidden!))).toBeDefined();
  expect(await store.get(blobId(strange))).toBeUndefined();
});

test("an archive that breaks off is made good by queries", async () => {
  const files = texts(310);
  const queries = serveTexts(files);
  nock(api).get("/repos/shop/web/tarball/head").reply(200, "no archive");

  expect(await read(files, aStore())).toEqual(contentsOf(files));
  expect(queries.count()).toBe(7);
});

test("an id that is none is not asked for", async () => {
  const blob = { path: "a", mode: "100644", id: '"){viewer{login}}', size: 1 };

  const taken: string[] = [];
  await readBlobs(
    anOctokit(),
    { repository, blobs: [blob], store: aStore() },
    (id) => taken.push(id),
  );

  expect(taken).toEqual([]);
});

function texts(count: number): Buffer[] {
  return Array.from({ length: count }, (_, n) =>
    Buffer.from(`export const n = ${String(n)}; // grüße\r\n`),
  );
}

function contentsOf(files: readonly Buffer[]): Map<string, string> {
  return new Map(files.map((file) => [blobId(file), file.toString("hex")]));
}

async function read(
  files: readonly Buffer[],
  store: BlobStore,
): Promise<Map<string, string>> {
  const taken = new Map<string, string>();
  const blobs = files.map((file, n): TreeEntry => ({
    path: `file-${String(n)}`,
    mode: "100644",
    id: blobId(file),
    size: file.length,
  }));
  await readBlobs(
    anOctokit(),
    {
      ...{ repository, blobs, store },
      archive: { commit: "head", treeBytes: 1_000_000 },
    },
    (id, bytes) => taken.set(id, Buffer.from(bytes).toString("hex")),
  );
  return taken;
}

function serveTexts(
  files: readonly Buffer[],
  { mostAtOnce = 50 }: { readonly mostAtOnce?: number } = {},
) {
  const byId = new Map(files.map((file) => [blobId(file), file]));
  return answerQueries((query) => {
    const ids = query.match(/oid: "/g) ?? [];
    if (ids.length > mostAtOnce) return { status: 502, body: "time-out" };
    return { body: answer(query, (id) => byId.get(id)?.toString("utf8")) };
  });
}

function answer(query: string, textOf: (id: string) => string | undefined) {
  const found = [...query.matchAll(/(blob\d+): object\(oid: "(\w+)"\)/g)];
  const fields = found.map(([, alias, id]) => {
    const text = textOf(id!);
    return [alias, text === undefined ? null : { text }];
  });
  return {
    data: { repository: Object.fromEntries(fields) as unknown },
  };
}

function serveRaw(file: Buffer, content = file) {
  nock(api)
    .get(rawPath(file))
    .reply(200, { content: content.toString("base64"), encoding: "base64" });
}

function rawPath(file: Buffer): string {
  return `/repos/shop/web/git/blobs/${blobId(file)}`;
}

function serveArchive(files: readonly Buffer[]) {
  const archive = pack();
  files.forEach((file, n) => {
    archive.entry({ name: `shop-web-1/../../file-${String(n)}` }, file);
  });
  archive.finalize();
  nock(api)
    .get("/repos/shop/web/tarball/head")
    .reply(200, async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of archive) chunks.push(chunk as Buffer);
      return gzipSync(Buffer.concat(chunks));
    });
}

function aStore(): BlobStore {
  const kept = new Map<string, Uint8Array>();
  return {
    get: (id) => Promise.resolve(kept.get(id)),
    put: (id, bytes) => {
      kept.set(id, bytes);
      return Promise.resolve();
    },
  };
}
