const shown = "[redacted]";

/** Forms of credentials that must never be printed. Each pattern is linear in the length of the text. */
const forms: readonly RegExp[] = [
  // GitHub's tokens, also the long stateless form of installation tokens that has dots and dashes in it.
  /\bgh[a-z]_[\w.-]{10,}/g,
  /\bgithub_pat_\w{10,}/g,
  /\bv1\.[0-9a-f]{40}\b/g,
  /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g,
  /\b(?:bearer|token|basic) [\w+/=.~-]{8,}/gi,
  /\bsha256=[0-9a-f]{64}\b/gi,
];

/** What stands between the user and the host of an address. */
const passwordInAddress =
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:@/"]{0,100}:)[^\s@/"]{1,500}@/gi;

const keyBegin = "-----BEGIN ";
const keyEnd = "-----END ";

/**
 * Takes everything that has the form of a credential out of a text.
 *
 * @param own - Secrets that are known literally; they are found as they are and as they stand in JSON.
 */
export function redact(text: string, own: readonly string[] = []): string {
  let safe = withoutKeys(text);
  for (const secret of own) {
    safe = safe.replaceAll(secret, shown);
    safe = safe.replaceAll(JSON.stringify(secret).slice(1, -1), shown);
  }
  for (const form of forms) safe = safe.replace(form, shown);
  safe = safe.replace(passwordInAddress, `$1${shown}@`);
  return safe;
}

/** A PEM block without its end is cut to the end of the text: better too much than a piece of a key. */
function withoutKeys(text: string): string {
  let safe = "";
  let from = 0;
  for (;;) {
    const begin = text.indexOf(keyBegin, from);
    if (begin === -1) return safe + text.slice(from);
    safe += text.slice(from, begin) + shown;
    const end = text.indexOf(keyEnd, begin);
    const after = end === -1 ? -1 : text.indexOf("-----", end + keyEnd.length);
    if (after === -1) return safe + (text.endsWith("\n") ? "\n" : "");
    from = after + "-----".length;
  }
}
