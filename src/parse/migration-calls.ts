import {
  calleeChain,
  type ChainedCall,
  optionIn,
  optionText,
  textOf,
} from "./call-chain.js";
import { notesOf } from "./code-notes.js";
import { unwrap } from "./names.js";
import { objectColumns } from "./object-columns.js";
import { onDeleteOf, type SchemaColumn } from "./schema-facts.js";
import type { SqlColumn, SqlName, SqlStatement } from "./sql-facts.js";
import { lineOf, ts } from "./syntax.js";

/**
 * What a call of a migration builder does to tables: Knex, Sequelize, TypeORM, node-pg-migrate and Kysely. Empty for all
 * other calls.
 */
export function migrationCall(
  node: ts.CallExpression,
  source: ts.SourceFile,
): SqlStatement[] {
  const chain = calleeChain(node);
  const at = chain.findIndex(({ name }) => builders.has(name));
  const call = chain[at];
  // A longer chain holds this call, and is looked at as a whole.
  if (call === undefined || isContinued(node)) return [];
  const table = tableNamed(call, chain);
  if (table === undefined) return [];
  const line = lineOf(source, call.node.getStart(source));
  if (/^drop/.test(call.name))
    return [{ act: { kind: "drop", what: "table", name: table }, line }];
  const columns = columnsOf(call, chain.slice(at + 1), source);
  if (/^create/.test(call.name))
    return [
      { act: { kind: "create-table", table, columns, ifMissing: false }, line },
    ];
  return columns.map((column) => ({
    act: { kind: "add-column", table, column },
    line,
  }));
}

const builders: ReadonlySet<string> = new Set(
  "createTable createTableIfNotExists dropTable dropTableIfExists addColumn addColumns alterTable table".split(
    " ",
  ),
);

function isContinued(node: ts.CallExpression): boolean {
  const { parent } = node;
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    ts.isCallExpression(parent.parent)
  );
}

/** The table by its text, by `{ schema, name }`, or within `new Table({ name })`. */
function tableNamed(
  call: ChainedCall,
  chain: readonly ChainedCall[],
): SqlName | undefined {
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  const options = tableOptions(first);
  const name =
    textOf(first) ??
    optionText(options, "name") ??
    optionText(options, "tableName");
  if (name === undefined || !/^[\w.$-]{1,128}$/.test(name)) return undefined;
  const within = chain.find((one) => one.name === "withSchema")?.arguments[0];
  const [own = "", schema] = name.split(".").reverse();
  return {
    schema:
      optionText(options, "schema") ??
      schema ??
      (within && textOf(within)) ??
      "public",
    name: own,
  };
}

function tableOptions(given: ts.Expression): ts.Expression {
  const bare = unwrap(given);
  return ts.isNewExpression(bare) ? (bare.arguments?.[0] ?? bare) : bare;
}

function columnsOf(
  call: ChainedCall,
  after: readonly ChainedCall[],
  source: ts.SourceFile,
): SqlColumn[] {
  const [first, second, third] = call.arguments;
  if (call.name === "addColumn" && second && third)
    return addedColumn(second, third, source);
  const listed = first && optionIn(tableOptions(first), "columns");
  if (listed) return listedColumns(listed, source);
  const body = second && unwrap(second);
  if (body && (ts.isArrowFunction(body) || ts.isFunctionExpression(body)))
    return knexColumns(body, source);
  if (body && ts.isObjectLiteralExpression(body))
    return objectColumns(body, source).map(sqlColumn);
  return after
    .filter(({ name }) => name === "addColumn")
    .flatMap((one) => kyselyColumn(one, source));
}

function sqlColumn({
  name,
  type,
  line,
  notes,
  references,
}: SchemaColumn): SqlColumn {
  return {
    ...{ name, type, line },
    ...(notes.length > 0 && { notes }),
    ...(references && {
      references: {
        table: { schema: "public", name: references.table },
        onDelete: references.onDelete,
      },
    }),
  };
}

/** Sequelize: `addColumn("users", "email", { type: … })`. */
function addedColumn(
  name: ts.Expression,
  options: ts.Expression,
  source: ts.SourceFile,
): SqlColumn[] {
  const text = textOf(name);
  if (text === undefined) return [];
  const type = optionIn(options, "type");
  const line = lineOf(source, name.getStart(source));
  const comment = optionText(options, "comment");
  return [
    {
      ...{
        name: text,
        type:
          (type?.getText(source) ?? "").split(".").at(-1)?.toLowerCase() ?? "",
        line,
      },
      ...(comment !== undefined && { notes: [comment] }),
    },
  ];
}

