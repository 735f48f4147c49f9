import {
  onDeleteOf,
  type SchemaColumn,
  type SchemaFacts,
  type SchemaReference,
  type SchemaTable,
} from "./schema-facts.js";

interface Line {
  readonly code: string;
  readonly comment: string;
  readonly number: number;
}

/**
 * The models of a Prisma schema. Its grammar is one of lines, so lines are read; what is not understood is skipped.
 *
 * @see https://www.prisma.io/docs/orm/reference/prisma-schema-reference
 */
export function prismaSchema(text: string): SchemaFacts {
  const tables: SchemaTable[] = [];
  let above: string[] = [];
  let open: { head: Line; notes: string[]; body: Line[] } | undefined;
  for (const line of linesOf(text)) {
    if (open === undefined) {
      if (/^model\s+\w+\s*\{/.test(line.code))
        open = { head: line, notes: notesFor(line, above), body: [] };
    } else if (line.code === "}") {
      tables.push(modelOf(open.head, open.notes, open.body));
      open = undefined;
    } else open.body.push(line);
    above =
      line.code === "" && line.comment !== ""
        ? [...above.slice(-4), line.comment]
        : [];
  }
  const models = new Set(tables.map(({ symbol }) => symbol.toLowerCase()));
  return { tables: tables.map((table) => withoutRelations(table, models)) };
}

/** A field whose type is a model is no column: the key stands in another one. */
function withoutRelations(
  table: SchemaTable,
  models: ReadonlySet<string>,
): SchemaTable {
  return {
    ...table,
    columns: table.columns.filter(
      ({ type }) => !models.has(type.replace("[]", "")),
    ),
  };
}

function linesOf(text: string): Line[] {
  return text.split("\n").map((line, index) => {
    const at = commentStart(line);
    return {
      code: line.slice(0, at).trim(),
      comment: line
        .slice(at)
        .replace(/^\/+\s*/, "")
        .trim(),
      number: index + 1,
    };
  });
}

/** Where a comment begins that stands in no text. */
function commentStart(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quoted && character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === "/" && line.charAt(at + 1) === "/")
      return at;
  }
  return line.length;
}

function notesFor({ comment }: Line, above: readonly string[]): string[] {
  return comment === "" ? [...above] : [comment, ...above];
}

function modelOf(
  head: Line,
  notes: readonly string[],
  body: readonly Line[],
): SchemaTable {
  const symbol = /^model\s+(\w+)/.exec(head.code)?.[1] ?? "";
  const options = body.filter(({ code }) => code.startsWith("@@"));
  const option = (name: string): string | undefined =>
    options
      .map(({ code }) => argumentOf(code, `@@${name}`))
      .find((found) => found !== undefined);
  const schema = quotedIn(option("schema"));
  return {
    source: "prisma",
    name: quotedIn(option("map")) ?? symbol,
    ...(schema !== undefined && { schema }),
    symbol,
    line: head.number,
    columns: columnsOf(body),
    notes,
  };
}

/** What stands in the brackets after an attribute, up to the end of the line. */
function argumentOf(code: string, attribute: string): string | undefined {
  const at = code.indexOf(`${attribute}(`);
  return at < 0 ? undefined : code.slice(at + attribute.length + 1);
}

function quotedIn(text: string | undefined): string | undefined {
  const start = text?.indexOf('"') ?? -1;
  const end = text?.indexOf('"', start + 1) ?? -1;
  return start < 0 || end < 0 ? undefined : text?.slice(start + 1, end);
}

function columnsOf(body: readonly Line[]): SchemaColumn[] {
  const relations = relationsOf(body);
  const columns: SchemaColumn[] = [];
  let above: string[] = [];
  for (const line of body) {
    const column = columnOf(line, above, relations);
    if (column) columns.push(column);
    above =
      line.code === "" && line.comment !== ""
        ? [...above.slice(-4), line.comment]
        : [];
  }
  return columns;
}

const field = /^(\w+)\s+(\w+)(?:\("[^"]*"\))?(\[\])?\??(?:\s+(.*))?$/;

function columnOf(
  line: Line,
  above: readonly string[],
  relations: ReadonlyMap<string, SchemaReference>,
): SchemaColumn | undefined {
  const [, property = "", type = "", list = "", rest = ""] =
    field.exec(line.code) ?? [];
  if (property === "" || rest.includes("@relation") || rest.includes("@ignore"))
    return undefined;
  const references = relations.get(property);
  return {
    name: quotedIn(argumentOf(` ${rest}`, " @map")) ?? property,
    property,
    type: type.toLowerCase() + list,
    line: line.number,
    notes: notesFor(line, above),
    ...(references && { references }),
  };
}

/** Which fields hold the key of which other model. */
function relationsOf(body: readonly Line[]): Map<string, SchemaReference> {
  const relations = new Map<string, SchemaReference>();
  for (const { code } of body) {
    const relation = argumentOf(code, "@relation");
    const [, , table = ""] = field.exec(code) ?? [];
    const fields = /\bfields:\s*\[([^\]]*)\]/.exec(relation ?? "")?.[1];
    if (fields === undefined) continue;
    const onDelete = onDeleteOf(
      /\bonDelete:\s*(\w+)/.exec(relation ?? "")?.[1],
    );
    for (const name of fields.split(","))
      relations.set(name.trim(), { table, onDelete });
  }
  return relations;
}
