import type { CodeFacts, FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { resolveCallable } from "./callables.js";
import { functionById } from "./function-by-id.js";
import type { FunctionRef } from "./function-ref.js";
import type { Project } from "./project.js";
import {
  allSteps,
  type CallValue,
  valuesOf,
  valuesWithin,
} from "./value-walk.js";

export type { FunctionRef } from "./function-ref.js";

/** One call within a function. */
export interface CallSite {
  readonly call: CallValue;
  /** Dotted name of what is called; the method alone where it is called on a value that is no name. */
  readonly callee: string;
  /** Line from 1. */
  readonly line: number;
}

/** A call with the function that it stands in. */
export interface PlacedCall extends CallSite {
  readonly in: FunctionRef;
}

const children = new WeakMap<CodeFacts, ReadonlyMap<number, number[]>>();
const ownCalls = new WeakMap<FunctionFacts, readonly CallSite[]>();

/** The facts of a function; undefined where the file holds none of that id. */
export function functionAt(
  project: Project,
  { path, at }: FunctionRef,
): FunctionFacts | undefined {
  const code = project.files.get(path)?.code;
  return code && functionById(code, at);
}

/**
 * The function that a value stands for where it is called or handed over: an inline function, a name (imports,
 * re-exports, objects, classes and injected fields are followed), or the function inside a wrapping call.
 *
 * @param within - The function that the value is written in, for names of its scopes and for `this`.
 * @returns undefined for functions of packages and for what cannot be told without running the code.
 */
export function resolveFunction(
  project: Project,
  path: string,
  value: Value,
  within?: FunctionFacts,
): FunctionRef | undefined {
  const names =
    value.kind === "name" ? namesIn(project, path, within) : undefined;
  if (value.kind !== "name" || names === undefined)
    return resolveCallable(project, { path, value, within }, maxSteps);
  const before = names.get(value.name);
  if (before !== undefined) return before ?? undefined;
  const found = resolveCallable(project, { path, value, within }, maxSteps);
  names.set(value.name, found ?? null);
  return found;
}

const maxSteps = 12;

/** What names were found to stand for; null where that is no function of the project. */
interface Resolved {
  readonly path: string;
  readonly names: Map<string, FunctionRef | null>;
}

const resolved = new WeakMap<Project, WeakMap<FunctionFacts, Resolved>>();

/** What is known of the names of a function; none where another file's names are looked up in it. */
function namesIn(
  project: Project,
  path: string,
  within: FunctionFacts | undefined,
): Resolved["names"] | undefined {
  if (within === undefined) return undefined;
  let functions = resolved.get(project);
  if (!functions) resolved.set(project, (functions = new WeakMap()));
  let found = functions.get(within);
  if (!found) functions.set(within, (found = { path, names: new Map() }));
  return found.path === path ? found.names : undefined;
}

/** Every call among the steps of a function, nested ones included, in source order. */
export function callsIn(facts: FunctionFacts): readonly CallSite[] {
  const known = ownCalls.get(facts);
  if (known) return known;
  const calls = allSteps(facts.steps).flatMap((step) =>
    valuesOf(step).flatMap((value) =>
      valuesWithin(value).flatMap((part): CallSite[] =>
        part.kind === "call"
          ? [{ call: part, callee: part.callee, line: part.line }]
          : [],
      ),
    ),
  );
  ownCalls.set(facts, calls);
  return calls;
}

/** The functions that stand directly in a function. */
export function functionsIn(
  project: Project,
  { path, at }: FunctionRef,
): readonly FunctionRef[] {
  const code = project.files.get(path)?.code;
  if (code === undefined) return [];
  let inside = children.get(code);
  if (inside === undefined) {
    const lists = new Map<number, number[]>();
    for (const one of code.functions) {
      if (one.at === -1) continue;
      const list = lists.get(one.parent);
      if (list) list.push(one.at);
      else lists.set(one.parent, [one.at]);
    }
    children.set(code, lists);
    inside = lists;
  }
  return (inside.get(at) ?? []).map((child) => ({ path, at: child }));
}

/** The calls of a function and of the functions that stand in it, however deep. */
export function callsWithin(
  project: Project,
  ref: FunctionRef,
): readonly PlacedCall[] {
  const found: PlacedCall[] = [];
  const pending: FunctionRef[] = [ref];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const facts = functionAt(project, at);
    if (facts === undefined) continue;
    for (const site of callsIn(facts)) found.push({ ...site, in: at });
    pending.push(...functionsIn(project, at).toReversed());
  }
  return found;
}
