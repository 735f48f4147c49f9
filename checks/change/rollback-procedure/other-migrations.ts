import type { MigrationMark } from "./mark.js";

/** How a framework of another language writes migrations. */
interface Framework {
  readonly file: RegExp;
  /** First line of what runs when it is applied, and of the way back. */
  readonly up: RegExp;
  readonly down: RegExp;
  readonly losses: RegExp;
  /** A line of the way back that does nothing. */
  readonly nothing: RegExp;
}

const frameworks: readonly Framework[] = [
  {
    file: /(?:^|\/)versions\/[^/]+\.py$/,
    up: /^def upgrade\b/,
    down: /^def downgrade\b/,
    losses: /\bop\.(drop_table|drop_column)\b/,
    nothing: /^\s*(?:pass|raise\b.*|#.*|"""[^"]*"""|\.\.\.)?\s*$/,
  },
  {
    file: /(?:^|\/)database\/migrations\/[^/]+\.php$/,
    up: /\bfunction up\s*\(/,
    down: /\bfunction down\s*\(/,
    losses: /->(dropColumn|renameColumn)\b|Schema::(drop|dropIfExists)\b/,
    nothing: /^\s*(?:[{}]|\/\/.*|\}\s*;)?\s*$/,
  },
  {
    file: /(?:^|\/)db\/migrate\/[^/]+\.rb$/,
    up: /^\s*def (?:up|change)\b/,
    down: /^\s*def down\b/,
    losses: /^\s*(remove_column|remove_columns|drop_table|rename_column)\b/,
    nothing: /^\s*(?:end|#.*|raise\b.*)?\s*$/,
  },
];

const verbs: readonly (readonly [RegExp, string])[] = [
  [/table|^drop$|dropIfExists/i, "drops a table"],
  [/rename/i, "renames a column"],
  [/column/i, "drops a column"],
];

/** What a migration of Alembic, Laravel or Rails takes away, and whether it can be taken back. */
export function otherMigration(path: string, text: string): MigrationMark[] {
  const framework = frameworks.find(({ file }) => file.test(path));
  if (!framework) return [];
  const lines = text.split("\n").map((line) => line.slice(0, 1_000));
  const up = lines.findIndex((line) => framework.up.test(line));
  const down = lines.findIndex((line) => framework.down.test(line));
  if (up < 0) return [];
  const applied = lines.slice(up, down > up ? down : undefined);
  const losses = applied.flatMap((line, index): MigrationMark[] => {
    const [, first, second] = framework.losses.exec(line) ?? [];
    const call = first ?? second;
    if (call === undefined) return [];
    const does = verbs.find(([pattern]) => pattern.test(call))?.[1] ?? "";
    return [
      {
        ...{ kind: "migration", rule: "destructive-migration", does },
        line: up + index + 1,
      },
    ];
  });
  return [...losses, ...emptyWayBack(framework, lines, down)];
}

function emptyWayBack(
  { nothing }: Framework,
  lines: readonly string[],
  down: number,
): MigrationMark[] {
  if (down < 0) return [];
  const body = lines.slice(down + 1);
  if (!body.every((line) => nothing.test(line))) return [];
  const does = "has an empty way back";
  return [{ kind: "migration", rule: "no-way-back", does, line: down + 1 }];
}
