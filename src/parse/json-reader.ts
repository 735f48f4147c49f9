import type { ObjectEntry, Value } from "./module-facts.js";

/** Levels that are kept; what lies deeper is `other`. */
const maxDepth = 10;
/** Values that are kept; what lies beyond is `other`. */
const maxValues = 20_000;

/** A list or an object that is still open. */
interface Open {
  readonly line: number;
  readonly isKept: boolean;
  readonly end: "]" | "}";
  readonly items: Value[];
  readonly entries: ObjectEntry[];
  key: string | undefined;
}

const blank = /(?:[\s,]+|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)+/y;
const quoted = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'/y;
const bare = /[^\s,:[\]{}"'/]+/y;

/**
 * Reads JSON, with comments and trailing commas, without recursion.
 *
 * @returns what could be read up to the first character that makes no sense; undefined where that is the first one.
 */
export function readJson(text: string): Value | undefined {
  return new JsonReader(text).read();
}

class JsonReader {
  readonly #text: string;
  readonly #open: Open[] = [];
  #at = 0;
  #line = 1;
  #left = maxValues;
  #root: Value | undefined;

  constructor(text: string) {
    this.#text = text.startsWith("\uFEFF") ? text.slice(1) : text;
  }

  read(): Value | undefined {
    while (this.#root === undefined && this.#step());
    while (this.#open.length > 0) this.#close();
    return this.#root;
  }

  /** Reads one token. @returns whether it made sense where it stood. */
  #step(): boolean {
    this.#countLines(this.#take(blank) ?? "");
    const character = this.#text[this.#at];
    const inside = this.#open.at(-1);
    if (character === inside?.end && inside) {
      this.#at += 1;
      this.#close();
      return true;
    }
    if (inside?.end === "}" && inside.key === undefined)
      return this.#key(inside);
    if (character === "{" || character === "[") {
      this.#at += 1;
      this.#begin(character === "{" ? "}" : "]");
      return true;
    }
    return this.#leaf();
  }

  #begin(end: Open["end"]): void {
    const isKept = --this.#left >= 0 && this.#open.length < maxDepth;
    const empty = { items: [], entries: [], key: undefined };
    this.#open.push({ line: this.#line, isKept, end, ...empty });
  }

  #close(): void {
    const closed = this.#open.pop();
    if (!closed) return;
    const { line, isKept, end, items, entries } = closed;
    if (!isKept) this.#put({ kind: "other", line });
    else if (end === "}") this.#put({ kind: "object", entries, line });
    else this.#put({ kind: "list", items, line });
  }

  #key(inside: Open): boolean {
    const key = this.#take(quoted);
    const name = key === undefined ? this.#take(bare) : unquoted(key);
    this.#countLines(this.#take(blank) ?? "");
    if (name === undefined || this.#text[this.#at] !== ":") return false;
    this.#at += 1;
    inside.key = name;
    return true;
  }

  #leaf(): boolean {
    const line = this.#line;
    const string = this.#take(quoted);
    if (string !== undefined) {
      this.#putLeaf({ kind: "literal", value: unquoted(string), line });
      return true;
    }
    const word = this.#take(bare);
    if (word === undefined) return false;
    this.#putLeaf(wordValue(word, line));
    return true;
  }

  #putLeaf(value: Value): void {
    const isKept = --this.#left >= 0;
    this.#put(isKept ? value : { kind: "other", line: value.line });
  }

  #put(value: Value): void {
    const inside = this.#open.at(-1);
    if (!inside) this.#root = value;
    else if (inside.end === "]") inside.items.push(value);
    else {
      inside.entries.push({ key: inside.key ?? "", value });
      inside.key = undefined;
    }
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #countLines(skipped: string): void {
    for (let at = skipped.indexOf("\n"); at >= 0;) {
      this.#line += 1;
      at = skipped.indexOf("\n", at + 1);
    }
  }
}

function unquoted(token: string): string {
  const text = token.slice(1, -1);
  if (!text.includes("\\")) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    // An escape that JSON does not know stands as it is written.
    return text;
  }
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function wordValue(word: string, line: number): Value {
  const known = words.get(word);
  if (known !== undefined) return { kind: "literal", value: known, line };
  const number = Number(word);
  return Number.isNaN(number)
    ? { kind: "other", line }
    : { kind: "literal", value: number, line };
}
