import { calleeChain, optionText, textOf } from "./call-chain.js";
import { notesOf } from "./code-notes.js";
import { dottedName, memberName, unwrap } from "./names.js";
import { objectColumns } from "./object-columns.js";
import type { SchemaColumn, SchemaTable } from "./schema-facts.js";
import { lineOf, ts, visitNodes } from "./syntax.js";

/** The models that a file declares with Sequelize: by `define` or by `init` of a class. */
export function sequelizeTables(source: ts.SourceFile): SchemaTable[] {
  const tables: SchemaTable[] = [];
  visitNodes(source, (node) => {
    if (!ts.isCallExpression(node)) return;
    const callee = unwrap(node.expression);
    if (!ts.isPropertyAccessExpression(callee)) return;
    const [first, second, third] = node.arguments;
    const isDefine = callee.name.text === "define";
    const name = isDefine
      ? first && textOf(first)
      : callee.name.text === "init"
        ? dottedName(unwrap(callee.expression))
        : undefined;
    const fields = isDefine ? second : first;
    const options = isDefine ? third : second;
    if (name === undefined || fields === undefined) return;
    const columns = objectColumns(fields, source);
    if (columns.length === 0 || !columns.some(({ type }) => type !== ""))
      return;
    tables.push({
      source: "sequelize",
      name:
        (options &&
          (optionText(options, "tableName") ??
            optionText(options, "modelName"))) ??
        name,
      symbol: name,
      line: lineOf(source, node.getStart(source)),
      columns,
      notes: notesOf(statementOf(node), source),
    });
  });
  return tables;
}

/** The collections that a file declares with Mongoose; a schema without a model goes by its variable's name. */
export function mongooseTables(source: ts.SourceFile): SchemaTable[] {
  const models = new Map<string, string>();
  const schemas: {
    readonly variable: string;
    readonly made: ts.NewExpression;
  }[] = [];
  visitNodes(source, (node) => {
    if (
      ts.isCallExpression(node) &&
      /(?:^|\.)model$/.test(dottedName(node.expression) ?? "")
    ) {
      const [name, schema] = node.arguments;
      const variable = schema && dottedName(unwrap(schema));
      const text = name && textOf(name);
      if (variable !== undefined && text !== undefined)
        models.set(variable, text);
    }
    if (
      !ts.isNewExpression(node) ||
      !/(?:^|\.)Schema$/.test(dottedName(node.expression) ?? "")
    )
      return;
    const holder = variableOf(node);
    if (holder !== undefined) schemas.push({ variable: holder, made: node });
  });
  return schemas.flatMap(({ variable, made }) =>
    collectionOf(variable, made, models, source),
  );
}

function collectionOf(
  variable: string,
  made: ts.NewExpression,
  models: ReadonlyMap<string, string>,
  source: ts.SourceFile,
): SchemaTable[] {
  const [fields, options] = made.arguments ?? [];
  const columns = fields ? objectColumns(fields, source) : [];
  if (columns.length === 0) return [];
  const symbol = models.get(variable) ?? variable.replace(/Schema$/i, "");
  return [
    {
      source: "mongoose",
      name: (options && optionText(options, "collection")) ?? symbol,
      symbol,
      line: lineOf(source, made.getStart(source)),
      columns,
      notes: notesOf(statementOf(made), source),
    },
  ];
}

function variableOf(node: ts.Node): string | undefined {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isVariableDeclaration(at) && ts.isIdentifier(at.name))
      return at.name.text;
    if (ts.isStatement(at) || ts.isFunctionLike(at)) return undefined;
  }
  return undefined;
}

function statementOf(node: ts.Node): ts.Node {
  let at = node;
  while (!ts.isStatement(at) && !ts.isSourceFile(at)) at = at.parent;
  return at;
}

/** The tables of a schema of Convex: `users: defineTable({ email: v.string() })`. */
export function convexTables(source: ts.SourceFile): SchemaTable[] {
  const tables: SchemaTable[] = [];
  visitNodes(source, (node) => {
    if (!ts.isPropertyAssignment(node)) return;
    const [maker] = calleeChain(node.initializer);
    const [fields] = maker?.arguments ?? [];
    const name = memberName(node.name);
    if (maker?.name !== "defineTable" || name === "" || fields === undefined)
      return;
    tables.push({
      source: "convex",
      ...{ name, symbol: name },
      line: lineOf(source, node.name.getStart(source)),
      columns: convexColumns(unwrap(fields), source),
      notes: notesOf(node, source),
    });
  });
  return tables;
}

function convexColumns(
  fields: ts.Expression,
  source: ts.SourceFile,
): SchemaColumn[] {
  if (!ts.isObjectLiteralExpression(fields)) return [];
  return fields.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) return [];
    const name = memberName(property.name);
    const validator = validatorOf(property.initializer);
    const [target] = validator?.arguments ?? [];
    const table =
      validator?.name === "id" && target ? textOf(target) : undefined;
    return [
      {
        ...{ name, property: name },
        type: validator?.name.toLowerCase() ?? "",
        line: lineOf(source, property.name.getStart(source)),
        notes: notesOf(property, source),
        ...(table !== undefined && {
          references: { table, onDelete: "no action" as const },
        }),
      },
    ];
  });
}

/** The validator within `v.optional(…)`. */
function validatorOf(
  expression: ts.Expression,
): ReturnType<typeof calleeChain>[number] | undefined {
  let call = calleeChain(expression).at(-1);
  for (let level = 0; level < 5 && call?.name === "optional"; level++) {
    const [inner] = call.arguments;
    call = inner && calleeChain(inner).at(-1);
  }
  return call;
}
