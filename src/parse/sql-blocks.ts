import { splitSql, type SqlText } from "./sql-split.js";

/** Whether a statement is an anonymous block of procedural code. */
export function isBlock(text: string): boolean {
  return /^do\b/i.test(text);
}

const maxCopies = 200;

/**
 * The statements that an anonymous block may run: those written in it, and those that it builds by `EXECUTE` from a text,
 * where that text and the names put into it stand in the block.
 */
export function blockStatements({ text, line }: SqlText): SqlText[] {
  const open = /\$\w*\$/.exec(text);
  const close = open ? text.lastIndexOf(open[0]) : -1;
  if (open === null || close <= open.index) return [];
  const start = open.index + open[0].length;
  const code = text.slice(start, close);
  const first = line + newlines(text.slice(0, start));
  const loop = loopNames(code);
  return splitSql(code, first).flatMap((piece) => {
    const begin = statementStart(piece.text);
    if (begin < 0) return [];
    const at = piece.line + newlines(piece.text.slice(0, begin));
    return written(piece.text.slice(begin), loop).map((sql) => ({
      text: sql,
      line: at,
    }));
  });
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}

/** Where the SQL begins, after the words of the language around it: `IF … THEN`, `LOOP`, `BEGIN`. */
function statementStart(text: string): number {
  const word =
    /\b(?:create|alter|drop|grant|revoke|execute|insert\s+into\s+storage)\b/gi;
  const opener = /(?:^|\b(?:then|else|loop|begin)\b)\s*$/i;
  for (const match of text.matchAll(word)) {
    const before = text.slice(Math.max(0, match.index - 300), match.index);
    const bare = before.replace(/--[^\n]*/g, "");
    if (opener.test(bare) || (match.index < 300 && bare.trim() === ""))
      return match.index;
  }
  return -1;
}

function written(sql: string, names: readonly string[]): string[] {
  if (!/^execute\b/i.test(sql)) return [sql];
  const literal = /'((?:[^']|'')*)'|\$(\w*)\$([\s\S]*?)\$\2\$/.exec(sql);
  const pattern = (literal?.[1]?.replaceAll("''", "'") ?? literal?.[3])?.trim();
  if (literal === null || pattern === undefined) return [];
  if (!/%[IsL]|%\d\$[IsL]/.test(pattern)) {
    const rest = sql.slice(literal.index + literal[0].length);
    return /^\s*\|\|/.test(rest) ? [] : [pattern];
  }
  const fixed = sql
    .slice(literal.index + literal[0].length)
    .split(",")
    .slice(1)
    .map((one) => /^\s*'((?:[^']|'')*)'/.exec(one)?.[1]);
  return names
    .slice(0, maxCopies)
    .map((name) => fill(pattern, fixed, name))
    .map((filled) => filled.trim());
}

function fill(
  pattern: string,
  fixed: readonly (string | undefined)[],
  name: string,
): string {
  let next = 0;
  return pattern.replace(
    /%(?:(\d)\$)?([IsL])/g,
    (_, place: string | undefined, kind: string) => {
      const index = place === undefined ? next++ : Number(place) - 1;
      const value = fixed[index] ?? name;
      return kind === "I" ? quoted(value) : value;
    },
  );
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The names that the block's loop walks: an array that is written there, or all tables of a schema. */
function loopNames(code: string): string[] {
  const list =
    /\barray\s*\[([^\]]*)\]/i.exec(code)?.[1] ??
    /\bin\s*\(\s*('[^)]*)\)/i.exec(code)?.[1];
  const names = [...(list ?? "").matchAll(/'([^']*)'/g)].flatMap(
    ([, name]) => name ?? [],
  );
  if (names.length > 0) return names;
  return /\bpg_tables\b|\binformation_schema\.tables\b/i.test(code)
    ? ["*"]
    : [];
}
