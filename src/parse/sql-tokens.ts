import { dialectEnd, pieceEnd } from "./sql-split.js";

/** A word, name, text or mark of SQL; comments and blanks are none. */
export interface SqlToken {
  /** `word`: bare. `name`: in double quotes, backticks or brackets. `text`: in quotes or dollar quotes. */
  readonly kind: "word" | "name" | "text" | "number" | "mark";
  /** Without its quotes; words as written. */
  readonly text: string;
  /** Offset of its first character, and of what follows it. */
  readonly start: number;
  readonly end: number;
}

const plain =
  /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|:=|::|->>?|<>|!=|<=|>=|\|\|/y;

/**
 * The tokens of SQL in their order, also of the dialects of MySQL and SQLite. Linear, never throws.
 *
 * @param dialect - `mysql` knows backticks and comments after `#`; both are marks elsewhere.
 */
export function sqlTokens(
  text: string,
  dialect?: "mysql" | "sqlite",
): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at, dialect);
    if (token.kind !== undefined && token.text !== undefined)
      tokens.push({
        kind: token.kind,
        text: token.text,
        start: at,
        end: token.end,
      });
    at = token.end;
  }
  return tokens;
}

interface Piece {
  readonly kind?: SqlToken["kind"];
  readonly text?: string;
  readonly end: number;
}

function tokenAt(
  text: string,
  at: number,
  dialect: "mysql" | "sqlite" | undefined,
): Piece {
  const character = text.charAt(at);
  if (/\s/.test(character)) return { end: at + 1 };
  if (dialect === "mysql" && character === "#")
    return { end: endOr(text, text.indexOf("\n", at)) };
  if (dialect !== undefined && (character === "`" || character === "["))
    return named(text, at, character === "`" ? "`" : "]");
  plain.lastIndex = at;
  const found = plain.exec(text)?.[0];
  if (found !== undefined)
    return { kind: kindOf(found), text: found, end: at + found.length };
  return quotedAt(
    text,
    at,
    dialectEnd(text, at, dialect) ?? pieceEnd(text, at),
  );
}

function quotedAt(text: string, at: number, end: number): Piece {
  const character = text.charAt(at);
  if (/^(?:--|\/\*)/.test(text.slice(at, at + 2))) return { end };
  const piece = text.slice(at, end);
  if (character === "'")
    return { kind: "text", text: unquoted(piece, "'"), end };
  if (character === '"')
    return { kind: "name", text: unquoted(piece, '"'), end };
  if (character === "$" && end > at + 1)
    return { kind: "text", text: dollarText(piece), end };
  return { kind: "mark", text: character, end };
}

function kindOf(found: string): SqlToken["kind"] {
  if (/^\d/.test(found)) return "number";
  return /^[A-Za-z_\u0080-\uffff]/.test(found) ? "word" : "mark";
}

function endOr(text: string, end: number): number {
  return end < 0 ? text.length : end;
}

function named(text: string, at: number, close: string): Piece {
  const end = endOr(text, text.indexOf(close, at + 1));
  return { kind: "name", text: text.slice(at + 1, end), end: end + 1 };
}

function unquoted(piece: string, quote: string): string {
  const inner =
    piece.endsWith(quote) && piece.length > 1
      ? piece.slice(1, -1)
      : piece.slice(1);
  return inner.replaceAll(quote + quote, quote);
}

function dollarText(piece: string): string {
  const tag = piece.slice(0, piece.indexOf("$", 1) + 1);
  return piece.slice(
    tag.length,
    piece.endsWith(tag) && piece.length >= 2 * tag.length
      ? -tag.length
      : undefined,
  );
}

/** Whether a token is one of the bare words; case does not matter. */
export function isWord(
  token: SqlToken | undefined,
  ...words: readonly string[]
): boolean {
  return token?.kind === "word" && words.includes(token.text.toLowerCase());
}

/** Whether a token is this mark. */
export function isMark(token: SqlToken | undefined, mark: string): boolean {
  return token?.kind === "mark" && token.text === mark;
}
