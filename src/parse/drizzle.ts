import { notesOf } from "./code-notes.js";
import { calleeChain, optionText, textOf } from "./call-chain.js";
import { memberName, unwrap } from "./names.js";
import {
  onDeleteOf,
  type SchemaColumn,
  type SchemaReference,
  type SchemaTable,
} from "./schema-facts.js";
import { lineOf, ts, visitNodes } from "./syntax.js";

/** The tables that a file declares with Drizzle, by its own functions or by one that prefixes their names. */
export function drizzleTables(source: ts.SourceFile): SchemaTable[] {
  const tables: SchemaTable[] = [];
  visitNodes(source, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return;
    const table =
      node.initializer && tableOf(node.name, node.initializer, source);
    if (table) tables.push(table);
  });
  return tables;
}

function tableOf(
  name: ts.Identifier,
  initializer: ts.Expression,
  source: ts.SourceFile,
): SchemaTable | undefined {
  const chain = calleeChain(unwrap(initializer));
  const maker = chain.at(0);
  if (maker === undefined || !/table$/i.test(maker.name)) return undefined;
  const [written, given, extra] = maker.arguments;
  const columns = given && columnsObject(given);
  const table = written && textOf(written);
  if (columns === undefined || table === undefined) return undefined;
  const schema = schemaOf(maker.on, source);
  const isClosed =
    chain.some((call) => call.name === "enableRLS") ||
    (extra?.getText(source).includes("pgPolicy(") ?? false);
  return {
    source: "drizzle",
    name: table,
    ...(schema !== undefined && { schema }),
    symbol: name.text,
    line: lineOf(source, maker.node.getStart(source)),
    columns: columns.properties.flatMap((one) => columnOf(one, source)),
    notes: notesOf(name.parent.parent.parent, source),
    ...(isClosed && { rowSecurity: true as const }),
  };
}

/** The columns, also where a function makes them: `(t) => ({ id: t.uuid() })`. */
function columnsObject(
  given: ts.Expression,
): ts.ObjectLiteralExpression | undefined {
  let node = unwrap(given);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body))
    node = unwrap(node.body);
  return ts.isObjectLiteralExpression(node) ? node : undefined;
}

/** The schema of `pgSchema("x").table(…)`, also through a constant of the file. */
function schemaOf(
  on: ts.Expression | undefined,
  source: ts.SourceFile,
): string | undefined {
  if (on === undefined) return undefined;
  let maker: ts.Expression | undefined = unwrap(on);
  if (ts.isIdentifier(maker)) maker = initializerOf(maker.text, source);
  const call = maker && calleeChain(maker).at(0);
  const [name] = call?.arguments ?? [];
  return call && /schema$/i.test(call.name) && name ? textOf(name) : undefined;
}

function initializerOf(
  name: string,
  source: ts.SourceFile,
): ts.Expression | undefined {
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const one of statement.declarationList.declarations)
      if (ts.isIdentifier(one.name) && one.name.text === name)
        return one.initializer && unwrap(one.initializer);
  }
  return undefined;
}

function columnOf(
  property: ts.ObjectLiteralElementLike,
  source: ts.SourceFile,
): SchemaColumn[] {
  if (!ts.isPropertyAssignment(property)) return [];
  const chain = calleeChain(unwrap(property.initializer));
  const [type] = chain;
  if (type === undefined) return [];
  const key = memberName(property.name);
  const [written] = type.arguments;
  const reference = chain.find((call) => call.name === "references");
  const references = reference && referenceOf(reference.arguments);
  const isList = chain.some((call) => call.name === "array");
  return [
    {
      name: (written && textOf(written)) ?? key,
      property: key,
      type: type.name.toLowerCase() + (isList ? "[]" : ""),
      line: lineOf(source, property.getStart(source)),
      notes: notesOf(property, source),
      ...(references && { references }),
    },
  ];
}

/** `references(() => users.id, { onDelete: "cascade" })`. */
function referenceOf(
  given: readonly ts.Expression[],
): SchemaReference | undefined {
  const [target, options] = given;
  if (target === undefined || !ts.isArrowFunction(target)) return undefined;
  if (ts.isBlock(target.body)) return undefined;
  const column = unwrap(target.body);
  if (!ts.isPropertyAccessExpression(column)) return undefined;
  const table = unwrap(column.expression);
  if (!ts.isIdentifier(table)) return undefined;
  const onDelete = onDeleteOf(options && optionText(options, "onDelete"));
  return { table: table.text, onDelete };
}
