import type { ConfigEntry } from "./config-entry.js";

/** Characters that are read; longer files are generated. */
const maxCharacters = 512 * 1024;

/** Blocks within blocks that are followed. */
const maxDepth = 30;

interface Token {
  readonly kind: "name" | "text" | "mark" | "break";
  readonly text: string;
  readonly line: number;
}

/**
 * The attributes of a Terraform or other HCL file in their order: the keys are the names and labels of the blocks around
 * it, then its own. An expression is one value, as written; a block is an entry with an empty value. Runs in linear time and skips what it does not understand.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export function hclEntries(text: string): ConfigEntry[] {
  if (text.length > maxCharacters) return [];
  return new Reader(tokensOf(text)).entries;
}

class Reader {
  readonly entries: ConfigEntry[] = [];
  readonly #tokens: readonly Token[];
  readonly #scopes: (readonly string[])[] = [];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    while (this.#at < tokens.length) this.#statement();
  }

  #statement(): void {
    const first = this.#next();
    if (isMark(first, "}")) this.#scopes.pop();
    if (!isWord(first)) return;
    const labels = [first.text];
    while (isWord(this.#peek())) labels.push(this.#next()?.text ?? "");
    const after = this.#peek();
    if (isMark(after, "{")) {
      this.#at += 1;
      this.#open(labels, first.line);
    } else if (isMark(after, "=") || isMark(after, ":")) {
      this.#at += 1;
      this.#value(labels, first.line);
    }
  }

  /** A map as a value is read like a block; everything else is one value, up to the end of its line. */
  #value(keys: readonly string[], line: number): void {
    if (isMark(this.#peek(), "{")) {
      this.#at += 1;
      this.#open(keys, line);
      return;
    }
    const parts: string[] = [];
    let depth = 0;
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (depth === 0 && isEnd(token)) break;
      if (token.kind === "mark") depth += depthChange(token.text);
      if (token.kind !== "break" && parts.length < 200) parts.push(token.text);
      this.#at += 1;
    }
    const around = this.#around();
    this.entries.push({
      keys: [...around, ...keys],
      value: parts.join(""),
      line,
    });
  }

  #open(keys: readonly string[], line: number): void {
    const inner = [...this.#around(), ...keys];
    this.entries.push({ keys: inner, value: "", line });
    this.#scopes.push(this.#scopes.length < maxDepth ? inner : this.#around());
  }

  /** Keys of the block that is open. */
  #around(): readonly string[] {
    return this.#scopes.at(-1) ?? [];
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #next(): Token | undefined {
    this.#at += 1;
    return this.#tokens[this.#at - 1];
  }
}

function isWord(token: Token | undefined): token is Token {
  return token?.kind === "name" || token?.kind === "text";
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}

function isEnd({ kind, text }: Token): boolean {
  return (
    kind === "break" || (kind === "mark" && (text === "}" || text === ","))
  );
}

function depthChange(mark: string): number {
  if ("([{".includes(mark)) return 1;
  return ")]}".includes(mark) ? -1 : 0;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  // Each alternative begins with another character, or is bounded by one, so no text is read twice.
  const pattern =
    /\n|[^\S\n]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|<<-?([A-Za-z_]\w*)|[\w.-]+|[^\s\w]/gy;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [found, heredoc] = match;
    if (heredoc !== undefined) {
      const end = endOfHeredoc(text, pattern.lastIndex, heredoc);
      tokens.push({ kind: "text", text: "<<", line });
      line += countBreaks(text, pattern.lastIndex, end);
      pattern.lastIndex = end;
      continue;
    }
    const token = tokenOf(found, line);
    if (token) tokens.push(token);
    line += found.startsWith("/*") ? countBreaks(found, 0, found.length) : 0;
    if (found === "\n") line += 1;
  }
  return tokens;
}

function tokenOf(found: string, line: number): Token | undefined {
  if (found === "\n") return { kind: "break", text: found, line };
  if (/^(?:\s|#|\/\/|\/\*)/.test(found)) return undefined;
  if (found.startsWith('"'))
    return { kind: "text", text: found.replace(/^"|"$/g, ""), line };
  if (/^[\w.-]/.test(found)) return { kind: "name", text: found, line };
  return { kind: "mark", text: found, line };
}

/** Where the line that ends a heredoc begins its last character; the text's end when there is none. */
function endOfHeredoc(text: string, from: number, name: string): number {
  for (
    let start = text.indexOf("\n", from);
    start >= 0;
    start = text.indexOf("\n", start + 1)
  ) {
    const stop = text.indexOf("\n", start + 1);
    const end = stop < 0 ? text.length : stop;
    if (text.slice(start + 1, end).trim() === name) return end;
  }
  return text.length;
}

function countBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (
    let at = text.indexOf("\n", from);
    at >= 0 && at < to;
    at = text.indexOf("\n", at + 1)
  )
    count += 1;
  return count;
}
