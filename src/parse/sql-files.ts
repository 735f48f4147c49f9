import type { MarkerInput } from "./marker.js";
import { migrationCall } from "./migration-calls.js";
import { sqlFacts } from "./sql.js";
import type { SqlFacts, SqlName, SqlStatement } from "./sql-facts.js";
import { isScript, lineOf, ts, visitNodes } from "./syntax.js";

/**
 * The SQL of a file: of an `.sql` file, of the texts that code hands to a database, and of the calls of migration
 * builders; else undefined.
 */
export function fileSql(file: MarkerInput): SqlFacts | undefined {
  if (/\.(?:sql|pgsql)$/i.test(file.path)) return sqlFacts(file.text);
  const { path, kind, text } = file;
  // What a component shows is for people to copy, and nobody knows whether they did.
  if (!isScript(path) || /x$/i.test(path)) return undefined;
  if (kind === "test" || kind === "generated") return undefined;
  return writtenSql.test(text) ||
    (/migrat/i.test(path) && builderCall.test(text))
    ? codeSql(file)
    : undefined;
}

const writtenSql =
  /\b(?:create|alter)\s+(?:table|policy|view)\b|\brow\s+level\s+security\b/i;
const builderCall = /\b(?:create|alter|drop)Table|\baddColumns?\b/;

/** Drivers of other databases than Postgres. */
const otherDriver =
  /["'](?:better-sqlite3|sqlite3?|node:sqlite|bun:sqlite|expo-sqlite|@libsql\/client|sql\.js|mysql2?(?:\/promise)?|mariadb)["']/;

function codeSql(file: MarkerInput): SqlFacts | undefined {
  const source = file.syntax();
  if (source === undefined) return undefined;
  const builds = /migrat/i.test(file.path);
  const statements: SqlStatement[] = [];
  const driver = otherDriver.exec(file.text)?.[0];
  let dialect: SqlFacts["dialect"] =
    driver === undefined
      ? undefined
      : /mysql|maria/.test(driver)
        ? "mysql"
        : "sqlite";
  visitNodes(source, (node) => {
    const built =
      builds && ts.isCallExpression(node) ? migrationCall(node, source) : [];
    if (built.length > 0 && !isUndo(node)) statements.push(...built);
    const text = sqlText(node);
    if (text === undefined || isUndo(node)) return;
    const facts = sqlFacts(
      text,
      lineOf(source, node.getStart(source) + 1),
      dialect,
    );
    dialect ??= facts.dialect;
    statements.push(...facts.statements.filter(isNamed));
  });
  if (statements.length === 0) return undefined;
  // What stands between the texts is unknown, so a text that is no statement of its own is no gap.
  return { statements, gaps: [], ...(dialect && { dialect }) };
}

/** Stands for what is put into a text as the program runs. */
const hole = "unknown_here";

function sqlText(node: ts.Node): string | undefined {
  const text = textWithHoles(node);
  return text !== undefined &&
    /^\s*(?:--|\/\*|create|alter|drop|grant|revoke|do\b)/i.test(text)
    ? text
    : undefined;
}

function textWithHoles(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.templateSpans.reduce(
    // `${schema}.users` is a table of some schema: the one that is meant by default.
    (text, { literal }) =>
      literal.text.startsWith(".")
        ? text + literal.text.slice(1)
        : `${text}${hole}${literal.text}`,
    node.head.text,
  );
}

/** Whether the statement says what it is about. */
function isNamed({ act }: SqlStatement): boolean {
  const names: (SqlName | undefined)[] = [
    "table" in act ? act.table : undefined,
    "view" in act ? act.view : undefined,
    "function" in act ? act.function : undefined,
  ];
  return !names.some((name) => name?.name.includes(hole));
}

/** Whether it stands in the part that takes a migration back. */
function isUndo(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent)
    if (/^(?:down|rollback|undo)$/i.test(ownerName(at))) return true;
  return false;
}

function ownerName(node: ts.Node): string {
  if (ts.isMethodDeclaration(node) || ts.isPropertyAssignment(node))
    return node.name.getText();
  if (ts.isFunctionDeclaration(node)) return node.name?.text ?? "";
  if (ts.isVariableDeclaration(node)) return node.name.getText();
  return ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)
    ? node.left.name.text
    : "";
}