/** TypeORM: `new Table({ columns: [{ name: "email", type: "varchar" }] })`. */
function listedColumns(
  listed: ts.Expression,
  source: ts.SourceFile,
): SqlColumn[] {
  const list = unwrap(listed);
  if (!ts.isArrayLiteralExpression(list)) return [];
  return list.elements.flatMap((element) => {
    const options = tableOptions(element);
    const name = optionText(options, "name");
    const comment = optionText(options, "comment");
    const notes = [
      ...notesOf(element, source),
      ...(comment === undefined ? [] : [comment]),
    ];
    if (name === undefined) return [];
    return [
      {
        ...{ name, type: optionText(options, "type")?.toLowerCase() ?? "" },
        line: lineOf(source, element.getStart(source)),
        ...(notes.length > 0 && { notes }),
      },
    ];
  });
}

/** Knex: `(table) => { table.string("email").comment("…"); table.uuid("user_id").references("id").inTable("users"); }`. */
function knexColumns(
  body: ts.ArrowFunction | ts.FunctionExpression,
  source: ts.SourceFile,
): SqlColumn[] {
  const statements = ts.isBlock(body.body)
    ? [...body.body.statements]
    : [body.body];
  return statements.flatMap((statement) => {
    const expression = ts.isExpressionStatement(statement)
      ? statement.expression
      : statement;
    return ts.isExpression(expression) ? knexColumn(expression, source) : [];
  });
}

function knexColumn(
  expression: ts.Expression,
  source: ts.SourceFile,
): SqlColumn[] {
  const chain = calleeChain(expression);
  const [maker] = chain;
  if (maker === undefined || noColumn.test(maker.name)) return [];
  const [given] = maker.arguments;
  const isCounter = /^(?:bigI|i)ncrements$/.test(maker.name);
  const name = (given && textOf(given)) ?? (isCounter ? "id" : undefined);
  if (name === undefined) return [];
  const comment = textGiven(chain, "comment");
  const notes = [
    ...notesOf(expression.parent, source),
    ...(comment === undefined ? [] : [comment]),
  ];
  const table =
    textGiven(chain, "inTable") ??
    /^(\w+)\.\w+$/.exec(textGiven(chain, "references") ?? "")?.[1];
  return [
    {
      ...{ name, type: maker.name.toLowerCase() },
      line: lineOf(source, expression.getStart(source)),
      ...(notes.length > 0 && { notes }),
      ...(table !== undefined && {
        references: referenceTo(table, textGiven(chain, "onDelete")),
      }),
    },
  ];
}

/** The text that a method of a chain is given. */
function textGiven(
  chain: readonly ChainedCall[],
  method: string,
): string | undefined {
  const [argument] = chain.find((one) => one.name === method)?.arguments ?? [];
  return argument && textOf(argument);
}

function referenceTo(
  table: string,
  onDelete: string | undefined,
): NonNullable<SqlColumn["references"]> {
  return {
    table: { schema: "public", name: table },
    onDelete: onDeleteOf(onDelete),
  };
}

const noColumn =
  /^(?:index|unique|primary|foreign|drop\w*|rename\w*|timestamps|comment|engine|charset|collate|inherits|check\w*)$/;

/** Kysely: `.addColumn("email", "text", (column) => column.references("users.id").onDelete("cascade"))`. */
function kyselyColumn(
  { arguments: given, node }: ChainedCall,
  source: ts.SourceFile,
): SqlColumn[] {
  const [name, type, more] = given;
  const text = name && textOf(name);
  if (name === undefined || text === undefined) return [];
  const body = more && unwrap(more);
  const chain =
    body && ts.isArrowFunction(body) && !ts.isBlock(body.body)
      ? calleeChain(body.body)
      : [];
  const table = textGiven(chain, "references")?.split(".")[0];
  return [
    {
      ...{ name: text, type: ((type && textOf(type)) ?? "").toLowerCase() },
      line: lineOf(source, (name ?? node).getStart(source)),
      ...(table !== undefined && {
        references: referenceTo(table, textGiven(chain, "onDelete")),
      }),
    },
  ];
}
