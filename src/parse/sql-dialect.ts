import { onDeleteOf } from "./schema-facts.js";
import type { SqlAct, SqlColumn, SqlName, SqlReference } from "./sql-facts.js";
import { sourceOf, type SqlSource } from "./sql-source.js";
import type { SqlText } from "./sql-split.js";
import { isMark, isWord, type SqlToken, sqlTokens } from "./sql-tokens.js";

/** What one statement of MySQL or SQLite does to tables; empty for all others. Linear, never throws. */
export function dialectActs(
  statement: SqlText,
  dialect: "mysql" | "sqlite",
): SqlAct[] {
  const tokens = sqlTokens(statement.text, dialect);
  const [first, second] = tokens;
  if (isWord(first, "create")) return create(tokens, statement);
  if (!isWord(second, "table")) return [];
  if (isWord(first, "drop"))
    return [
      {
        kind: "drop",
        what: "table",
        name: nameAt(tokens, afterIf(tokens, 2)).name,
      },
    ];
  return isWord(first, "alter") ? alter(tokens, statement) : [];
}

function create(tokens: readonly SqlToken[], statement: SqlText): SqlAct[] {
  const at = tokens.slice(0, 4).findIndex((token) => isWord(token, "table"));
  if (
    at < 1 ||
    tokens
      .slice(1, at)
      .some((token) => isWord(token, "temp", "temporary", "virtual"))
  )
    return [];
  const { name, next } = nameAt(tokens, afterIf(tokens, at + 1));
  if (!isMark(tokens[next], "(")) return [];
  const source = sourceOf(statement);
  const parts = partsOf(tokens, next + 1);
  const columns = parts.flatMap((part) => columnOf(part, statement, source));
  return [
    { kind: "create-table", table: name, columns, ifMissing: false },
    ...parts.flatMap((part) => foreignKey(part, name)),
  ];
}

function alter(tokens: readonly SqlToken[], statement: SqlText): SqlAct[] {
  const { name: table, next } = nameAt(tokens, afterIf(tokens, 2));
  const source = sourceOf(statement);
  return partsOf(tokens, next).flatMap((part): SqlAct[] => {
    const [act, what] = part;
    const rest = part.slice(isWord(what, "column") ? 2 : 1);
    if (isWord(act, "add")) {
      const [column] = columnOf(rest, statement, source);
      return column
        ? [{ kind: "add-column", table, column }]
        : foreignKey(rest, table);
    }
    if (isWord(act, "drop") && isWord(what, "column"))
      return [{ kind: "drop-column", table, name: rest[0]?.text ?? "" }];
    if (!isWord(act, "rename")) return [];
    if (isWord(what, "to"))
      return [{ kind: "move", from: table, to: nameAt(part, 2).name }];
    return isWord(rest[1], "to")
      ? [
          {
            kind: "rename-column",
            table,
            name: rest[0]?.text ?? "",
            to: rest[2]?.text ?? "",
          },
        ]
      : [];
  });
}

/** Behind `IF NOT EXISTS` or `IF EXISTS`. */
function afterIf(tokens: readonly SqlToken[], at: number): number {
  let next = at;
  while (isWord(tokens[next], "if", "not", "exists")) next += 1;
  return next;
}

/** A name, without that of the database before it. */
function nameAt(
  tokens: readonly SqlToken[],
  at: number,
): { name: SqlName; next: number } {
  const next = isMark(tokens[at + 1], ".") ? at + 2 : at;
  return {
    name: { schema: "public", name: tokens[next]?.text ?? "" },
    next: next + 1,
  };
}

/** What commas part, up to the bracket that closes the list. */
function partsOf(tokens: readonly SqlToken[], from: number): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (isMark(token, "(")) depth += 1;
    if (isMark(token, ")")) depth -= 1;
    if (depth < 0) break;
    if (depth === 0 && isMark(token, ",")) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

const noColumn = [
  "primary",
  "key",
  "unique",
  "index",
  "constraint",
  "check",
  "fulltext",
  "spatial",
  "foreign",
  "period",
];

function columnOf(
  part: readonly SqlToken[],
  { text }: SqlText,
  source: SqlSource,
): SqlColumn[] {
  const [name, type] = part;
  if (name === undefined || name.kind === "mark" || isWord(name, ...noColumn))
    return [];
  const line = source.lineAt(Buffer.byteLength(text.slice(0, name.start)));
  const comment = part.find((_, index) => isWord(part[index - 1], "comment"));
  const notes = [
    ...source.notesAt(line),
    ...(comment?.kind === "text" ? [comment.text] : []),
  ];
  const references = referenceIn(part);
  return [
    {
      name: name.text,
      type: type?.kind === "word" ? type.text.toLowerCase() : "",
      line,
      ...(notes.length > 0 && { notes }),
      ...(references && { references }),
    },
  ];
}

function referenceIn(part: readonly SqlToken[]): SqlReference | undefined {
  const at = part.findIndex((token) => isWord(token, "references"));
  if (at < 0) return undefined;
  const on = part.findIndex(
    (token, index) =>
      index > at && isWord(token, "delete") && isWord(part[index - 1], "on"),
  );
  const action =
    on < 0
      ? ""
      : `${part[on + 1]?.text ?? ""} ${isWord(part[on + 1], "set") ? (part[on + 2]?.text ?? "") : ""}`;
  return { table: nameAt(part, at + 1).name, onDelete: onDeleteOf(action) };
}

function foreignKey(part: readonly SqlToken[], table: SqlName): SqlAct[] {
  const at = part.findIndex((token) => isWord(token, "foreign"));
  const to = referenceIn(part);
  if (at < 0 || at > 2 || to === undefined) return [];
  const columns: string[] = [];
  for (
    let index = at + 3;
    index < part.length && !isMark(part[index], ")");
    index++
  ) {
    const token = part[index];
    if (token && token.kind !== "mark") columns.push(token.text);
  }
  return [{ kind: "reference", table, columns, to }];
}
