/** What a line has that may hold a secret: a telling word with a value, a long run of characters, an address with a login. */
const candidate =
  /secret|passw|pwd|senha|contrase|kennwort|parola|sifre|mot_?de_?passe|token|[^a-z]key["'\]]?\s{0,3}[:=]|api_?key|credential|mnemonic|seed_?phrase|private|BEGIN |:\/\/[^\s/@]{1,100}@|[A-Za-z0-9+/_-]{24}/i;

const longestLine = 4_000;

/** Lines that are remembered; beyond, a line is taken for new. */
const mostLines = 4_000_000;

/**
 * Remembers the lines that it was shown, as numbers. The versions of a file differ in few lines, and only what no
 * earlier version had can be a new leak.
 */
export class NewLines {
  private readonly seen = new Set<number>();

  /** Whether a text has a line that was never shown before and that may hold a secret. */
  hasCandidate(text: string): boolean {
    let found = false;
    let start = 0;
    while (start <= text.length) {
      const next = text.indexOf("\n", start);
      const end = next < 0 ? text.length : next;
      const line = text.slice(start, end);
      start = end + 1;
      const hash = hashOf(line);
      if (this.seen.has(hash)) continue;
      if (this.seen.size < mostLines) this.seen.add(hash);
      if (!found) found = line.length > longestLine || candidate.test(line);
    }
    return found;
  }
}

/** 53 bits of two FNV-1a runs: among millions of lines an accident is one in a million. */
function hashOf(line: string): number {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (low >>> 0) + ((high >>> 0) & 0x1fffff) * 0x100000000;
}
