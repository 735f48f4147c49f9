import { checks } from "#checks/index.js";
import { effectiveValues, statedValues } from "#config/effective-values.js";
import { governingConfig } from "#config/governing.js";
import { parseConfig, parseOrganizationConfig } from "#config/parse-config.js";
import type { ConfigProblem } from "#config/problem.js";
import { dayOf } from "#gate/day.js";
import { forTerminal } from "#report/escape.js";
import { readConfig } from "#worktree/read-config.js";
import { complain } from "./complain.js";
import { readConfigText } from "./config-text.js";
import { exitCodes } from "./exit-code.js";

/** Whose file it is. */
interface OrganizationOption {
  readonly organization?: boolean;
}

const rules = Object.fromEntries(
  checks.map((check) => [check.name, Object.keys(check.rules)]),
);

/**
 * Says what is wrong with a configuration file, one line a mistake.
 *
 * @param options - Whether it is an organization's file, which may enforce.
 * @returns the exit code: 2 when it has mistakes or cannot be read.
 */
export async function checkConfig(
  path: string,
  options: OrganizationOption = {},
): Promise<number> {
  const { text } = await readConfigText(path);
  if (text === undefined) {
    complain(`${path} cannot be read as text.`);
    return exitCodes.usage;
  }
  const parse =
    options.organization === true ? parseOrganizationConfig : parseConfig;
  const today = dayOf(new Date().toISOString());
  const parsed = parse(text, { path, rules, today });
  const said = parsed.ok ? parsed.warnings : parsed.problems;
  for (const problem of said) print(sentenceOf(path, problem));
  if (!parsed.ok) return exitCodes.usage;
  print(`${path} is valid.`);
  return exitCodes.nothingBlocks;
}

/**
 * Prints the configuration that governs a folder, each value with where it comes from.
 *
 * @returns the exit code: 2 when the file has mistakes; the strict defaults that then hold are printed all the same.
 * @throws ReadingError when there is no such folder.
 */
export async function printConfig(
  path: string | undefined,
  { organization }: { readonly organization?: string } = {},
): Promise<number> {
  const request = path === undefined ? {} : { path };
  const above =
    organization === undefined ? [] : [await readConfigText(organization)];
  const { files, branch } = await readConfig(request);
  const takenAt = new Date().toISOString();
  const governing = governingConfig({
    ...{ repository: files, organization: above[0] },
    ...{ branch, takenAt, rules },
  });
  print(governing.origin);
  for (const problem of [...governing.problems, ...governing.warnings])
    print(sentenceOf(problem.path, problem));
  const values = [
    ...effectiveValues(governing.effective),
    ...statedValues(governing.effective, dayOf(takenAt)),
  ];
  const width = Math.max(...values.map(({ key }) => key.length));
  for (const { key, value, origin } of values)
    print(`${key.padEnd(width)}  ${value}  (${origin})`);
  return governing.problems.length > 0
    ? exitCodes.usage
    : exitCodes.nothingBlocks;
}

function sentenceOf(
  path: string,
  { line, column, message, hint }: ConfigProblem,
): string {
  const place = `${path}:${String(line)}:${String(column)}`;
  return `${place}: ${[message, hint].filter(Boolean).join(" ")}`;
}

function print(line: string): void {
  process.stdout.write(`${forTerminal(line)}\n`);
}
