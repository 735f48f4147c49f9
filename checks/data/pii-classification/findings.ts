import type { Evidence, Finding } from "#gate/finding.js";
import { isIntroducedLine } from "#gate/introduced.js";
import { sensitiveClasses } from "#model/personal-class.js";
import { type DataColumn, personalTables } from "#model/personal-tables.js";
import type { Project } from "#model/project.js";
import type { Table } from "#model/schema-tables.js";
import { fixFor, listed, namedColumns } from "./words.js";

/** Columns of one table that nobody classified. */
interface Unclassified {
  readonly table: Table;
  readonly columns: readonly [DataColumn, ...DataColumn[]];
  readonly isSensitive: boolean;
}

/**
 * One finding for each table that a change gives personal data without a class, and one a rule for all the tables that
 * were there before, or that an audit sees.
 */
export function classificationFindings(project: Project): readonly Finding[] {
  const open = personalTables(project).flatMap(unclassified);
  const { snapshot } = project;
  const added = open.flatMap(({ table, columns }) =>
    group(
      table,
      columns.filter(({ column: { file, line } }) =>
        isIntroducedLine(file, line, snapshot),
      ),
    ),
  );
  const isAdded = new Set(added.flatMap(({ columns }) => columns));
  const standing = open.flatMap(({ table, columns }) =>
    group(
      table,
      columns.filter((one) => !isAdded.has(one)),
    ),
  );
  return [
    ...added.map(ofTable),
    ...[true, false].flatMap((isSensitive) =>
      ofRepository(standing.filter((one) => one.isSensitive === isSensitive)),
    ),
  ];
}

function unclassified({
  table,
  columns,
}: {
  readonly table: Table;
  readonly columns: readonly DataColumn[];
}): Unclassified[] {
  return group(
    table,
    columns.filter(({ declared }) => declared === undefined),
  );
}

function group(table: Table, columns: readonly DataColumn[]): Unclassified[] {
  const sorted = columns.toSorted(
    (one, other) => Number(isSensitive(other)) - Number(isSensitive(one)),
  );
  const [first, ...rest] = sorted;
  return first === undefined
    ? []
    : [{ table, columns: [first, ...rest], isSensitive: isSensitive(first) }];
}

function isSensitive({ guessed }: DataColumn): boolean {
  return guessed !== undefined && sensitiveClasses.has(guessed);
}

function ofTable(found: Unclassified): Finding {
  const { table, columns } = found;
  return {
    ...placeOf(found),
    message: `${table.name} gets personal data that nobody classified: ${listed(namedColumns(columns))}.`,
    fix: fixFor(table, columns[0]),
    confidence: "likely",
    identity: `table ${table.name}`,
  };
}

/** Places that a reader can be asked to look at. */
const maxEvidence = 12;

function ofRepository(found: readonly Unclassified[]): Finding[] {
  const [first, ...others] = found.toSorted(
    (one, other) => weightOf(other) - weightOf(one),
  );
  if (first === undefined) return [];
  const { table, columns } = first;
  const parts = [first, ...others].map(
    (one) =>
      `${one.table.name} (${listed(one.columns.map(({ column }) => column.name))})`,
  );
  const subject =
    others.length === 0
      ? `${table.name} holds personal data that nobody classified: ${listed(namedColumns(columns))}.`
      : `${String(found.length)} tables hold personal data that nobody classified: ${listed(parts)}.`;
  return [
    {
      ...placeOf(first),
      message: subject,
      fix: fixFor(table, columns[0]),
      confidence: "likely",
      identity: "repository",
      ...(others.length > 0 && {
        evidence: others.slice(0, maxEvidence).map(evidenceOf),
      }),
    },
  ];
}

/** Tables with sensitive and with many such columns come first; the table of users before others of its size. */
function weightOf({ table, columns }: Unclassified): number {
  const sensitive = columns.filter(isSensitive).length;
  const isUsers = /user|profile|customer|patient/i.test(table.name) ? 2 : 0;
  return sensitive * 10 + columns.length + isUsers;
}

function evidenceOf({ table, columns }: Unclassified): Evidence {
  const [{ column }] = columns;
  return {
    path: column.file,
    line: column.line,
    note: `${table.name}: ${listed(namedColumns(columns))}.`,
  };
}

function placeOf({ columns, isSensitive }: Unclassified) {
  const { file, line } = columns[0].column;
  return {
    rule: isSensitive
      ? "unclassified-sensitive-data"
      : "unclassified-personal-data",
    path: file,
    lines: { start: line, end: line },
  };
}
