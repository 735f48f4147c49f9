import type { GapKind } from "./snapshot.js";

/** A file's text, or why it has none. */
export type DecodedText =
  | {
      readonly text: string;
      /** SHA-256 of the bytes, where somebody worked it out. */
      readonly contentHash?: string;
    }
  | NoText;

/** Why a file has no text that a check could read. */
export interface NoText {
  readonly gap: { readonly kind: GapKind; readonly because: string };
}

/** Bytes above which a file is named as not read; generated bundles and data dumps are, hand-written code is not. */
export const maxFileBytes = 5_000_000;

/** The first line of a Git LFS pointer, in its present and its first form. */
const lfsHeads = [
  "version https://git-lfs.github.com/spec/",
  "version https://hawser.github.com/spec/",
];

/** Bytes of a Git LFS pointer at most, as its specification says. */
const maxLfsPointerBytes = 1_024;

/**
 * Reads bytes as text: UTF-16 by its mark, UTF-8 where valid, else Latin-1, which never fails. A byte-order mark is dropped.
 *
 * @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length > maxFileBytes) return tooLarge(bytes.length);
  const wide = wideText(bytes);
  // Looked for in the bytes: decoding a large picture only to find that it is none takes longest of all.
  if (wide?.includes("\0") ?? bytes.includes(0))
    return gap("binary", "it holds NUL bytes and is not text");
  const text = wide ?? decode(bytes);
  if (bytes.length <= maxLfsPointerBytes && isLfsPointer(text))
    return gap("lfs-pointer", "its content is kept in Git LFS");
  return { text };
}

/** The gap of a file above {@link maxFileBytes}. */
export function tooLarge(bytes: number): NoText {
  const megabytes = (value: number) => (value / 1_000_000).toFixed(1);
  return gap(
    "too-large",
    `it has ${megabytes(bytes)} MB, more than the limit of ${megabytes(maxFileBytes)} MB`,
  );
}

function gap(kind: GapKind, because: string): NoText {
  return { gap: { kind, because } };
}

/** The text of bytes that a mark declares to be UTF-16. */
function wideText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe)
    return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff)
    return new TextDecoder("utf-16be").decode(bytes);
  return undefined;
}

const strict = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    // Not UTF-8; every byte is a character in Latin-1.
    return new TextDecoder("latin1").decode(bytes);
  }
}

function isLfsPointer(text: string): boolean {
  return lfsHeads.some((head) => text.startsWith(head));
}
