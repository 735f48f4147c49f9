import { hash as hashOf } from "node:crypto";

/** The id that git gives these bytes as a blob. */
export function blobIdOf(bytes: Uint8Array, hash: "sha1" | "sha256"): string {
  const head = Buffer.from(`blob ${String(bytes.length)}\0`);
  // In one go: a hash object for each of many small files takes longer than copying them.
  return hashOf(hash, Buffer.concat([head, bytes]));
}
