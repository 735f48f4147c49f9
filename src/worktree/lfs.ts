import type { TreeEntry } from "#gate/tree-compare.js";

/** Bytes of a Git LFS pointer at most. */
const maxPointerBytes = 1_024;

/** Whether a committed file is small enough to be a Git LFS pointer for a work file that differs from it. */
export function mayBePointer(committed: TreeEntry, work: TreeEntry): boolean {
  return (
    committed.id !== work.id &&
    committed.size !== undefined &&
    committed.size <= maxPointerBytes &&
    work.size !== undefined &&
    work.size !== committed.size
  );
}

/**
 * Whether committed bytes are a Git LFS pointer to a file of this size: then the work file is its checkout, not an edit.
 *
 * @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
export function pointsToSize(pointer: Uint8Array, bytes: number): boolean {
  const text = Buffer.from(pointer).toString("latin1");
  return (
    text.startsWith("version https://git-lfs.github.com/spec/") &&
    text.includes(`\nsize ${String(bytes)}\n`)
  );
}
