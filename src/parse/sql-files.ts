import type { MarkerInput } from "./marker.js";
import { sqlFacts } from "./sql.js";
import type { SqlFacts } from "./sql-facts.js";
import { isScript, lineOf, ts, visitNodes } from "./syntax.js";

/** The SQL of a file: of an `.sql` file, or of the texts in a migration that is written in code; else undefined. */
export function fileSql(file: MarkerInput): SqlFacts | undefined {
  if (/\.(?:sql|pgsql)$/i.test(file.path)) return sqlFacts(file.text);
  if (!isScript(file.path) || file.kind === "test") return undefined;
  if (!/migrat/i.test(file.path) || !/\btable\b/i.test(file.text))
    return undefined;
  return codeSql(file);
}

function codeSql(file: MarkerInput): SqlFacts | undefined {
  const source = file.syntax();
  if (source === undefined) return undefined;
  const found: SqlFacts[] = [];
  visitNodes(source, (node) => {
    const text = sqlText(node);
    if (text === undefined || isUndo(node)) return;
    found.push(sqlFacts(text, lineOf(source, node.getStart(source) + 1)));
  });
  if (found.length === 0) return undefined;
  // What stands between the texts is unknown, so a text that is no statement of its own is no gap.
  return {
    statements: found.flatMap(({ statements }) => statements),
    gaps: [],
  };
}

function sqlText(node: ts.Node): string | undefined {
  if (!ts.isStringLiteralLike(node)) return undefined;
  return /^\s*(?:--|create|alter|drop|grant|revoke|do)\b/i.test(node.text)
    ? node.text
    : undefined;
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
