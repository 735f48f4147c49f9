import { loadModule, parseSync } from "libpg-query";
import { actsOf } from "./sql-acts.js";
import { blockStatements, isBlock } from "./sql-blocks.js";
import type { SqlFacts, SqlGap, SqlStatement } from "./sql-facts.js";
import type { SqlNode } from "./sql-nodes.js";
import { dialectActs } from "./sql-dialect.js";
import { sourceOf } from "./sql-source.js";
import { splitSql, type SqlText } from "./sql-split.js";

// The grammar is WebAssembly and loads without blocking only once, here; every parse after that is synchronous.
await loadModule();

/** Longer than any written statement that is not data. */
const maxStatementCharacters = 256 * 1024;

const matters =
  /^(?:create|alter|drop|grant|revoke|comment|do)\b|^(?:insert\s+into|update)\s+(?:only\s+)?"?storage"?\."?buckets\b/i;

/** Whether a statement that the grammar refuses would have said something about access. */
const aboutAccess =
  /^(?:create\s+(?:or\s+replace\s+)?(?:(?:unlogged|materialized|temp|temporary)\s+)*(?:table|policy|view)|alter\s+(?:table|policy)|drop\s+(?:table|policy)|grant|revoke)\b/i;

/**
 * What one SQL text does, statement by statement; one that cannot be parsed is a gap and costs no other.
 *
 * @param known - The dialect, where it is known from elsewhere; else it is told by the text.
 */
export function sqlFacts(
  text: string,
  firstLine = 1,
  known?: SqlFacts["dialect"],
): SqlFacts {
  const dialect = known ?? dialectOf(text);
  if (dialect !== undefined) return dialectFacts(text, firstLine, dialect);
  const statements: SqlStatement[] = [];
  const gaps: SqlGap[] = [];
  for (const statement of splitSql(text, firstLine)) {
    const bare = dropLeadingComments(statement.text);
    if (!matters.test(bare) || bare.length > maxStatementCharacters) continue;
    if (isBlock(bare)) statements.push(...conditionalStatements(statement));
    else {
      const read = readStatement(statement);
      if (read) statements.push(...read);
      else if (aboutAccess.test(bare)) gaps.push(gapOf(statement.line, bare));
    }
  }
  return { statements, gaps };
}

/** Other databases know no rights on rows: only what their tables hold is read. */
function dialectFacts(
  text: string,
  firstLine: number,
  dialect: NonNullable<SqlFacts["dialect"]>,
): SqlFacts {
  const statements = splitSql(text, firstLine, dialect).flatMap((statement) =>
    statement.text.length > maxStatementCharacters
      ? []
      : dialectActs(statement, dialect).map((act) => ({
          act,
          line: statement.line,
        })),
  );
  return { statements, gaps: [], dialect };
}

function readStatement({ text, line }: SqlText): SqlStatement[] | undefined {
  try {
    const parsed = parseSync(text) as unknown as { stmts?: SqlNode[] };
    const source = sourceOf({ text, line });
    return (parsed.stmts ?? []).flatMap(({ stmt }) =>
      actsOf(stmt as SqlNode, source).map((act) => ({ act, line })),
    );
  } catch {
    // A syntax error, or nesting beyond what the grammar or the tree's JSON allows: nothing was read of it.
    return undefined;
  }
}

function conditionalStatements(block: SqlText): SqlStatement[] {
  return blockStatements(block).flatMap((statement) =>
    (readStatement(statement) ?? []).map((read) => ({
      ...read,
      conditional: true as const,
    })),
  );
}

function dropLeadingComments(text: string): string {
  let rest = text.trimStart();
  for (;;) {
    const end = rest.startsWith("--")
      ? rest.indexOf("\n")
      : rest.startsWith("/*")
        ? rest.indexOf("*/") + 1
        : 0;
    if (end <= 0) return rest;
    rest = rest.slice(end + 1).trimStart();
  }
}

function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (
    let open = text.indexOf("/*");
    open >= 0;
    open = text.indexOf("/*", at)
  ) {
    parts.push(text.slice(at, open));
    const close = text.indexOf("*/", open + 2);
    at = close < 0 ? text.length : close + 2;
  }
  parts.push(text.slice(at));
  return parts.join(" ").replace(/(^|\s)(?:--|#)[^\n]*/g, "$1");
}

function gapOf(line: number, text: string): SqlGap {
  const aboutColumns =
    /^alter\s+table\b/i.test(text) &&
    !/\b(?:row\s+level|rename|schema|owner)\b/i.test(text);
  return {
    line,
    about: firstWords(text),
    ...(aboutColumns && { aboutColumns: true as const }),
  };
}

function firstWords(text: string): string {
  return text.slice(0, 80).split(/\s+/).slice(0, 5).join(" ");
}

const otherWords =
  /\bAUTOINCREMENT\b|\bPRAGMA\s+\w|\bWITHOUT\s+ROWID\b|\bAUTO_INCREMENT\b|\bENGINE\s*=|\bCHARSET\b|\bCHARACTER SET\b|`/i;

function dialectOf(whole: string): "mysql" | "sqlite" | undefined {
  if (!otherWords.test(whole)) return undefined;
  // Tools write their warnings about "the table `users`" above the statements of every database.
  const text = withoutComments(whole);
  if (/\bAUTOINCREMENT\b|\bPRAGMA\s+\w|\bWITHOUT\s+ROWID\b/i.test(text))
    return "sqlite";
  if (
    /\bAUTO_INCREMENT\b|\bENGINE\s*=\s*\w|`[^\n]*\bCOMMENT\s+'|\b(?:CHARSET|CHARACTER SET)\s*=?\s*utf8/i.test(
      text,
    )
  )
    return "mysql";
  return /\b(?:TABLE|INTO)\s+(?:IF NOT EXISTS )?`/i.test(text)
    ? "sqlite"
    : undefined;
}
