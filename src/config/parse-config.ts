import type { Day } from "#gate/day.js";
import { dayWarnings } from "./day-warnings.js";
import { type ConfigProblem, inFileOrder } from "./problem.js";
import { pathKey, readYaml, type YamlTree } from "./read-yaml.js";
import {
  type OrganizationConfig,
  organizationSchema,
  type RepositoryConfig,
  repositorySchema,
} from "./schema.js";
import { type RulesByCheck, validate } from "./validate.js";
import { unknownOptions } from "./unknown-options.js";
import { unknownRules } from "./unknown-rules.js";
import { warningsOf } from "./warnings.js";

/** A valid configuration file, and where it says what. Plain data, apart from the map. */
export interface ConfigFile<Value> {
  readonly path: string;
  readonly value: Value;
  /** Line of each key, by {@link pathKey}. */
  readonly lines: ReadonlyMap<string, number>;
}

/** A repository's file. */
export type RepositoryFile = ConfigFile<RepositoryConfig>;

/** An organization's file. */
export type OrganizationFile = ConfigFile<OrganizationConfig>;

/** What parsing a configuration file gives. */
export type ParsedConfig<Value> =
  | {
      readonly ok: true;
      readonly config: ConfigFile<Value>;
      /** What is allowed and probably not meant. */
      readonly warnings: readonly ConfigProblem[];
    }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** How to parse. */
export interface ParseConfigOptions {
  /** Path of the file, for whoever reads where a value comes from. */
  readonly path: string;
  /** Rules by check; where given, a `check/rule` that does not exist is a mistake. */
  readonly rules?: RulesByCheck;
  /** Where given, days that are over or too far ahead are warned of. */
  readonly today?: Day;
}

/**
 * Parses `.vibegate.yml`. Never throws for what the text holds, takes time linear in it, and repeats none of it in an
 * error.
 */
export function parseConfig(
  text: string,
  options: ParseConfigOptions,
): ParsedConfig<RepositoryConfig> {
  return parse(text, repositorySchema, options);
}

/** Parses the file in an organization's `.github` repository, which alone may `enforce`. */
export function parseOrganizationConfig(
  text: string,
  options: ParseConfigOptions,
): ParsedConfig<OrganizationConfig> {
  return parse(text, organizationSchema, options);
}

function parse<Value extends RepositoryConfig | OrganizationConfig>(
  text: string,
  schema: typeof repositorySchema | typeof organizationSchema,
  { path, rules, today }: ParseConfigOptions,
): ParsedConfig<Value> {
  const reading = readYaml(text);
  if (!reading.ok) return reading;
  const { tree } = reading;
  const validated = validate(schema, tree, rules);
  if (!validated.ok) return validated;
  const unknown = [
    ...(rules ? unknownRules(validated.value, tree, rules) : []),
    ...unknownOptions(validated.value, tree),
  ];
  if (unknown.length > 0) return { ok: false, problems: inFileOrder(unknown) };
  const value = validated.value as Value;
  return {
    ok: true,
    config: { path, value, lines: linesOf(tree) },
    warnings: inFileOrder([
      ...warningsOf(value, tree),
      ...(today === undefined ? [] : dayWarnings(value, tree, today)),
    ]),
  };
}

/** The line where a value is said, or the nearest thing around it. */
export function lineOf(
  { lines }: Pick<ConfigFile<unknown>, "lines">,
  path: readonly PropertyKey[],
): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const line = lines.get(pathKey(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return 1;
}

function linesOf({ spans }: YamlTree): ReadonlyMap<string, number> {
  return new Map(
    [...spans].map(([path, { key, value }]) => [path, (key ?? value).line]),
  );
}
