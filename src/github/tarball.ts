import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { maxFileBytes } from "#gate/decode-text.js";
import { blobId } from "./object-id.js";
import { ask, type Octokit, type RepositoryName } from "./octokit.js";

/** Milliseconds for a whole archive. */
const timeoutMs = 120_000;

/** What to take from an archive. */
export interface TarballOrder extends RepositoryName {
  readonly commit: string;
  /** Ids of the files that are missing; nothing else is kept. */
  readonly wanted: ReadonlySet<string>;
  /** Unpacked bytes after which the archive is dropped: it then is not what its tree says. */
  readonly maxBytes: number;
}

/**
 * Reads a commit's archive as a stream and hands over each file whose id is wanted. Nothing of it touches the disk, and
 * no name in it counts. It may lack files (`export-ignore` in `.gitattributes`), so it only spares requests.
 *
 * @throws when the archive breaks off; what was handed over until then is good.
 */
export async function readTarball(
  octokit: Octokit,
  { owner, repo, commit, wanted, maxBytes }: TarballOrder,
  keep: (id: string, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  const body = await ask<unknown>(
    octokit,
    "GET /repos/{owner}/{repo}/tarball/{ref}",
    {
      ...{ owner, repo, ref: commit },
      request: { signal, parseSuccessResponseBody: false },
    },
  );
  const archive = extract();
  const unpacking = pipeline(
    Readable.from(body as AsyncIterable<Uint8Array>),
    createGunzip(),
    limited(maxBytes),
    archive,
    { signal },
  );
  // The reading loop below meets the same failure; this keeps it from counting as unhandled before that.
  unpacking.catch(() => undefined);
  for await (const entry of archive) {
    const { type, size = 0 } = entry.header;
    const bytes =
      type === "file" && size <= maxFileBytes
        ? await bytesOf(entry)
        : undefined;
    entry.resume();
    const id = bytes && blobId(bytes);
    if (bytes && id !== undefined && wanted.has(id)) await keep(id, bytes);
  }
  await unpacking;
}

async function bytesOf(entry: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Breaks off a stream that unpacks to more than it should. */
function limited(maxBytes: number) {
  return async function* (source: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > maxBytes)
        throw new RangeError("The archive unpacks to more than its tree says.");
      yield chunk;
    }
  };
}
