import { createHash } from "node:crypto";

/** The id that git gives these bytes as a blob. */
export function blobIdOf(bytes: Uint8Array, hash: "sha1" | "sha256"): string {
  return createHash(hash)
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest("hex");
}
