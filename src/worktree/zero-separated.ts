/** Splits git's `-z` output; the pieces stay bytes, because names need not be text. */
export function zeroSeparated(output: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0, start);
    const stop = end < 0 ? output.length : end;
    pieces.push(output.subarray(start, stop));
    start = stop + 1;
  }
  return pieces;
}

/** A path as text. One whose bytes are no text is shown with an escape for each byte, so that no two become one. */
export function readablePath(bytes: Buffer): { path: string; isText: boolean } {
  const path = bytes.toString("utf8");
  if (Buffer.from(path, "utf8").equals(bytes)) return { path, isText: true };
  const escaped = Array.from(bytes, (byte) =>
    byte < 0x80
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, "0")}`,
  );
  return { path: escaped.join(""), isText: false };
}
