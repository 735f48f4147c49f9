const marks = /\p{M}+/gu;

/** More than any name; a longer one is no word that somebody chose. */
const maxCharacters = 128;

/**
 * The words of a name in small letters without accents: `customerEMail_Address2` is customer, email, address, 2. Letters
 * that no accent makes (`ı`, `ß`, `ø`) become their nearest.
 */
export function wordsOf(name: string): readonly string[] {
  const before = known.get(name);
  if (before) return before;
  if (known.size >= maxKnown) known.clear();
  const words = takeApart(name);
  known.set(name, words);
  return words;
}

/** The names of an app are few, and each is asked for many times. */
const known = new Map<string, readonly string[]>();
const maxKnown = 10_000;

function takeApart(name: string): readonly string[] {
  return name
    .slice(0, maxCharacters)
    .normalize("NFD")
    .replace(marks, "")
    .replace(/ß/g, "ss")
    .replace(/[ıİ]/g, "i")
    .replace(/[øØ]/g, "o")
    .replace(/[łŁ]/g, "l")
    .replace(/\be[-_]?mail|\bE[-_]?[Mm]ail/g, "email")
    .replace(/_e_?mail/gi, "_email")
    .replace(/EMail/g, "Email")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap((word) => word.split(/(?<=[a-z])(?=\d+$)/))
    .filter((word) => word !== "");
}

/** The singular of an English word, near enough to compare names of tables. */
export function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}
