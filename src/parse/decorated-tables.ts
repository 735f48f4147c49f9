import { optionIn, optionText, textOf } from "./call-chain.js";
import { notesOf } from "./code-notes.js";
import { dottedName, memberName, unwrap } from "./names.js";
import {
  onDeleteOf,
  type SchemaColumn,
  type SchemaReference,
  type SchemaSource,
  type SchemaTable,
} from "./schema-facts.js";
import { lineOf, ts, visitNodes } from "./syntax.js";

/** Decorators that make a class a table, with the mapper that reads them and the option that names the table. */
const makers: ReadonlyMap<
  string,
  { readonly source: SchemaSource; readonly option: string }
> = new Map([
  ["Entity", { source: "typeorm", option: "name" }],
  ["ViewEntity", { source: "typeorm", option: "name" }],
  ["Table", { source: "sequelize", option: "tableName" }],
  ["Schema", { source: "mongoose", option: "collection" }],
]);

const columnDecorator =
  /^(?:Column|Prop|Property|Primary(?:Generated)?Column|PrimaryKey|(?:Create|Update|Delete)DateColumn|VersionColumn|ObjectIdColumn|Enum|ForeignKey)$/;
const relationDecorator = /^(?:ManyToOne|OneToOne|BelongsTo)$/;

/** The tables that a file declares as classes with decorators. */
export function decoratedTables(source: ts.SourceFile): SchemaTable[] {
  const tables: SchemaTable[] = [];
  visitNodes(source, (node) => {
    if (!ts.isClassDeclaration(node) || node.name === undefined) return;
    const table = tableOf(node, node.name.text, source);
    if (table) tables.push(table);
  });
  return tables;
}

interface Decoration {
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
}

function decorationsOf(node: ts.Node): Decoration[] {
  const decorators = ts.canHaveDecorators(node) ? ts.getDecorators(node) : [];
  return (decorators ?? []).map(({ expression }) => {
    const call = ts.isCallExpression(expression) ? expression : undefined;
    return {
      name: dottedName(call?.expression ?? expression) ?? "",
      arguments: call?.arguments ?? [],
    };
  });
}

function tableOf(
  node: ts.ClassDeclaration,
  symbol: string,
  source: ts.SourceFile,
): SchemaTable | undefined {
  const made = decorationsOf(node).find(({ name }) => makers.has(name));
  const maker = made && makers.get(made.name);
  if (made === undefined || maker === undefined) return undefined;
  const columns = node.members.flatMap((member) => columnOf(member, source));
  if (columns.length === 0) return undefined;
  const [first] = made.arguments;
  const schema = made.arguments
    .map((one) => optionText(one, "schema"))
    .find((found) => found !== undefined);
  return {
    source: maker.source,
    name:
      (first && textOf(first)) ??
      (first && optionText(first, maker.option)) ??
      (first && optionText(first, "tableName")) ??
      defaultName(symbol, maker.source),
    ...(schema !== undefined && { schema }),
    symbol,
    line: lineOf(source, (node.name ?? node).getStart(source)),
    columns,
    notes: notesOf(node, source),
  };
}

function defaultName(symbol: string, source: SchemaSource): string {
  if (source === "typeorm")
    return symbol.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return source === "mongoose" ? `${symbol.toLowerCase()}s` : symbol;
}

function columnOf(
  member: ts.ClassElement,
  source: ts.SourceFile,
): SchemaColumn[] {
  if (!ts.isPropertyDeclaration(member)) return [];
  const property = memberName(member.name);
  const decorations = decorationsOf(member);
  const column = decorations.find(({ name }) => columnDecorator.test(name));
  const relation = decorations.find(({ name }) => relationDecorator.test(name));
  const made = column ?? relation;
  if (property === "" || made === undefined) return [];
  const join = decorations.find(({ name }) => name === "JoinColumn");
  const references = relation && referenceOf(relation);
  const comment = optionAmong(made, ["comment"]);
  const name =
    (join && optionAmong(join, ["name"])) ??
    optionAmong(made, ["name", "field", "fieldName"]);
  return [
    {
      name: name ?? (column ? property : `${property}Id`),
      property,
      type: typeOf(member, made.arguments, source),
      line: lineOf(source, member.name.getStart(source)),
      notes: [
        ...notesOf(member, source),
        ...(comment === undefined ? [] : [comment]),
      ],
      ...(references && { references }),
    },
  ];
}

/** The first of some options that a decorator is given. */
function optionAmong(
  decoration: Decoration,
  names: readonly string[],
): string | undefined {
  for (const name of names)
    for (const argument of decoration.arguments) {
      const text = optionText(argument, name);
      if (text !== undefined) return text;
    }
  return undefined;
}

function typeOf(
  member: ts.PropertyDeclaration,
  options: readonly ts.Expression[],
  source: ts.SourceFile,
): string {
  const [first] = options;
  const written = first && textOf(first);
  const option = options
    .map((one) => optionIn(one, "type"))
    .find((one) => one !== undefined);
  const named =
    option && (textOf(option) ?? dottedName(unwrap(option))?.split(".").at(-1));
  return (
    written ??
    named ??
    member.type?.getText(source).slice(0, 60) ??
    ""
  ).toLowerCase();
}

/** `@ManyToOne(() => User, (user) => user.posts, { onDelete: "CASCADE" })`. */
function referenceOf(relation: Decoration): SchemaReference | undefined {
  const [target] = relation.arguments;
  if (target === undefined) return undefined;
  const bare = unwrap(target);
  const body =
    ts.isArrowFunction(bare) && !ts.isBlock(bare.body)
      ? unwrap(bare.body)
      : bare;
  const table = textOf(body) ?? dottedName(body);
  if (table === undefined) return undefined;
  const onDelete = relation.arguments
    .map((one) => optionText(one, "onDelete"))
    .find((one) => one !== undefined);
  return { table, onDelete: onDeleteOf(onDelete) };
}
