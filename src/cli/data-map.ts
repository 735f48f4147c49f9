import { resolve } from "node:path";
import { checks } from "#checks/index.js";
import { buildProject } from "#model/build-project.js";
import { dataMapOf, type MapEntry, type MapPlace } from "#model/data-map.js";
import { readRepository } from "#worktree/read-snapshot.js";
import { exitCodes } from "./exit-code.js";
import { policyInForce } from "./policy-in-force.js";

/** How the map is printed. */
export type MapFormat = "pretty" | "json";

/**
 * Prints the personal data that a folder's schemas declare: what it is, where it is written and where it is sent.
 *
 * @returns the exit code.
 * @throws ReadingError when the folder cannot be read.
 * @throws ConfigError when its configuration has mistakes.
 */
export async function dataMapCommand(
  path: string | undefined,
  format: MapFormat,
): Promise<number> {
  const at = path === undefined ? {} : { path: resolve(path) };
  const takenAt = new Date().toISOString();
  const { policy } = await policyInForce(at, checks, takenAt);
  const snapshot = await readRepository({
    ...at,
    needs: checks.map(({ needs }) => needs),
    takenAt,
  });
  const project = buildProject(snapshot, {
    checks: [],
    ...(policy.settings && { settings: policy.settings }),
  });
  const entries = dataMapOf(project);
  const text = format === "json" ? inJson(entries) : inLines(entries);
  process.stdout.write(text);
  return exitCodes.nothingBlocks;
}

function inJson(entries: readonly MapEntry[]): string {
  return `${JSON.stringify({ version: 1, columns: entries }, null, 2)}\n`;
}

/** Places that one line names; more are counted. */
const maxPlaces = 3;

function inLines(entries: readonly MapEntry[]): string {
  if (entries.length === 0)
    return "No personal data is visible in the schemas of this folder.\n";
  const open = entries.filter(({ from }) => from === "name").length;
  const lines = entries.flatMap((one, index) => [
    ...(one.table === entries[index - 1]?.table ? [] : [one.table]),
    ...ofColumn(one),
  ]);
  const end = `${String(entries.length)} columns, ${String(open)} without a class that somebody declared`;
  // Names come from the repository: control characters must not reach the terminal.
  return `${[...lines, end].map((line) => line.replace(/\p{Cc}/gu, "?")).join("\n")}\n`;
}

function ofColumn(entry: MapEntry): string[] {
  const declared =
    entry.from === "name" ? "by its name only" : `by ${entry.from}`;
  const sent = entry.sentTo.map(
    (one) => `${one.receiver} (${one.path}:${String(one.line)})`,
  );
  return [
    `  ${entry.column}  ${entry.class}, ${declared}  ${placed(entry.place)}`,
    ...(entry.writtenAt.length > 0
      ? [`    written at ${some(entry.writtenAt.map(placed))}`]
      : []),
    ...(sent.length > 0 ? [`    sent to ${some(sent)}`] : []),
  ];
}

function some(places: readonly string[]): string {
  const distinct = [...new Set(places)];
  const rest = distinct.length - maxPlaces;
  const shown = distinct.slice(0, maxPlaces).join(", ");
  return rest > 0 ? `${shown} and ${String(rest)} more` : shown;
}

function placed({ path, line }: MapPlace): string {
  return `${path}:${String(line)}`;
}
