import type { z } from "zod";
import { attestableChecks } from "#gate/attest.js";
import { items } from "#gate/items.js";
import {
  keyHint,
  likelyKey,
  shapeHint,
  subjectHint,
  valueHint,
} from "./hints.js";
import { type ConfigProblem, inFileOrder, type Span } from "./problem.js";
import { pathKey, type YamlTree } from "./read-yaml.js";
import { knownKeys } from "./schema-keys.js";

/** Problems that are listed; a file with more needs another look anyway. */
const maxProblems = 50;

/** Rules by check, for telling whether a `check/rule` exists. */
export type RulesByCheck = Readonly<Record<string, readonly string[]>>;

/** What a file says, or what is wrong with it and where. */
export type Validated<Config> =
  | { readonly ok: true; readonly value: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Holds a tree against a schema. No sentence repeats anything that the file says. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  tree: YamlTree,
  rules: RulesByCheck | undefined,
): Validated<z.infer<Schema>> {
  const value = tree.value ?? {};
  const result = schema.safeParse(value, { error: sentenceFor });
  if (result.success) return { ok: true, value: result.data };
  const explainer = new Explainer(schema, tree, rules);
  const problems = result.error.issues
    .slice(0, maxProblems)
    .flatMap((issue) => explainer.problems(issue, issue.path));
  const said = withoutRenamed(problems);
  return { ok: false, problems: inFileOrder(said).slice(0, maxProblems) };
}

/** A key under another name is one mistake, not a missing key as well. */
function withoutRenamed(problems: readonly Placed[]): ConfigProblem[] {
  const keyOf = (holder: readonly PropertyKey[] = [], name = "") =>
    pathKey([...holder, name]);
  const renamed = new Set(
    problems.map(({ holder, meant }) => meant && keyOf(holder, meant)),
  );
  return problems
    .filter(
      ({ holder, missing }) => !missing || !renamed.has(keyOf(holder, missing)),
    )
    .map(({ holder: _, meant: __, missing: ___, ...problem }) => problem);
}

/** A problem with the keys that it is about. */
interface Placed extends ConfigProblem {
  /** Where the key should stand. */
  readonly holder?: readonly PropertyKey[];
  /** The key that was probably meant by another one. */
  readonly meant?: string | undefined;
  readonly missing?: string;
}

type Issue = z.core.$ZodIssue;

class Explainer {
  readonly #schema: z.ZodType;
  readonly #tree: YamlTree;
  readonly #rules: RulesByCheck | undefined;

  constructor(
    schema: z.ZodType,
    tree: YamlTree,
    rules: RulesByCheck | undefined,
  ) {
    this.#schema = schema;
    this.#tree = tree;
    this.#rules = rules;
  }

  problems(issue: Issue, path: readonly PropertyKey[]): Placed[] {
    if (issue.code === "unrecognized_keys")
      return issue.keys
        .slice(0, maxProblems)
        .map((key) => this.#unknownKey(path, key));
    if (issue.code === "invalid_key") return [this.#wrongKey(issue, path)];
    if (issue.code === "invalid_union") {
      const branch = deepestBranch(issue);
      if (branch)
        return branch.flatMap((inner) =>
          this.problems(inner, [...path, ...inner.path]),
        );
    }
    if (this.#spans(path) === undefined) return [this.#missing(path)];
    return [this.#wrongValue(issue, path)];
  }

  #unknownKey(path: readonly PropertyKey[], key: string): Placed {
    const span = this.#keySpan([...path, key]);
    if (path.length === 1 && path[0] === "attest")
      return { ...span, ...attestWords(key) };
    const known = knownKeys(this.#schema, path);
    return {
      ...span,
      ...{ message: "This key is not known here.", hint: keyHint(key, known) },
      ...{ holder: path, meant: likelyKey(key, known) },
    };
  }

  #wrongKey(
    { issues }: z.core.$ZodIssueInvalidKey,
    path: readonly PropertyKey[],
  ): ConfigProblem {
    const written = path.at(-1);
    const isSubject = path.at(-2) === "checks";
    return {
      ...this.#keySpan(path),
      message: issues[0]?.message ?? "This cannot be a key here.",
      ...(isSubject && { hint: subjectHint(written, this.#rules) }),
    };
  }

  #missing(path: readonly PropertyKey[]): Placed {
    const holder = path.slice(0, -1);
    const missing = String(path.at(-1));
    return {
      ...this.#keySpan(holder),
      ...{ message: `"${missing}" is missing here.`, holder, missing },
    };
  }

  #wrongValue(issue: Issue, path: readonly PropertyKey[]): ConfigProblem {
    const value = this.#valueAt(path);
    const span = this.#spans(path)?.value ?? { line: 1, column: 1 };
    if (value === null)
      return {
        ...span,
        message: "This key has no value.",
        hint: "Give it one, or remove the key.",
      };
    const hint = this.#hintFor(issue, path, value);
    return {
      ...span,
      message: issue.message,
      ...(hint !== undefined && { hint }),
    };
  }

  #hintFor(
    issue: Issue,
    path: readonly PropertyKey[],
    value: unknown,
  ): string | undefined {
    if (path.at(-1) === "rule") return subjectHint(value, this.#rules);
    if (issue.code === "invalid_type") return shapeHint(value, issue.expected);
    if (issue.code === "invalid_value")
      return valueHint(value, issue.values.map(String));
    if (issue.code !== "invalid_union") return undefined;
    const allowed = issue.errors
      .flat()
      .flatMap((one) =>
        one.code === "invalid_value" ? one.values.map(String) : [],
      );
    return valueHint(value, allowed);
  }

  #valueAt(path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null
          ? (value as Record<PropertyKey, unknown>)[key]
          : undefined,
      this.#tree.value,
    );
  }

  #spans(path: readonly PropertyKey[]) {
    return this.#tree.spans.get(pathKey(path));
  }

  #keySpan(path: readonly PropertyKey[]): Span {
    const spans = this.#spans(path);
    return spans?.key ?? spans?.value ?? { line: 1, column: 1 };
  }
}

/** The branch of a union that somebody meant: the one whose mistakes lie inside it, not in what it is. */
function deepestBranch(
  issue: z.core.$ZodIssueInvalidUnion,
): readonly Issue[] | undefined {
  return issue.errors.find((branch) =>
    branch.every(
      ({ path, code }) => path.length > 0 || code === "unrecognized_keys",
    ),
  );
}

function attestWords(key: string): Pick<ConfigProblem, "message" | "hint"> {
  if (!items.some(({ check }) => check === key))
    return {
      message: "This is no check that an attestation can answer.",
      hint: valueHint(key, attestableChecks) ?? subjectHint(key),
    };
  return {
    message: "No attestation can answer this check: its files show it.",
    hint: `Attestations answer ${attestableChecks.join(", ")}.`,
  };
}

const expectations: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "keys with values",
  record: "keys with values",
};

/** The sentence for what a schema says nothing of its own about. */
function sentenceFor(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_type")
    return `This has to be ${expectations[issue.expected] ?? "something else"}.`;
  if (issue.code === "invalid_value")
    return `This has to be ${issue.values.map(String).join(" or ")}.`;
  if (issue.code === "too_big") return "This is too much.";
  if (issue.code === "too_small") return "This is too little.";
  return "This is not what is expected here.";
}
