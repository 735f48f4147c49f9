import type { MigrationMark } from "./mark.js";

const part =
  '(?:"[^"\\n]{1,100}"|`[^`\\n]{1,100}`|\\[[^\\]\\n]{1,100}\\]|[\\w$]{1,100})';
const name = `(${part}(?:\\.${part}){0,3})`;

/** Losses that are told of one file. */
const maxLosses = 50;

interface Loss {
  readonly pattern: RegExp;
  readonly does: (object: string) => string;
}

/** Statements after which an earlier release does not find what it needs. */
const losses: readonly Loss[] = [
  {
    pattern: new RegExp(
      `\\bdrop\\s+table\\s+(?:if\\s+exists\\s+)?${name}`,
      "gi",
    ),
    does: (object) => `drops the table ${object}`,
  },
  {
    pattern: new RegExp(
      `\\bdrop\\s+column\\s+(?:if\\s+exists\\s+)?${name}`,
      "gi",
    ),
    does: (object) => `drops the column ${object}`,
  },
  {
    pattern: new RegExp(
      `\\btruncate\\s+(?:table\\s+)?(?:only\\s+)?${name}`,
      "gi",
    ),
    does: (object) => `empties the table ${object}`,
  },
  {
    pattern: new RegExp(`\\bdelete\\s+from\\s+(?:only\\s+)?${name}\\s*;`, "gi"),
    does: (object) => `empties the table ${object}`,
  },
  {
    pattern: new RegExp(`\\brename\\s+column\\s+${name}`, "gi"),
    does: (object) => `renames the column ${object}`,
  },
];

/** What an SQL migration takes away, in the part that runs when it is applied. */
export function sqlLosses(text: string): MigrationMark[] {
  const sql = withoutProse(upPart(text));
  const rebuilt = rebuiltTables(sql);
  const found = losses
    .flatMap(({ pattern, does }) =>
      firstMatches(pattern, sql).map(({ index, object }) => ({
        ...{ index, object },
        does: does(plain(object)),
      })),
    )
    .filter(({ object }) => !rebuilt.has(bareName(object)))
    .sort((one, other) => one.index - other.index);
  let line = 1;
  let from = 0;
  return found.slice(0, maxLosses).map(({ index, does }) => {
    line += sql.slice(from, index).split("\n").length - 1;
    from = index;
    return { kind: "migration", rule: "destructive-migration", does, line };
  });
}

interface Match {
  readonly index: number;
  readonly object: string;
}

function firstMatches(pattern: RegExp, sql: string, most = 500): Match[] {
  const matches: Match[] = [];
  for (const match of sql.matchAll(pattern)) {
    matches.push({ index: match.index, object: match[1] ?? "" });
    if (matches.length >= most) break;
  }
  return matches;
}

/** Whether a file with a way back in itself (goose, dbmate, sql-migrate) has an empty one. */
export function emptyDownPart(text: string): MigrationMark | undefined {
  const up = /^--\s*(?:migrate:up|\+(?:goose|migrate) Up)\b/im.exec(text);
  if (!up) return undefined;
  const down = downMarker.exec(text);
  const rest = down ? text.slice(down.index + down[0].length) : "";
  if (withoutProse(rest).trim() !== "") return undefined;
  const line = text.slice(0, down?.index ?? up.index).split("\n").length;
  const does = down ? "has an empty down part" : "has no down part";
  return { kind: "migration", rule: "no-way-back", does, line };
}

const downMarker = /^--\s*(?:migrate:down|\+(?:goose|migrate) Down)\b.*$/im;

function upPart(text: string): string {
  const down = downMarker.exec(text);
  return down ? text.slice(0, down.index) : text;
}

/**
 * SQLite cannot alter much, so tools copy a table, drop it and give the copy its name; and a table that the same file
 * makes holds nothing yet.
 */
function rebuiltTables(sql: string): ReadonlySet<string> {
  const renamed = new RegExp(`\\brename\\s+to\\s+${name}`, "gi");
  const made = new RegExp(
    `\\bcreate\\s+(?:temp(?:orary)?\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?${name}`,
    "gi",
  );
  const matches = [
    ...firstMatches(renamed, sql, 10_000),
    ...firstMatches(made, sql, 10_000),
  ];
  return new Set(matches.map(({ object }) => bareName(object)));
}

function bareName(object: string): string {
  return plain(object).split(".").at(-1)?.toLowerCase() ?? "";
}

function plain(object: string): string {
  return object.replace(/["`[\]]/g, "");
}

/** Comments, texts and function bodies as blanks, so that lines stay where they are. */
function withoutProse(sql: string): string {
  const pattern =
    /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'[^']*(?:''[^']*)*(?:'|$)|\$([A-Za-z_]*)\$/g;
  let result = "";
  let from = 0;
  for (let match = pattern.exec(sql); match; match = pattern.exec(sql)) {
    const tag = match[1] === undefined ? undefined : match[0];
    const end =
      tag === undefined
        ? pattern.lastIndex
        : endOfBody(sql, pattern.lastIndex, tag);
    result +=
      sql.slice(from, match.index) +
      sql.slice(match.index, end).replace(/[^\n]/g, " ");
    from = end;
    pattern.lastIndex = end;
  }
  return result + sql.slice(from);
}

function endOfBody(sql: string, from: number, tag: string): number {
  const end = sql.indexOf(tag, from);
  return end < 0 ? sql.length : end + tag.length;
}
