import type { SqlText } from "./sql-split.js";
import { isMark, isWord, type SqlToken, sqlTokens } from "./sql-tokens.js";

/** Whether a statement is an anonymous block of procedural code. */
export function isBlock(text: string): boolean {
  return /^do\b/i.test(text);
}

/** Tables of one loop that are followed, and statements of one block. */
const limits = { copies: 200, statements: 2000 };

/**
 * The statements that an anonymous block may run: those written in it, and those that it builds by `EXECUTE` from a text,
 * where that text and the names put into it stand in the block. Linear in the block and in what it builds.
 */
export function blockStatements({ text, line }: SqlText): SqlText[] {
  const body = sqlTokens(text).find(({ kind }) => kind === "text");
  if (body === undefined) return [];
  const start = text.indexOf(body.text, body.start);
  const lines = lineCounter(text, line);
  const found: SqlText[] = [];
  let names: readonly string[] = [];
  for (const piece of pieces(sqlTokens(body.text))) {
    names = loopNames(piece) ?? names;
    const begin = statementStart(piece);
    const first = piece[begin];
    const last = piece.at(-1);
    if (first === undefined || last === undefined) continue;
    if (found.length >= limits.statements) break;
    const at = lines(start + first.start);
    const built = isWord(first, "execute")
      ? executed(piece.slice(begin + 1), names)
      : [body.text.slice(first.start, last.end)];
    for (const sql of built) found.push({ text: sql, line: at });
  }
  return found;
}

/** Lines of positions that only grow. */
function lineCounter(
  text: string,
  first: number,
): (position: number) => number {
  let [line, counted] = [first, 0];
  return (position) => {
    for (; counted < position; counted++)
      if (text.charCodeAt(counted) === 10) line++;
    return line;
  };
}

function pieces(tokens: readonly SqlToken[]): SqlToken[][] {
  const found: SqlToken[][] = [[]];
  for (const token of tokens)
    if (isMark(token, ";")) found.push([]);
    else found.at(-1)?.push(token);
  return found;
}

/** Where the SQL begins, after the words of the language around it: `IF … THEN`, `LOOP`, `BEGIN`. */
function statementStart(piece: readonly SqlToken[]): number {
  return piece.findIndex(
    (token, index) =>
      (isWord(token, "create", "alter", "drop", "grant", "revoke", "execute") ||
        (isWord(token, "insert") && isWord(piece[index + 1], "into"))) &&
      (index === 0 ||
        isWord(piece[index - 1], "then", "else", "loop", "begin")),
  );
}

/** The names that a loop walks: an array that is written there, or all tables of a schema. */
function loopNames(piece: readonly SqlToken[]): string[] | undefined {
  const names: string[] = [];
  let inList = false;
  let everyTable = false;
  for (const [index, token] of piece.entries()) {
    if (isMark(token, "[") && isWord(piece[index - 1], "array")) inList = true;
    else if (isMark(token, "(") && isWord(piece[index - 1], "in", "values"))
      inList = true;
    else if (isMark(token, "]")) inList = false;
    else if (inList && token.kind === "text") names.push(token.text);
    if (isWord(token, "pg_tables", "pg_class")) everyTable = true;
    if (
      isWord(token, "tables") &&
      isWord(piece[index - 2], "information_schema")
    )
      everyTable = true;
  }
  const listed = names.filter((name) => /^[\w.]{1,63}$/.test(name));
  if (
    everyTable &&
    !names.some(
      (name) => name !== "public" && /^\w+$/.test(name) && !isCatalogWord(name),
    )
  )
    return ["*"];
  return listed.length > 0 ? listed : undefined;
}

/** Words by which a query of the catalogue narrows itself, which are no tables. */
function isCatalogWord(name: string): boolean {
  return /^(?:public|r|p|v|m|base|table|pg_catalog|information_schema)$/i.test(
    name,
  );
}

/** What `EXECUTE 'text'`, `EXECUTE $q$text$q$` and `EXECUTE format('text', …)` run. */
function executed(
  tokens: readonly SqlToken[],
  names: readonly string[],
): string[] {
  const at = tokens.findIndex(({ kind }) => kind === "text");
  const pattern = tokens[at]?.text.trim();
  if (pattern === undefined) return [];
  if (!isWord(tokens[0], "format")) {
    if (at !== 0) return [];
    return tokens.some((token) => isMark(token, "||"))
      ? joined(tokens, names)
      : [pattern];
  }
  if (isMark(tokens[at + 1], "||")) return [];
  const fixed = formatArguments(tokens.slice(at + 1));
  return fixed.includes(undefined)
    ? names.slice(0, limits.copies).map((name) => fill(pattern, fixed, name))
    : [fill(pattern, fixed, "")];
}

/** The arguments after the pattern: a text, or undefined for what is known only as the loop runs. */
function formatArguments(tokens: readonly SqlToken[]): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!isMark(token, ",")) continue;
    const next = tokens[index + 1];
    found.push(next?.kind === "text" ? next.text : undefined);
  }
  return found;
}

/** `'alter table ' || t || ' enable row level security'`: texts, with the loop's name in between. */
function joined(
  tokens: readonly SqlToken[],
  names: readonly string[],
): string[] {
  const isFixed = tokens.every(({ kind }) => kind !== "word");
  return (isFixed ? [""] : names.slice(0, limits.copies)).map((name) => {
    let sql = "";
    let named = false;
    for (const token of tokens) {
      if (token.kind === "text") [sql, named] = [sql + token.text, false];
      else if (token.kind === "word" && !named)
        [sql, named] = [sql + quoted(name), true];
    }
    return sql;
  });
}

function fill(
  pattern: string,
  fixed: readonly (string | undefined)[],
  name: string,
): string {
  let next = 0;
  const value = (place: string | undefined): string =>
    fixed[place === undefined ? next++ : Number(place) - 1] ?? name;
  return pattern
    .replace(
      /%(?:(\d)\$)?([ILs%])/g,
      (_, place: string | undefined, kind: string) => {
        if (kind === "%") return "%";
        if (kind === "I") return quoted(value(place));
        return kind === "L"
          ? `'${value(place).replaceAll("'", "''")}'`
          : value(place);
      },
    )
    .trim();
}

/** `public.users` names two things. `*` stays one. */
function quoted(name: string): string {
  return name
    .split(".")
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join(".");
}
