import { crc32 } from "node:zlib";

/** Facts of many files in one file: a first line that says what wrote it, and a line for each key. */
export type Pack = ReadonlyMap<string, Buffer>;

const keyLength = 43;
const sumLength = 8;
const lineFeed = 10;

/**
 * The lines of a pack by key, unread.
 *
 * @param title - What must stand in the first line: facts of another title are not these.
 * @returns nothing for bytes that are no such pack.
 */
export function openPack(bytes: Buffer, title: string): Pack {
  const lines = new Map<string, Buffer>();
  let start = bytes.indexOf(lineFeed) + 1;
  if (bytes.toString("utf8", 0, Math.max(0, start - 1)) !== title) return lines;
  for (;;) {
    const end = bytes.indexOf(lineFeed, start);
    if (end < 0) return lines;
    const line = bytes.subarray(start, end);
    lines.set(line.toString("latin1", 0, keyLength), line);
    start = end + 1;
  }
}

/** What a line holds; undefined for one that was damaged, which counts as not there. */
export function readLine(line: Buffer): unknown {
  const body = line.subarray(keyLength + sumLength);
  const sum = line.toString("latin1", keyLength, keyLength + sumLength);
  if (sum !== sumOf(body)) return undefined;
  try {
    return JSON.parse(body.toString("latin1"));
  } catch {
    return undefined;
  }
}

/** A line for a key of 43 characters. */
export function writeLine(key: string, value: unknown): Buffer {
  const body = Buffer.from(inAscii(JSON.stringify(value)), "latin1");
  return Buffer.concat([Buffer.from(key + sumOf(body), "latin1"), body]);
}

/** Text of one byte a character is decoded and parsed several times as fast. */
function inAscii(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A pack of the lines, in their order, as far as they fit. */
export function joinPack(
  title: string,
  lines: Iterable<Buffer>,
  maxBytes: number,
): Buffer {
  const feed = Buffer.from("\n");
  const parts: Buffer[] = [Buffer.from(`${title}\n`)];
  let total = 0;
  for (const line of lines) {
    total += line.length + 1;
    if (total > maxBytes) break;
    parts.push(line, feed);
  }
  return Buffer.concat(parts);
}

function sumOf(body: Buffer): string {
  return crc32(body).toString(16).padStart(sumLength, "0");
}
