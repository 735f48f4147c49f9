import { holdsAccounts } from "#model/account-tables.js";
import { isTableNamed } from "#model/data-map.js";
import { keyOf } from "#model/database-state.js";
import { databaseOf } from "#model/database.js";
import type { DeletionPath } from "#model/deletion-paths.js";
import { deletesLogin } from "#model/deletion-fate.js";
import { singular, wordsOf } from "#model/name-words.js";
import type { Project } from "#model/project.js";
import { type Column, type Table, tablesOf } from "#model/schema-tables.js";
import { isOwnerColumn } from "#model/table-subject.js";
import type { Shown } from "./grouped.js";

/** Tables that a law or a contract keeps for years after the person has gone. */
const kept =
  /audit|log|metric|quer(?:y|ies)|invocation|cache|rate_?limit|attempt|invoice|payment|transaction|order|receipt|billing|consent|ledger|subscription|purchase|sale|refund|tax|fatura|venda|rechnung|factura/i;

/**
 * The tables whose rows belong to a person and stay when the path has run: neither it nor a cascade removes them. Empty
 * where the path deletes from tables whose names are computed.
 */
export function leftRows(project: Project, path: DeletionPath): Shown[] {
  const removals = path.uses.filter(({ shape }) => shape.kind === "delete");
  if (removals.some(({ shape }) => shape.table === "")) return [];
  const tables = tablesOf(project);
  const gone = cascaded(
    tables,
    goneAtFirst(tables, {
      uses: path.uses,
      bodies: [...path.bodies, ...triggeredBodies(project)],
    }),
  );
  const people = peopleWords(path);
  return tables.flatMap((table) => {
    if (gone.has(table) || kept.test(table.name) || holdsAccounts(table.name))
      return [];
    const column = table.columns.find((one) => isLeft(table, one, people));
    if (column === undefined) return [];
    return [
      {
        ...{ path: column.file, line: column.line, subject: table.name },
        note: `${table.name}.${column.name} ${column.references ? "points to the person without a cascade" : "holds the person's id without a foreign key"}.`,
      },
    ];
  });
}

/** What triggers do: those that delete mostly run when somebody is deleted. */
function triggeredBodies(project: Project): string[] {
  const { triggers, functions } = databaseOf(project);
  return triggers.flatMap(
    ({ act }) => functions.get(keyOf(act.runs))?.act.body ?? [],
  );
}

function goneAtFirst(
  tables: readonly Table[],
  { uses, bodies }: Pick<DeletionPath, "uses" | "bodies">,
): Set<Table> {
  const names = [
    ...uses.flatMap(({ shape }) =>
      shape.kind === "delete" && shape.library !== "storage"
        ? [shape.table]
        : [],
    ),
    ...bodies.flatMap((body) =>
      [
        ...body.matchAll(/delete\s+from\s+(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)/gi),
      ].map(([, name = ""]) => name),
    ),
  ];
  return new Set(
    tables.filter((table) => names.some((name) => isTableNamed(table, name))),
  );
}

/** What the database removes by itself, step by step. The login's own table is declared nowhere and goes by its name. */
function cascaded(tables: readonly Table[], first: Set<Table>): Set<Table> {
  const gone = new Set(first);
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const table of tables)
      if (
        table.columns.some(
          ({ references }) =>
            references?.onDelete === "cascade" &&
            (isLogin(references.table) ||
              [...gone].some((one) => isTableNamed(one, references.table))),
        )
      )
        gone.add(table);
  }
  return gone;
}

/** `auth.users`, by its last name. */
function isLogin(table: string): boolean {
  return /^(?:auth\.)?users?$/i.test(table);
}

/** Words that an owner's column may have, for what the path deletes. */
function peopleWords(path: DeletionPath): ReadonlySet<string> {
  const deleted = path.uses
    .filter(
      ({ shape }) => shape.kind === "delete" && holdsAccounts(shape.table),
    )
    .flatMap(({ shape }) => wordsOf(shape.table).map(singular));
  const ofAccounts = ["user", "profile", "account", "owner", "uid"];
  const isAccount =
    deletesLogin(path) || deleted.some((word) => ofAccounts.includes(word));
  return new Set([...deleted, ...(isAccount ? ofAccounts : [])]);
}

function isLeft(
  { source }: Table,
  { name, references }: Column,
  people: ReadonlySet<string>,
): boolean {
  const isOwner =
    isOwnerColumn(name) &&
    wordsOf(name).some((word) => people.has(singular(word)));
  if (references === undefined)
    return isOwner && !/^(?:prisma|typeorm)$/.test(source);
  if (!holdsAccounts(references.table) || !isOwner) return false;
  // Prisma and Sequelize empty or refuse by themselves where nothing is written, and say so when they run.
  return (
    references.onDelete === "no action" &&
    !/^(?:prisma|sequelize)$/.test(source)
  );
}
