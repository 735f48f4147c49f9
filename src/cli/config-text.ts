import { open } from "node:fs/promises";
import { decodeText } from "#gate/decode-text.js";
import type { ConfigText } from "#config/governing.js";

/** One byte more than a configuration may have, so that a longer one is refused as such. */
const maxBytes = 65_537;

/** A configuration file by its path. One that cannot be read has no text: it is one with mistakes, not one that says nothing. */
export async function readConfigText(path: string): Promise<ConfigText> {
  const text = await textOf(path);
  return { path, ...(text !== undefined && { text }) };
}

async function textOf(path: string): Promise<string | undefined> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) return undefined;
  try {
    const bytes = Buffer.alloc(maxBytes);
    const { bytesRead } = await file.read(bytes, 0, maxBytes, 0);
    const decoded = decodeText(bytes.subarray(0, bytesRead));
    return "text" in decoded ? decoded.text : undefined;
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
