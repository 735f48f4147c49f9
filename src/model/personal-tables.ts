import { declaredClass, type DeclaredClass } from "./data-class.js";
import type { PersonalClass } from "./personal-class.js";
import { personalColumnsOf } from "./personal-data.js";
import { wordsOf } from "./name-words.js";
import type { Project } from "./project.js";
import { runtimeOf } from "./runtimes.js";
import { type Column, type Table, tablesOf } from "./schema-tables.js";

/** A column with what it holds. */
export interface DataColumn {
  readonly column: Column;
  /** What its name and type tell; absent where only a declaration says that it is personal. */
  readonly guessed?: PersonalClass;
  readonly declared?: DeclaredClass;
}

/** A table that holds personal data. */
export interface PersonalTable {
  readonly table: Table;
  /** Its columns that hold personal data, by their names or by what somebody declared. */
  readonly columns: readonly DataColumn[];
}

const known = new WeakMap<Project, readonly PersonalTable[]>();

/**
 * The tables that hold personal data. A table that is declared in several places, in SQL and for an object mapper,
 * stands once; a class that any of them gives counts.
 */
export function personalTables(project: Project): readonly PersonalTable[] {
  const before = known.get(project);
  if (before) return before;
  const declared = tablesOf(project).filter(
    ({ file }) => !/^(?:test|generated)$/.test(runtimeOf(project, file)),
  );
  const groups = new Map<string, Table[]>();
  for (const table of declared) {
    const key = `${table.schema ?? "public"}.${keyOf(table.name)}`;
    const group = groups.get(key);
    if (group) group.push(table);
    else groups.set(key, [table]);
  }
  const found = [...groups.values()].flatMap((group) => merged(project, group));
  known.set(project, found);
  return found;
}

/** Key of a column among the declarations of one table. */
export function keyOf(name: string): string {
  return wordsOf(name).join("_");
}

function merged(project: Project, group: readonly Table[]): PersonalTable[] {
  const [first] = group;
  if (first === undefined) return [];
  const columns = new Map<string, DataColumn>();
  for (const table of group)
    for (const one of dataColumns(project, table)) {
      const key = keyOf(one.column.name);
      const other = columns.get(key);
      columns.set(key, other?.declared ? other : { ...other, ...one });
    }
  const personal = [...columns.values()].filter(
    ({ guessed, declared }) => guessed ?? isPersonal(declared),
  );
  return personal.length > 0 ? [{ table: first, columns: personal }] : [];
}

function dataColumns(project: Project, table: Table): DataColumn[] {
  const guessed = new Map(
    personalColumnsOf(table).map((one) => [one.column, one.class]),
  );
  return table.columns.flatMap((column): DataColumn[] => {
    const kind = guessed.get(column);
    const declared = declaredClass(project.settings, table, column);
    if (kind === undefined && !isPersonal(declared)) return [];
    return [
      { column, ...(kind && { guessed: kind }), ...(declared && { declared }) },
    ];
  });
}

function isPersonal(declared: DeclaredClass | undefined): boolean {
  return declared !== undefined && declared.class !== "none";
}
