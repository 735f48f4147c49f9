/** What keys of services are made of: long, and mixed as words are not; or of the form of a UUID. */
const keyLike =
  /[A-Za-z0-9+/_=-]{16,}|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/**
 * A reason as reports show it. Somebody may have pasted into it what it is about: whatever looks like a key is left out.
 */
export function reasonWords(reason: string): string {
  return reason
    .replace(/\/\/[^\s/@]*@/g, "//…@")
    .replace(keyLike, (word) => (isMixed(word) ? "…" : word));
}

function isMixed(word: string): boolean {
  if (!/[0-9]/.test(word)) return false;
  if (/[A-Z]/.test(word) && /[a-z]/.test(word)) return true;
  return /[A-Za-z0-9]{20}|^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(word);
}
