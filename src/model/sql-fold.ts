import type { SqlAct, SqlName, SqlStatement } from "#parse/sql-facts.js";
import {
  type FoldingDatabase,
  type FoldingTable,
  keyOf,
  type SqlPlace,
} from "./database-state.js";
import { foldPolicy } from "./sql-fold-policy.js";
import { foldBirth, foldGrant, rightsKey } from "./sql-rights.js";

/** Changes the state as one statement does. A statement about something unknown makes it known. */
export function applyStatement(
  state: FoldingDatabase,
  { act, line, conditional }: SqlStatement,
  path: string,
): void {
  const place = { path, line };
  switch (act.kind) {
    case "create-table":
      createTable(state, act, place);
      return;
    case "policy":
    case "alter-policy":
    case "drop-policy":
      foldPolicy(tablesOf(state, act.table, place), act, place);
      return;
    case "row-security":
      switchRowSecurity(state, act, place, conditional === true);
      return;
    case "move":
      move(state, act.from, act.to);
      return;
    case "drop":
      drop(state, act);
      return;
    case "grant":
      foldGrant(state.rights, act, (schema) => present(state, act.on, schema));
      return;
    case "trigger":
      dropTrigger(state, act);
      state.triggers.push({ act, place });
      return;
    case "drop-trigger":
      dropTrigger(state, act);
      return;
    default:
      applyColumn(state, act, place);
      applyReference(state, act, place);
      applyRoutine(state, act, place);
  }
}

function dropTrigger(
  { triggers }: FoldingDatabase,
  { name, table }: { readonly name: string; readonly table: SqlName },
): void {
  const at = triggers.findIndex(
    ({ act }) => act.name === name && keyOf(act.table) === keyOf(table),
  );
  if (at >= 0) triggers.splice(at, 1);
}

/** A block that may not run does not open one table, but closes it for all that we know. */
function switchRowSecurity(
  state: FoldingDatabase,
  act: Extract<SqlAct, { kind: "row-security" }>,
  place: SqlPlace,
  conditional: boolean,
): void {
  if (!act.enabled && conditional && act.table.name !== "*") return;
  for (const table of tablesOf(state, act.table, place)) {
    table.rowSecurity = act.enabled;
    table.rowSecurityPlace = place;
  }
}

function tablesOf(
  state: FoldingDatabase,
  name: SqlName,
  place: SqlPlace,
): FoldingTable[] {
  if (name.name !== "*") return [tableAt(state, name, place)];
  return [...state.tables.values()].filter(
    (table) => table.created && table.name.schema === name.schema,
  );
}

function tableAt(
  state: FoldingDatabase,
  name: SqlName,
  place: SqlPlace,
): FoldingTable {
  const known = state.tables.get(keyOf(name));
  if (known) return known;
  const table: FoldingTable = {
    ...{ name, place, rowSecurity: false, created: false },
    columns: new Map(),
    policies: new Map(),
    comments: new Map(),
  };
  state.tables.set(keyOf(name), table);
  return table;
}

function createTable(
  state: FoldingDatabase,
  act: Extract<SqlAct, { kind: "create-table" }>,
  place: SqlPlace,
): void {
  const table = tableAt(state, act.table, place);
  // A second creation does nothing, or fails: the table stays as it is.
  if (table.created) return;
  foldBirth(state.rights, "table", act.table);
  table.created = true;
  table.place = place;
  if (act.parent) table.parent = act.parent;
  for (const column of act.columns)
    table.columns.set(column.name, { ...place, ...column });
}

