import type { Hit } from "./hit.js";
import { nameBefore } from "./neighbourhood.js";
import { isPatterned } from "./randomness.js";

const marker = "PRIVATE KEY";

/** Fewest characters of key material between the markers; less is a placeholder or a sentence. */
const leastMaterial = 64;
const mostMaterial = 20_000;

/** Private keys in PEM form, also on one line with escaped line ends. */
export function privateKeys(text: string): Hit[] {
  const hits: Hit[] = [];
  let at = text.indexOf(marker);
  while (at >= 0) {
    const hit = keyAround(text, at);
    if (hit) hits.push(hit);
    at = text.indexOf(marker, hit?.end ?? at + marker.length);
  }
  return hits;
}

function keyAround(text: string, at: number): Hit | undefined {
  const start = text.lastIndexOf("-----BEGIN", at);
  if (start < 0 || at - start > 40) return undefined;
  const head = /PRIVATE KEY(?: BLOCK)?-----/y;
  head.lastIndex = at;
  const from = at + (head.exec(text)?.[0].length ?? 0);
  const limited = text.slice(from, from + mostMaterial);
  const stop = limited.indexOf("-----");
  const between = stop < 0 ? limited : limited.slice(0, stop);
  if (!isMaterial(between)) return undefined;
  return {
    rule: "private-key",
    kind: kindOf(text.slice(start, at)),
    name: nameBefore(text, start),
    start,
    end: from + between.length,
    value: between,
    confidence: stop < 0 ? "likely" : "certain",
  };
}

function kindOf(head: string): string {
  if (head.includes("OPENSSH")) return "ssh-private-key";
  return head.includes("PGP") ? "pgp-private-key" : "private-key";
}

/** Base64 over some lines, quoted or escaped or indented; not prose, dots or a template. */
function isMaterial(between: string): boolean {
  const bare = between
    .replace(/^(?:[^\n]{0,60}: [^\n]{0,80}\n)+/m, "") // Headers of encrypted keys.
    .replace(/\\[nrt]|[\s"'`+,;\\]/g, "");
  if (bare.length < leastMaterial || /[^A-Za-z0-9+/=]/.test(bare)) return false;
  return !isPatterned(bare.slice(0, leastMaterial)) && /\d/.test(bare);
}
