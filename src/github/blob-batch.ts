import type { TreeEntry } from "#gate/tree-compare.js";
import { GitHubUnavailable } from "./failures.js";
import { blobId } from "./object-id.js";
import { ask, type Octokit, query, type RepositoryName } from "./octokit.js";

/** Blobs of one query at most; larger answers are known to fail. */
const maxBlobs = 50;
/** Bytes of one query at most. */
const maxBytes = 2_000_000;
/** GitHub cuts the text of a blob beyond this. */
const maxTextBytes = 500_000;

/** Content by id, as far as a query gave it. */
export interface BatchResult {
  readonly found: ReadonlyMap<string, Uint8Array>;
  /** Ids that have to be asked for one by one, as bytes: binary, cut, in another encoding, or not answered. */
  readonly left: readonly string[];
}

/** Packs blobs into queries by their sizes; those that no query can give whole are left out. */
export function packBatches(
  blobs: readonly TreeEntry[],
): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let bytes = Infinity;
  for (const { id, size = 0 } of blobs) {
    if (!fitsQuery(size)) continue;
    const last = batches.at(-1);
    if (!last || last.length >= maxBlobs || bytes + size > maxBytes) {
      batches.push([id]);
      bytes = size;
    } else {
      last.push(id);
      bytes += size;
    }
  }
  return batches;
}

/** Whether GitHub shows a text of this many bytes whole. */
export function fitsQuery(size: number): boolean {
  return size <= maxTextBytes;
}

interface BlobAnswer {
  readonly text?: string | null;
}

/**
 * Reads a batch with one query; with two of half its size where GitHub fails, or leaves some out.
 *
 * Each text is hashed again: one that was cut, or decoded from another encoding, has another id.
 */
export async function readBatch(
  octokit: Octokit,
  repository: RepositoryName,
  ids: readonly string[],
): Promise<BatchResult> {
  const answers = await askBatch(octokit, repository, ids);
  const found = new Map<string, Uint8Array>();
  const left: string[] = [];
  const absent: string[] = [];
  ids.forEach((id, index) => {
    const answer = answers?.[`blob${String(index)}`];
    if (!answer) {
      absent.push(id);
      return;
    }
    const bytes = Buffer.from(answer.text ?? "");
    if (blobId(bytes, id) === id) found.set(id, bytes);
    else left.push(id);
  });
  if (ids.length === 1) return { found, left: [...left, ...absent] };
  for (const half of halves(absent)) {
    const rest = await readBatch(octokit, repository, half);
    for (const [id, bytes] of rest.found) found.set(id, bytes);
    left.push(...rest.left);
  }
  return { found, left };
}

type BlobAnswers = Readonly<Record<string, BlobAnswer | null>>;

/** @returns undefined when GitHub failed on this batch, which a smaller one may not. */
async function askBatch(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  ids: readonly string[],
): Promise<BlobAnswers | undefined> {
  const fields = ids.map(
    (id, index) =>
      `blob${String(index)}: object(oid: "${id}") { ... on Blob { text } }`,
  );
  const text = `query ($owner: String!, $repo: String!) {
    repository(owner: $owner, name: $repo) { ${fields.join("\n")} }
  }`;
  try {
    const variables = { owner, repo };
    const answer = await query<{ readonly repository: BlobAnswers | null }>(
      octokit,
      text,
      variables,
    );
    return answer.repository ?? undefined;
  } catch (error) {
    if (error instanceof GitHubUnavailable) return undefined;
    throw error;
  }
}

function halves(ids: readonly string[]): readonly (readonly string[])[] {
  const middle = Math.ceil(ids.length / 2);
  return [ids.slice(0, middle), ids.slice(middle)].filter(
    (half) => half.length > 0,
  );
}

/** Reads one blob byte for byte. @throws GitHubUnavailable when what came is not what was asked for. */
export async function readRawBlob(
  octokit: Octokit,
  { owner, repo }: RepositoryName,
  id: string,
): Promise<Uint8Array> {
  const route = "GET /repos/{owner}/{repo}/git/blobs/{file_sha}";
  const answer = await ask<{ readonly content: string }>(octokit, route, {
    ...{ owner, repo },
    file_sha: id,
  });
  const bytes = Buffer.from(answer.content, "base64");
  if (blobId(bytes, id) !== id) throw new GitHubUnavailable(undefined);
  return bytes;
}
