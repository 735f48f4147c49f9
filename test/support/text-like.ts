/** A number from 0 below 1. */
type Random = () => number;

/**
 * A text that a pattern matches. Knows what patterns of keys are made of: letters, classes, groups with alternatives,
 * and counts.
 *
 * @throws Error where the pattern has something else in it.
 */
export function textLike(pattern: RegExp, random: Random): string {
  const reader = { source: pattern.source, at: 0 };
  const text = alternatives(reader, random);
  if (reader.at < reader.source.length)
    throw new Error(`/${pattern.source}/ is not known at ${String(reader.at)}`);
  return text;
}

interface Reader {
  readonly source: string;
  at: number;
}

function alternatives(reader: Reader, random: Random): string {
  const all = [sequence(reader, random)];
  while (reader.source.charAt(reader.at) === "|") {
    reader.at++;
    all.push(sequence(reader, random));
  }
  return all[Math.floor(random() * all.length)] ?? "";
}

function sequence(reader: Reader, random: Random): string {
  let text = "";
  while (
    reader.at < reader.source.length &&
    !/[|)]/.test(reader.source.charAt(reader.at))
  ) {
    const start = reader.at;
    let one = piece(reader, random);
    const after = reader.at;
    const count = times(reader, random);
    const end = reader.at;
    if (count === 0) continue;
    text += one;
    for (let more = 1; more < count; more++) {
      reader.at = start;
      one = piece(reader, random);
      text += one;
    }
    if (count > 1 && reader.at !== after) throw new Error("a piece moved");
    reader.at = end;
  }
  return text;
}

function piece(reader: Reader, random: Random): string {
  const { source } = reader;
  const character = source.charAt(reader.at);
  if (source.startsWith("(?:", reader.at)) {
    reader.at += 3;
    const text = alternatives(reader, random);
    reader.at++;
    return text;
  }
  if (character === "[") return ofClass(reader, random);
  if (character === "\\") {
    const escaped = source.charAt(reader.at + 1);
    reader.at += 2;
    return pick(members(`\\${escaped}`), random);
  }
  reader.at++;
  return character;
}

function ofClass(reader: Reader, random: Random): string {
  const end = reader.source.indexOf("]", reader.at);
  const inner = reader.source.slice(reader.at + 1, end);
  reader.at = end + 1;
  return pick(members(inner), random);
}

const digits = "0123456789";
const lower = "abcdefghijklmnopqrstuvwxyz";

/** The characters of a class. */
function members(inner: string): string {
  return inner
    .replace(/\\w/g, `${digits}${lower}${lower.toUpperCase()}_`)
    .replace(/\\d/g, digits)
    .replace(/\\(.)/g, "$1")
    .replace(/([A-Za-z0-9])-([A-Za-z0-9])/g, (_, from: string, to: string) =>
      Array.from(
        { length: to.charCodeAt(0) - from.charCodeAt(0) + 1 },
        (__, index) => String.fromCharCode(from.charCodeAt(0) + index),
      ).join(""),
    );
}

function pick(characters: string, random: Random): string {
  return characters.charAt(Math.floor(random() * characters.length));
}

/** Of a long range the beginning: keys of a provider differ little in length. */
function times(reader: Reader, random: Random): number {
  const found = /^(?:\{(\d+)(?:,(\d+))?\}|\?)/.exec(
    reader.source.slice(reader.at),
  );
  if (!found) return 1;
  reader.at += found[0].length;
  if (found[0] === "?") return random() < 0.5 ? 0 : 1;
  const least = Number(found[1]);
  const most = Math.min(Number(found[2] ?? least), least + 40);
  return least + Math.floor(random() * (most - least + 1));
}
