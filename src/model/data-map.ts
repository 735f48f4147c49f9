import { dataUses } from "./data-uses.js";
import { lastName } from "./value-walk.js";
import { singular, wordsOf } from "./name-words.js";
import { type DataColumn, keyOf, personalTables } from "./personal-tables.js";
import { type PersonalSink, personalFlows } from "./personal-sinks.js";
import type { Project } from "./project.js";
import type { Table } from "./schema-tables.js";

/** A place in the code. */
export interface MapPlace {
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** One column of the data map. */
export interface MapEntry {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  /** What somebody declared, else what the name tells. */
  readonly class: string;
  /** Where the class comes from; `name` where nobody declared it. */
  readonly from: "comment" | "config" | "name";
  /** Where the column is declared. */
  readonly place: MapPlace;
  /** Where the code writes it. */
  readonly writtenAt: readonly MapPlace[];
  /** Where the code sends data of that name, and to whom. */
  readonly sentTo: readonly (MapPlace & { readonly receiver: string })[];
}

/** All personal data that the repository declares: what it is, where it is written, and where it is sent. */
export function dataMapOf(project: Project): readonly MapEntry[] {
  return personalTables(project).flatMap(({ table, columns }) =>
    columns.map((one) => entryOf(project, table, one)),
  );
}

function entryOf(
  project: Project,
  table: Table,
  { column, guessed, declared }: DataColumn,
): MapEntry {
  const keys = new Set([keyOf(column.name), keyOf(column.property)]);
  return {
    ...{ table: table.name, column: column.name, type: column.type },
    class: declared?.class ?? guessed ?? "personal",
    from: declared?.by ?? "name",
    place: { path: column.file, line: column.line },
    writtenAt: writesOf(project, table, keys),
    sentTo: personalFlows(project)
      .sinks.filter((sink) => carries(sink, table, keys))
      .map(({ receiver, in: { path }, line }) => ({ path, line, receiver })),
  };
}

function writesOf(
  project: Project,
  table: Table,
  keys: ReadonlySet<string>,
): MapPlace[] {
  return dataUses(project)
    .filter(
      ({ shape }) =>
        /^(?:create|update)$/.test(shape.kind) &&
        isTableNamed(table, shape.table) &&
        shape.values.some(({ key }) => key === "..." || keys.has(keyOf(key))),
    )
    .map(({ in: { path }, line }) => ({ path, line }));
}

/** Whether code that says `user`, `users` or `User` means this table. */
export function isTableNamed(table: Table, name: string): boolean {
  const wanted = oneOf(name);
  return (
    wanted !== "" &&
    (wanted === oneOf(table.name) || wanted === oneOf(table.symbol))
  );
}

function oneOf(name: string): string {
  return wordsOf(name)
    .map((word) => singular(word))
    .filter((word) => !/^(?:table|model|schema)$/.test(word))
    .join("");
}

function carries(
  { values }: PersonalSink,
  table: Table,
  keys: ReadonlySet<string>,
): boolean {
  return values.some(({ name, class: kind }) => {
    const owner = lastName(name.slice(0, Math.max(0, name.lastIndexOf("."))));
    if (kind === "record") return isTableNamed(table, lastName(name));
    return (
      keys.has(keyOf(lastName(name))) &&
      (owner === "" ||
        /^(?:body|data|input|values|params|row|form|formData|payload|record|result|req|this)$/.test(
          owner,
        ) ||
        isTableNamed(table, owner))
    );
  });
}
