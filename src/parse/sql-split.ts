/** One statement of an SQL file as text. */
export interface SqlText {
  readonly text: string;
  /** Line of its first word, from 1. */
  readonly line: number;
}

/**
 * Cuts SQL at its semicolons; those within quotes, dollar quotes and comments do not count. Linear, never throws.
 *
 * The grammar alone could cut too, but gives up the whole file at the first thing that it does not know. Lines that
 * start with a backslash are commands of psql, and the rows after `COPY … FROM stdin` are data: both are left out.
 */
export function splitSql(
  text: string,
  firstLine = 1,
  dialect?: "mysql" | "sqlite",
): SqlText[] {
  const statements: SqlText[] = [];
  let [start, line, counted, at] = [-1, firstLine, 0, 0];
  const lineAt = (position: number): number => {
    for (; counted < position; counted++)
      if (text.charCodeAt(counted) === 10) line++;
    return line;
  };
  const finish = (end: number): void => {
    if (start >= 0)
      statements.push({ text: text.slice(start, end), line: lineAt(start) });
    start = -1;
  };
  while (at < text.length) {
    const end = dialectEnd(text, at, dialect) ?? pieceEnd(text, at);
    const character = text.charAt(at);
    if (character === ";") {
      const isCopy = start >= 0 && isCopyIn(text, start, at);
      finish(at);
      at = isCopy ? copyEnd(text, end) : end;
      continue;
    }
    if (character === "\\" && start < 0) at = lineEnd(text, at);
    else {
      const isComment = dialect === "mysql" && character === "#";
      if (start < 0 && !isComment && !isBlank(text, at, character)) start = at;
      at = end;
    }
  }
  finish(text.length);
  return statements;
}

/** Where the quote, comment or single character that starts here ends. Linear; never throws. */
export function pieceEnd(text: string, at: number): number {
  const character = text.charAt(at);
  if (character === "'") return quoteEnd(text, at, "'", isEscaping(text, at));
  if (character === '"') return quoteEnd(text, at, '"', false);
  if (character === "-" && text.charAt(at + 1) === "-")
    return lineEnd(text, at);
  if (character === "/" && text.charAt(at + 1) === "*")
    return commentEnd(text, at);
  if (character === "$") return dollarEnd(text, at);
  return at + 1;
}

/**
 * Where a piece ends that only MySQL and SQLite have: names in backticks, and in MySQL texts with backslashes and
 * comments after `#`.
 *
 * @returns undefined where the piece is like those of other databases.
 */
export function dialectEnd(
  text: string,
  at: number,
  dialect: "mysql" | "sqlite" | undefined,
): number | undefined {
  if (dialect === undefined) return undefined;
  const character = text.charAt(at);
  if (character === "`") return quoteEnd(text, at, "`", false);
  if (dialect === "mysql" && character === "#") return lineEnd(text, at);
  return dialect === "mysql" && (character === "'" || character === '"')
    ? quoteEnd(text, at, character, true)
    : undefined;
}

function isBlank(text: string, at: number, character: string): boolean {
  if (/\s/.test(character)) return true;
  const next = text.charAt(at + 1);
  return (
    (character === "-" && next === "-") || (character === "/" && next === "*")
  );
}

/** `E'…'` knows backslashes. */
function isEscaping(text: string, at: number): boolean {
  return (
    /[eE]/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at - 2) || " ")
  );
}

function quoteEnd(
  text: string,
  at: number,
  quote: string,
  escapes: boolean,
): number {
  for (let i = at + 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (escapes && character === "\\") i++;
    else if (character === quote) {
      if (text.charAt(i + 1) !== quote) return i + 1;
      i++;
    }
  }
  return text.length;
}

function commentEnd(text: string, at: number): number {
  let depth = 1;
  for (let i = at + 2; i < text.length; i++) {
    const pair = text.slice(i, i + 2);
    if (pair === "/*") depth++;
    else if (pair === "*/") depth--;
    else continue;
    i++;
    if (depth === 0) return i + 1;
  }
  return text.length;
}

const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]{0,62})?\$/y;

function dollarEnd(text: string, at: number): number {
  if (/[\w$]/.test(text.charAt(at - 1) || " ")) return at + 1;
  dollarTag.lastIndex = at;
  const tag = dollarTag.exec(text)?.[0];
  if (tag === undefined) return at + 1;
  const end = text.indexOf(tag, at + tag.length);
  return end < 0 ? text.length : end + tag.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function isCopyIn(text: string, start: number, end: number): boolean {
  return (
    /^copy\b/i.test(text.slice(start, start + 5)) &&
    /\bstdin\b/i.test(text.slice(Math.max(start, end - 200), end))
  );
}

function copyEnd(text: string, at: number): number {
  const end = text.indexOf("\n\\.", at);
  return end < 0 ? text.length : end + 3;
}
