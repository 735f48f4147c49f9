import type { FileFacts } from "#parse/facts.js";
import type { Database, FoldingDatabase } from "./database-state.js";
import type { Project } from "./project.js";
import { applyStatement } from "./sql-fold.js";
import { sqlFilesInOrder } from "./sql-order.js";

const folded = new WeakMap<Project, Database>();

/** Folds all SQL of the repository that is Postgres', in its order, to the state that it ends in. */
export function databaseOf(project: Project): Database {
  const known = folded.get(project);
  if (known) return known;
  const files = sqlFilesInOrder(project.files.values());
  const database = foldFiles(
    files.filter(({ sql }) => sql?.dialect === undefined),
  );
  folded.set(project, database);
  return database;
}

/** The same for the SQL of MySQL and SQLite, of which only tables and columns are read. */
export function otherDatabasesOf(project: Project): Database {
  const files = sqlFilesInOrder(project.files.values());
  return foldFiles(files.filter(({ sql }) => sql?.dialect !== undefined));
}

function foldFiles(files: readonly FileFacts[]): Database {
  const state: FoldingDatabase = {
    tables: new Map(),
    views: new Map(),
    functions: new Map(),
    triggers: [],
    rights: { objects: new Map(), defaults: [] },
    buckets: new Map(),
  };
  for (const { path, sql } of files)
    for (const statement of sql?.statements ?? [])
      applyStatement(state, statement, path);
  const gaps = files.flatMap(({ path, sql }) =>
    (sql?.gaps ?? []).map((gap) => ({ path, ...gap })),
  );
  const rights = state.rights.objects;
  return { ...state, rights, gaps, files: files.length };
}
