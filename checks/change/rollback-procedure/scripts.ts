import { memberName } from "#parse/names.js";
import { lineOf, ts, visitNodes } from "#parse/syntax.js";
import type { MigrationMark } from "./mark.js";

/** Calls of query builders after which an earlier release does not find what it needs, and what they do. */
const losses: Readonly<Record<string, string>> = {
  dropTable: "drops a table",
  dropTableIfExists: "drops a table",
  dropColumn: "drops a column",
  dropColumns: "drops columns",
  removeColumn: "drops a column",
  renameColumn: "renames a column",
  truncate: "empties a table",
};

interface Direction {
  readonly name: "up" | "down";
  readonly node: ts.Node;
  /** Absent where it is no function: `exports.down = false`. */
  readonly body?: ts.Node | undefined;
}

/** What a migration in a script takes away, and whether it can be taken back. */
export function scriptMigration(source: ts.SourceFile): MigrationMark[] {
  const directions = directionsOf(source);
  const up = directions.find(({ name }) => name === "up");
  if (!up) return [];
  const down = directions.find(({ name }) => name === "down");
  return [
    ...(up.body ? lossesIn(up.body, source) : []),
    ...noWayBack(up, down, source),
  ];
}

function noWayBack(
  up: Direction,
  down: Direction | undefined,
  source: ts.SourceFile,
): MigrationMark[] {
  const mark = (does: string, node: ts.Node): MigrationMark[] => [
    {
      ...{ kind: "migration", rule: "no-way-back", does },
      line: lineOf(source, node.getStart(source)),
    },
  ];
  if (!down) return mark("has no down function", up.node);
  if (!down.body) return mark("has no way back", down.node);
  const statements = ts.isBlock(down.body) ? down.body.statements : undefined;
  if (!statements) return [];
  const [only] = statements;
  if (statements.length === 0)
    return mark("has an empty down function", down.node);
  if (statements.length === 1 && only && ts.isThrowStatement(only))
    return mark("refuses to be taken back", down.node);
  return [];
}

function lossesIn(body: ts.Node, source: ts.SourceFile): MigrationMark[] {
  const marks: MigrationMark[] = [];
  visitNodes(body, (node) => {
    if (!ts.isCallExpression(node)) return;
    const callee = node.expression;
    if (!ts.isPropertyAccessExpression(callee)) return;
    const does = Object.hasOwn(losses, callee.name.text)
      ? losses[callee.name.text]
      : undefined;
    if (does === undefined) return;
    const line = lineOf(source, callee.name.getStart(source));
    marks.push({
      kind: "migration",
      rule: "destructive-migration",
      does,
      line,
    });
  });
  return marks.slice(0, 50);
}

/** `export async function up`, `exports.up = ...`, methods of a class or an object. */
function directionsOf(source: ts.SourceFile): Direction[] {
  const found: Direction[] = [];
  const add = (name: string, node: ts.Node, value: ts.Node | undefined) => {
    if (name === "up" || name === "down")
      found.push({ name, node, body: bodyOf(value) });
  };
  visitNodes(source, (node) => {
    if (ts.isFunctionDeclaration(node) && node.parent === source)
      add(node.name?.text ?? "", node, node);
    if (ts.isMethodDeclaration(node)) add(memberName(node.name), node, node);
    if (ts.isPropertyAssignment(node))
      add(memberName(node.name), node, node.initializer);
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name))
      add(node.name.text, node, node.initializer);
    if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left))
      add(node.left.name.text, node, node.right);
  });
  return found;
}

function bodyOf(node: ts.Node | undefined): ts.Node | undefined {
  if (!node) return undefined;
  if (
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node)
  )
    return node.body;
  return undefined;
}
