import { createHash } from "node:crypto";

/** Git's id of a file with these bytes, in the hash that the expected id is written in. */
export function blobId(bytes: Uint8Array, like = ""): string {
  const hash = createHash(like.length === 64 ? "sha256" : "sha1");
  hash.update(`blob ${String(bytes.length)}\0`);
  return hash.update(bytes).digest("hex");
}

/** Whether a text has the form of an object's id; only such a text may stand in a query or a file's name. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