function applyColumn(
  state: FoldingDatabase,
  act: SqlAct,
  place: SqlPlace,
): void {
  if (act.kind === "add-column") {
    const { columns } = tableAt(state, act.table, place);
    if (!columns.has(act.column.name))
      columns.set(act.column.name, { ...place, ...act.column });
  }
  if (act.kind === "drop-column")
    state.tables.get(keyOf(act.table))?.columns.delete(act.name);
  if (act.kind === "rename-column") {
    const columns = state.tables.get(keyOf(act.table))?.columns;
    const column = columns?.get(act.name);
    if (columns === undefined || column === undefined) return;
    columns.delete(act.name);
    columns.set(act.to, { ...column, name: act.to });
  }
  if (act.kind === "comment")
    state.tables
      .get(keyOf(act.table))
      ?.comments.set(act.column ?? "", act.text);
}

function applyReference(
  state: FoldingDatabase,
  act: SqlAct,
  place: SqlPlace,
): void {
  if (act.kind !== "reference") return;
  const { columns } = tableAt(state, act.table, place);
  for (const name of act.columns) {
    const column = columns.get(name);
    if (column) columns.set(name, { ...column, references: act.to });
  }
}

function applyRoutine(
  state: FoldingDatabase,
  act: SqlAct,
  place: SqlPlace,
): void {
  if (act.kind === "view") {
    if (!state.views.has(keyOf(act.view)))
      foldBirth(state.rights, "table", act.view);
    state.views.set(keyOf(act.view), { act, asCaller: act.asCaller, place });
  }
  if (act.kind === "view-caller") {
    const view = state.views.get(keyOf(act.view));
    if (view)
      state.views.set(keyOf(act.view), { ...view, asCaller: act.asCaller });
  }
  if (act.kind === "function") {
    if (!state.functions.has(keyOf(act.function)))
      foldBirth(state.rights, "function", act.function);
    state.functions.set(keyOf(act.function), {
      ...{ act, definer: act.definer, place },
    });
  }
  if (act.kind === "function-rights") {
    const known = state.functions.get(keyOf(act.function));
    if (known)
      state.functions.set(keyOf(act.function), {
        ...known,
        definer: act.definer,
      });
  }
  if (act.kind === "bucket") {
    const isPublic =
      act.isPublic ?? state.buckets.get(act.id)?.isPublic ?? false;
    state.buckets.set(act.id, { id: act.id, isPublic, place });
  }
}

/** What `ON ALL … IN SCHEMA` means by now. */
function present(
  state: FoldingDatabase,
  on: "table" | "function" | "schema",
  schema: string,
): SqlName[] {
  const all: readonly SqlName[] =
    on === "function"
      ? [...state.functions.values()].map(({ act }) => act.function)
      : [
          ...[...state.tables.values()].map(({ name }) => name),
          ...[...state.views.values()].map(({ act }) => act.view),
        ];
  return all.filter((name) => name.schema === schema);
}

function move(state: FoldingDatabase, from: SqlName, to: SqlName): void {
  moveRights(state, from, to);
  const table = state.tables.get(keyOf(from));
  if (table) {
    state.tables.delete(keyOf(from));
    table.name = to;
    state.tables.set(keyOf(to), table);
  }
  const view = state.views.get(keyOf(from));
  if (view) {
    state.views.delete(keyOf(from));
    const act = { ...view.act, view: to };
    state.views.set(keyOf(to), { ...view, act });
  }
}

function moveRights(
  { rights }: FoldingDatabase,
  from: SqlName,
  to: SqlName,
): void {
  const key = rightsKey("table", from);
  const held = rights.objects.get(key);
  if (held === undefined) return;
  rights.objects.delete(key);
  rights.objects.set(rightsKey("table", to), held);
}

function drop(
  state: FoldingDatabase,
  act: Extract<SqlAct, { kind: "drop" }>,
): void {
  const key = keyOf(act.name);
  if (act.what !== "schema")
    state.rights.objects.delete(
      rightsKey(act.what === "view" ? "table" : act.what, act.name),
    );
  if (act.what === "table") state.tables.delete(key);
  if (act.what === "view") state.views.delete(key);
  if (act.what === "function") state.functions.delete(key);
  if (act.what !== "schema") return;
  for (const [name, table] of state.tables)
    if (table.name.schema === act.name.name) state.tables.delete(name);
}
