import type { FileFacts } from "#parse/facts.js";
import type {
  SchemaColumn,
  SchemaSource,
  SchemaTable,
} from "#parse/schema-facts.js";
import type { OnDelete } from "#parse/sql-facts.js";
import type { Database, DatabaseTable } from "./database-state.js";
import { databaseOf, otherDatabasesOf } from "./database.js";
import type { Project } from "./project.js";
import { isMigration } from "./sql-order.js";

/** A foreign key, by the name that its target has in the database. */
export interface ColumnReference {
  readonly table: string;
  readonly onDelete: OnDelete;
}

/** A column or field, in whatever the repository declares it. */
export interface Column {
  /** Name in the database. */
  readonly name: string;
  /** Name in the code; the same as `name` in SQL. */
  readonly property: string;
  /** Lower case, as written; `[]` at the end of a list. */
  readonly type: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Comments beside and above it, annotations, and what `COMMENT ON COLUMN` says. */
  readonly notes: readonly string[];
  readonly references?: ColumnReference;
}

/** A table or collection, in whatever the repository declares it. */
export interface Table {
  readonly source: "sql" | SchemaSource;
  /** Name in the database. */
  readonly name: string;
  /** Schema of the database; absent where none is written. */
  readonly schema?: string;
  /** Name in the code: of the model, class or variable; the same as `name` in SQL. */
  readonly symbol: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly columns: readonly Column[];
  readonly notes: readonly string[];
  /** Whether a declaration in code enables row level security by itself. */
  readonly rowSecurity?: true;
}

const known = new WeakMap<Project, readonly Table[]>();

/**
 * All tables that the repository declares: by SQL folded to its end, and by schemas in code. A table of a schema in code
 * is not listed again for the migrations that its tool wrote; what these say in comments is added to it.
 */
export function tablesOf(project: Project): readonly Table[] {
  const before = known.get(project);
  if (before) return before;
  const declared = [...project.files.values()]
    .filter(({ kind }) => kind !== "test" && kind !== "docs")
    .flatMap(declaredIn);
  const named = byNames(declared);
  const inSql = [databaseOf(project), otherDatabasesOf(project)].flatMap(
    sqlTables,
  );
  const written = new Map(inSql.map((table) => [table.name, table]));
  const tables = [
    ...declared.map(({ path, table }) =>
      withSql(tableOf(path, table, named), written),
    ),
    ...inSql.filter((table) => !isWrittenByTool(table, named)),
  ];
  known.set(project, tables);
  return tables;
}

interface Declared {
  readonly path: string;
  readonly table: SchemaTable;
}

function declaredIn({ path, schema }: FileFacts): Declared[] {
  return (schema?.tables ?? []).map((table) => ({ path, table }));
}

/** Tables by what the code calls them, and by their name in the database. */
function byNames(declared: readonly Declared[]): Map<string, SchemaTable> {
  const named = new Map<string, SchemaTable>();
  for (const { table } of declared) named.set(table.name, table);
  for (const { table } of declared) named.set(table.symbol, table);
  return named;
}

function tableOf(
  file: string,
  table: SchemaTable,
  named: ReadonlyMap<string, SchemaTable>,
): Table {
  const { source, name, schema, symbol, line, notes, rowSecurity } = table;
  return {
    ...{ source, name, symbol, file, line, notes },
    ...(schema !== undefined && { schema }),
    ...(rowSecurity && { rowSecurity }),
    columns: table.columns.map((column) => columnOf(file, column, named)),
  };
}

function columnOf(
  file: string,
  { references, ...column }: SchemaColumn,
  named: ReadonlyMap<string, SchemaTable>,
): Column {
  if (references === undefined) return { ...column, file };
  const table = named.get(references.table)?.name ?? references.table;
  return { ...column, file, references: { ...references, table } };
}

function sqlTables({ tables }: Database): Table[] {
  return [...tables.values()].filter(({ created }) => created).map(sqlTable);
}

function sqlTable({ name, place, columns, comments }: DatabaseTable): Table {
  const commentOn = (column: string): string[] => {
    const text = comments.get(column);
    return text === undefined ? [] : [text];
  };
  return {
    source: "sql",
    ...{ name: name.name, schema: name.schema, symbol: name.name },
    ...{ file: place.path, line: place.line, notes: commentOn("") },
    columns: [...columns.values()].map((column) => ({
      ...{ name: column.name, property: column.name, type: column.type },
      ...{ file: column.path, line: column.line },
      notes: [...(column.notes ?? []), ...commentOn(column.name)],
      ...(column.references && {
        references: {
          table: column.references.table.name,
          onDelete: column.references.onDelete,
        },
      }),
    })),
  };
}

function isWrittenByTool(
  { name, file }: Table,
  named: ReadonlyMap<string, SchemaTable>,
): boolean {
  return isMigration(file) && named.get(name)?.name === name;
}

function withSql(table: Table, written: ReadonlyMap<string, Table>): Table {
  const inSql = written.get(table.name);
  if (inSql === undefined || !isMigration(inSql.file)) return table;
  const byName = new Map(inSql.columns.map((column) => [column.name, column]));
  return {
    ...table,
    notes: [...table.notes, ...inSql.notes],
    columns: table.columns.map((column) => ({
      ...column,
      notes: [...column.notes, ...(byName.get(column.name)?.notes ?? [])],
    })),
  };
}
