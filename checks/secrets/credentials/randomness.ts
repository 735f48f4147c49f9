/** Shannon entropy of a string in bits a character: 0 for one repeated character, at most log2 of its length. */
export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value)
    counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / value.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

/**
 * Whether a value of 16 or more characters looks machine-made rather than written by a person.
 * Thresholds follow the character set: sixteen hex digits cannot carry more than 4 bits each.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || /\s/.test(value)) return false;
  if (!/[A-Za-z]/.test(value) || !/\d/.test(value))
    return looksRandomWithoutDigits(value);
  if (isUniqueId(value)) return true;
  if (/^(0x)?[0-9a-f]+$/i.test(value)) return entropy(value) >= 3;
  if (isWordy(value)) return false;
  return entropy(value) >= (value.length < 24 ? 3.1 : 3.4);
}

/** Letters alone count only when the case jumps about as no writer would let it. */
function looksRandomWithoutDigits(value: string): boolean {
  if (value.length < 24 || !/^[A-Za-z_+/=-]+$/.test(value)) return false;
  const jumps = value.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
  return jumps * 6 >= value.length && entropy(value) >= 4 && !isWordy(value);
}

/** Whether the value is a UUID. */
export function isUniqueId(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(
    value,
  );
}

/** Whether most letters of a value belong to pronounceable words, as in a slug, a path or a sentence. */
export function isWordy(value: string): boolean {
  const digits = value.match(/\d+/g) ?? [];
  if (digits.length >= 4 || digits.join("").length * 3 > value.length)
    return false;
  const pieces = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  let letters = 0;
  let inWords = 0;
  for (const piece of pieces) {
    letters += piece.length;
    if (isPronounceable(piece.toLowerCase())) inWords += piece.length;
  }
  return letters > 0 && inWords / letters >= 0.7;
}

function isPronounceable(word: string): boolean {
  if (word.length < 4) return shortWords.has(word);
  const vowels = word.match(/[aeiouy]/g)?.length ?? 0;
  if (vowels / word.length < 0.2) return shortWords.has(word);
  return !(word.length < 6 ? /[^aeiouy]{4}/ : /[^aeiouy]{5}/).test(word);
}

/** Random runs of letters are this short too, so only words that names are made of count. */
const shortWords = new Set(
  "jwt http https html css sql ssl tls xml pdf png jpg svg prod dev src tmp cfg ctx str msg btn img url key api app my web the for and not you id db ui io to in of on is at env log new old our top out use set get pay tax vat bot sms otp mfa sso aws gcp pub max min abc xyz one two key2".split(
    " ",
  ),
);

/** Whether a value is a run or a ladder of characters that nobody's generator makes: `aaaaaa`, `123456`, `abcdef`. */
export function isPatterned(value: string): boolean {
  return (
    longestRun(value) >= 6 || longestLadder(value) >= 7 || repeatsPiece(value)
  );
}

function longestRun(value: string): number {
  return longest(value, (before, now) => before === now);
}

function longestLadder(value: string): number {
  const lower = value.toLowerCase();
  return Math.max(
    longest(lower, (before, now) => now - before === 1),
    longest(lower, (before, now) => before - now === 1),
  );
}

function longest(
  value: string,
  continues: (before: number, now: number) => boolean,
): number {
  let best = value.length > 0 ? 1 : 0;
  let length = 1;
  for (let i = 1; i < value.length; i++) {
    length = continues(value.charCodeAt(i - 1), value.charCodeAt(i))
      ? length + 1
      : 1;
    if (length > best) best = length;
  }
  return best;
}

/** `abc123abc123abc123`: one short piece again and again. */
function repeatsPiece(value: string): boolean {
  if (value.length < 12) return false;
  for (let size = 1; size <= Math.min(16, value.length / 2); size++) {
    if (value.length / size >= 2 && hasPeriod(value, size)) return true;
  }
  return false;
}

function hasPeriod(value: string, size: number): boolean {
  for (let i = size; i < value.length; i++)
    if (value[i] !== value[i - size]) return false;
  return true;
}
