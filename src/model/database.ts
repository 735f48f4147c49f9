import type { Database, FoldingDatabase } from "./database-state.js";
import type { Project } from "./project.js";
import { applyStatement } from "./sql-fold.js";
import { sqlFilesInOrder } from "./sql-order.js";

const folded = new WeakMap<Project, Database>();

/** Folds all SQL of the repository, in its order, to the state that it ends in. */
export function databaseOf(project: Project): Database {
  const known = folded.get(project);
  if (known) return known;
  const state: FoldingDatabase = {
    tables: new Map(),
    views: new Map(),
    functions: new Map(),
    triggers: [],
    rights: { objects: new Map(), defaults: [] },
    buckets: new Map(),
  };
  const files = sqlFilesInOrder(project.files.values());
  for (const { path, sql } of files)
    for (const statement of sql?.statements ?? [])
      applyStatement(state, statement, path);
  const gaps = files.flatMap(({ path, sql }) =>
    (sql?.gaps ?? []).map((gap) => ({ path, ...gap })),
  );
  const rights = state.rights.objects;
  const database = { ...state, rights, gaps, files: files.length };
  folded.set(project, database);
  return database;
}
