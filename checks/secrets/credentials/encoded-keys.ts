import type { Hit } from "./hit.js";
import { jsonWebTokens } from "./json-web-tokens.js";
import { providerKeys } from "./provider-keys.js";

/** Calls of other languages that decode what is written between their brackets. */
const decoding =
  /\b(?:fromhex|unhexlify|b64decode|urlsafe_b64decode|decode64|base64_decode|hex2bin|atob|DecodeString|FromBase64String|getDecoder\(\)\.decode)\(\s{0,4}[bur]?["']([A-Za-z0-9+/_=-]{24,2000})["']/g;

/** Keys that a file of another language decodes on the spot. */
export function encodedKeys(text: string): Hit[] {
  return [...text.matchAll(decoding)].flatMap((found) => {
    const [whole, encoded = ""] = found;
    const start = found.index + whole.lastIndexOf(encoded);
    const isHex = /^(?:[0-9a-f]{2})+$/i.test(encoded);
    const value = Buffer.from(encoded, isHex ? "hex" : "base64").toString(
      "latin1",
    );
    return [...providerKeys(value, false), ...jsonWebTokens(value)].map(
      (hit) => ({ ...hit, start, end: start + encoded.length }),
    );
  });
}
