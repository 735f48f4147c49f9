import { createHash } from "node:crypto";
import type { Snapshot, SourceFile } from "#gate/snapshot.js";

/** Files by path, as text. */
export type Files = Readonly<Record<string, string>>;

/** A file with the blob id that git would give it. */
export function aFile(path: string, text: string): SourceFile {
  const bytes = Buffer.from(text);
  const blobId = createHash("sha1")
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest("hex");
  return { path, text, blobId };
}

/** A frozen snapshot with sane defaults: a whole repository on a fixed day. State only what matters. */
export function aSnapshot(
  given: Partial<Omit<Snapshot, "files">> & { readonly files?: Files } = {},
): Snapshot {
  const files = Object.entries(given.files ?? {})
    .map(([path, text]) => aFile(path, text))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  return Object.freeze({
    takenAt: "2026-06-01T12:00:00Z",
    repository: "acme/shop",
    scope: "repository",
    paths: files.map(({ path }) => path),
    changes: [],
    commits: [],
    gaps: [],
    hasHistory: true,
    ...given,
    files,
  });
}
