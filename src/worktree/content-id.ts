import { createHash, hash as hashOf } from "node:crypto";

/** Copying more than this takes longer than to make a hash object. */
const smallBytes = 64 * 1024;

/** The id that git gives these bytes as a blob. */
export function blobIdOf(bytes: Uint8Array, hash: "sha1" | "sha256"): string {
  const head = Buffer.from(`blob ${String(bytes.length)}\0`);
  if (bytes.length > smallBytes)
    return createHash(hash).update(head).update(bytes).digest("hex");
  // In one go: a hash object for each of many small files takes longer than copying them.
  return hashOf(hash, Buffer.concat([head, bytes]));
}
