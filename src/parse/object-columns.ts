import { optionIn, optionText, textOf } from "./call-chain.js";
import { notesOf } from "./code-notes.js";
import { dottedName, memberName, unwrap } from "./names.js";
import {
  onDeleteOf,
  type SchemaColumn,
  type SchemaReference,
} from "./schema-facts.js";
import { lineOf, ts } from "./syntax.js";

/** Levels of an object within a field that are followed. */
const maxDepth = 4;

/**
 * Fields that are written as an object, as Mongoose, Sequelize and migration builders have them: `email: String`,
 * `email: { type: DataTypes.STRING, field: "mail", comment: "…" }`; those of nested objects by their dotted names.
 */
export function objectColumns(
  given: ts.Expression,
  source: ts.SourceFile,
  prefix = "",
  depth = 0,
): SchemaColumn[] {
  const object = unwrap(given);
  if (!ts.isObjectLiteralExpression(object) || depth > maxDepth) return [];
  return object.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) return [];
    const name = memberName(property.name);
    if (name === "") return [];
    return columnsOf(property, prefix + name, source, depth);
  });
}

function columnsOf(
  property: ts.PropertyAssignment,
  name: string,
  source: ts.SourceFile,
  depth: number,
): SchemaColumn[] {
  const value = unwrap(property.initializer);
  const inner = ts.isArrayLiteralExpression(value) ? value.elements[0] : value;
  const isList = inner !== value;
  const field = inner && unwrap(inner);
  const type = field && typeOf(field);
  if (field && type === undefined && ts.isObjectLiteralExpression(field)) {
    const nested = objectColumns(field, source, `${name}.`, depth + 1);
    if (nested.length > 0) return nested;
  }
  const options =
    field && ts.isObjectLiteralExpression(field) ? field : undefined;
  const column = {
    property: name,
    type: (type ?? "").toLowerCase() + (isList ? "[]" : ""),
    line: lineOf(source, property.name.getStart(source)),
  };
  const notes = notesOf(property, source);
  return [
    options ? withOptions(column, options, notes) : { ...column, name, notes },
  ];
}

function withOptions(
  column: Omit<SchemaColumn, "name" | "notes">,
  options: ts.Expression,
  notes: readonly string[],
): SchemaColumn {
  const comment =
    optionText(options, "comment") ?? optionText(options, "description");
  const references = referenceOf(options);
  return {
    ...column,
    name:
      optionText(options, "field") ??
      optionText(options, "columnName") ??
      column.property,
    notes: comment === undefined ? notes : [...notes, comment],
    ...(references && { references }),
  };
}

/** `String`, `DataTypes.STRING(20)`, `"text"`, `{ type: … }`; undefined for an object of other fields. */
function typeOf(field: ts.Expression): string | undefined {
  if (ts.isObjectLiteralExpression(field)) {
    const type = optionIn(field, "type");
    return type && typeOf(unwrap(type));
  }
  if (ts.isArrayLiteralExpression(field)) {
    const [first] = field.elements;
    return `${(first && typeOf(unwrap(first))) ?? ""}[]`;
  }
  const callee =
    ts.isCallExpression(field) || ts.isNewExpression(field)
      ? field.expression
      : field;
  return textOf(field) ?? dottedName(unwrap(callee))?.split(".").at(-1) ?? "";
}

/** `ref: "User"` of Mongoose; `references: { model: "users" }, onDelete: "CASCADE"` of the others. */
function referenceOf(options: ts.Expression): SchemaReference | undefined {
  const references = optionIn(options, "references");
  const ref = optionText(options, "ref");
  const bare = references && unwrap(references);
  const table =
    ref ??
    (bare &&
      (textOf(bare)?.replace(/\s*\(.*/, "") ??
        optionText(bare, "model") ??
        optionText(bare, "name"))) ??
    (bare && modelIn(bare));
  if (table === undefined) return undefined;
  return {
    table: table.replaceAll('"', ""),
    onDelete: onDeleteOf(optionText(options, "onDelete")),
  };
}

function modelIn(options: ts.Expression): string | undefined {
  const model = optionIn(options, "model");
  const bare = model && unwrap(model);
  return (
    bare &&
    (ts.isObjectLiteralExpression(bare)
      ? optionText(bare, "tableName")
      : dottedName(bare))
  );
}
