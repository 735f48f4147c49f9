import { parse } from "yaml";

/** A part of a scenario file: whatever stands there, read leniently. */
export type Node = Readonly<Record<string, unknown>>;

/** A file of scenarios and of classification cases, with its defaults merged in. */
export interface ScenarioFile {
  readonly scenarios: readonly Scenario[];
  readonly cases: readonly Node[];
}

/** One story of a pull request. */
export interface Scenario {
  readonly id: string;
  /** Accounts by login. */
  readonly people: Node;
  readonly config: Node;
  readonly pullRequest: Node;
  readonly timeline: readonly Node[];
}

/**
 * Reads a file of scenarios. Fields that it does not know are let pass.
 *
 * @throws SyntaxError when the text is no YAML or holds no scenarios.
 */
export function parseScenarioFile(text: string): ScenarioFile {
  const file = nodeOf(parsed(text));
  const scenarios = listOf(file.scenarios).map(nodeOf);
  const cases = listOf(file.classification_cases).map(nodeOf);
  if (scenarios.length === 0 && cases.length === 0)
    throw new SyntaxError(
      'The file has neither "scenarios" nor "classification_cases".',
    );
  const defaults = nodeOf(file.defaults);
  return {
    scenarios: scenarios.map((scenario) => withDefaults(scenario, defaults)),
    cases,
  };
}

function parsed(text: string): unknown {
  try {
    // A file that its own user wrote may name one list of files in every story.
    return parse(text, { maxAliasCount: 10_000 });
  } catch (cause) {
    const [sentence = ""] =
      cause instanceof Error ? cause.message.split("\n") : [];
    throw new SyntaxError(`The file is no valid YAML: ${sentence}`, { cause });
  }
}

function withDefaults(scenario: Node, defaults: Node): Scenario {
  const people = { ...nodeOf(defaults.people) };
  for (const [login, person] of Object.entries(nodeOf(scenario.people)))
    people[login] = { ...nodeOf(people[login]), ...nodeOf(person) };
  return {
    id: textOf(scenario.id) ?? "",
    people,
    config:
      scenario.config === null
        ? { missing: true }
        : merged(nodeOf(defaults.config), nodeOf(scenario.config)),
    pullRequest: { ...nodeOf(defaults.pr), ...nodeOf(scenario.pr) },
    timeline: listOf(scenario.timeline).map(nodeOf),
  };
}

/** Lays one mapping over another; mappings within are laid over each other, all else is replaced. */
export function merged(below: Node, above: Node): Node {
  const result: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above))
    result[key] =
      isNode(result[key]) && isNode(value)
        ? merged(nodeOf(result[key]), value)
        : value;
  return result;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The mapping that a value is; an empty one for anything else. */
export function nodeOf(value: unknown): Node {
  return isNode(value) ? value : {};
}

/** The list that a value is; one item stands for a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** The text that a value is; numbers are written out, since a sha may look like one. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** The texts in a list. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap((each) => textOf(each) ?? []);
}

/** The number that a value is or names; a name such as `first` stands for a number that no other name has. */
export function numberOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined || text === "") return undefined;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  let code = 0;
  for (const character of text)
    code = (code * 31 + (character.codePointAt(0) ?? 0)) % 2 ** 40;
  return -1 - code;
}
