/** The words of a name, in lower case: `newPassword_hash` is `new`, `password`, `hash`. */
export function wordsOf(name: string): string[] {
  return name
    .normalize("NFC")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

const passwordWords = new Set([
  ...["password", "passwd", "pwd", "pass", "passphrase", "passcode"],
  ...["contrasena", "contraseña", "contrasenia", "clave", "senha"],
  ...["passwort", "kennwort", "mdp", "wachtwoord", "parola"],
]);

/** Words that make of a password's name something else: its hash, a second typing of it, a part of a form. */
const otherWords = new Set([
  ...["hash", "hashed", "digest", "encrypted", "salt", "encoded"],
  ...["confirm", "confirmed", "confirmation", "repeat", "repeated", "retype"],
  ...["again", "verify", "verification", "match", "matches", "second"],
  ...["reset", "token", "field", "fields", "input", "type", "error", "errors"],
  ...["min", "max", "length", "schema", "strength", "policy", "rule", "regex"],
  ...["show", "visible", "hide", "visibility", "id", "page", "url", "path"],
  ...["label", "placeholder", "message", "score", "level", "mode", "status"],
  ...["required", "is", "has", "enabled", "protected", "ref", "changed"],
  ...["provider", "method", "strategy", "grant", "step", "tab", "mask"],
  ...["boarding", "api", "link", "event", "count", "key", "text"],
]);

/** Whether a dotted name's last part names a password as somebody typed it or as a row holds it. */
export function isPasswordName(name: string): boolean {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const words = wordsOf(last);
  return (
    words.some((word) => passwordWords.has(word)) &&
    !words.some((word) => otherWords.has(word))
  );
}

/** Whether a name speaks of a password's hash, in any of the usual spellings. */
export function isPasswordHashName(name: string): boolean {
  const words = wordsOf(name.slice(name.lastIndexOf(".") + 1));
  return (
    words.some((word) => passwordWords.has(word)) &&
    words.some((word) => /^(?:hash|hashed|digest|encrypted)$/.test(word))
  );
}

/** Whether the words of a name hold one of the given ones. */
export function hasWord(name: string, words: RegExp): boolean {
  return wordsOf(name).some((word) => words.test(word));
}
