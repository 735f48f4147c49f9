import type { FunctionFacts } from "#parse/code-facts.js";
import { valueAt } from "#parse/json-value.js";
import type { Value } from "#parse/module-facts.js";
import { definitionOfClass, methodOfClass, ofThis } from "./class-methods.js";
import { resolveConstant } from "./constants.js";
import type { FunctionRef } from "./function-ref.js";
import { inScope } from "./function-scopes.js";
import { hungFunction } from "./hung-functions.js";
import type { Project } from "./project.js";
import { localValue } from "./local-values.js";
import { functionById } from "./function-by-id.js";

/** A value that is called or handed over, and where it stands. */
export interface Callable {
  readonly path: string;
  readonly value: Value;
  /** The function that it is written in. */
  readonly within: FunctionFacts | undefined;
}

/** The function that a value stands for; see `resolveFunction`. */
export function resolveCallable(
  project: Project,
  { path, value, within }: Callable,
  stepsLeft: number,
): FunctionRef | undefined {
  if (stepsLeft <= 0) return undefined;
  const again = (next: Value, at = path, inside = within) =>
    resolveCallable(
      project,
      { path: at, value: next, within: inside },
      stepsLeft - 1,
    );
  switch (value.kind) {
    case "function":
      return value.at === undefined ? undefined : { path, at: value.at };
    case "name":
      return named(project, { path, value, within }, stepsLeft);
    case "call":
      return (
        firstOf(wrappedIn(value), again) ??
        madeBy(project, { path, value, within }, stepsLeft)
      );
    case "either":
      return firstOf(value.options, again);
    default:
      return undefined;
  }
}

function firstOf(
  values: readonly Value[],
  resolve: (value: Value) => FunctionRef | undefined,
): FunctionRef | undefined {
  for (const value of values) {
    const found = resolve(value);
    if (found) return found;
  }
  return undefined;
}

/** What a call may wrap: functions written in it first, then what is handed over by name, last ones first. */
function wrappedIn(call: Extract<Value, { kind: "call" }>): readonly Value[] {
  if (/\.(?:bind|call|apply)$/.test(call.callee)) {
    const name = call.callee.replace(/\.\w+$/, "");
    return [{ kind: "name", name, line: call.line }];
  }
  const given = call.arguments.toReversed();
  return [
    ...given.filter((one) => one.kind === "function"),
    ...given.filter((one) => one.kind === "call" || one.kind === "name"),
  ];
}

/** What a function of the project gives back that makes functions: `listNotes()` for `() => async (req, res) => …`. */
function madeBy(
  project: Project,
  { path, value, within }: Callable,
  stepsLeft: number,
): FunctionRef | undefined {
  const callee = calleeOf(value);
  const maker =
    callee &&
    resolveCallable(project, { path, value: callee, within }, stepsLeft - 1);
  return maker && functionGivenBy(project, maker);
}

/** What is called by its name; undefined for any other value. */
function calleeOf(value: Value): Value | undefined {
  return value.kind === "call" && value.on === undefined
    ? { kind: "name", name: value.callee, line: value.line }
    : undefined;
}

/** The function that another one returns at its end, written there or under a name of its own. */
function functionGivenBy(
  project: Project,
  { path, at }: FunctionRef,
): FunctionRef | undefined {
  const code = project.files.get(path)?.code;
  const facts = code && functionById(code, at);
  const last = facts?.steps.findLast((step) => step.kind === "return");
  const given = last?.value;
  if (given?.kind === "function" && given.at !== undefined)
    return { path, at: given.at };
  if (given?.kind !== "name" || code === undefined) return undefined;
  const own = inScope(code, given.name, facts);
  return own && { path, at: own.at };
}

function named(
  project: Project,
  { path, value, within }: Callable,
  stepsLeft: number,
): FunctionRef | undefined {
  if (value.kind !== "name") return undefined;
  const code = project.files.get(path)?.code;
  if (value.name.startsWith("this."))
    return (
      ofThis(project, path, value.name.slice(5), within) ??
      hungOn(project, value.name, stepsLeft)
    );
  const local = code && inScope(code, value.name, within);
  if (local) return { path, at: local.at };
  const given = code && localValue(code, value.name, within);
  if (given && !isItself(given.value, value.name)) {
    const found = resolveCallable(
      project,
      { path, value: given.value, within: given.within },
      stepsLeft - 1,
    );
    if (found) return found;
  }
  const constant = resolveConstant(project, path, value.name);
  if (constant && constant.value.kind !== "name") {
    const found = resolveCallable(
      project,
      { ...constant, within: undefined },
      stepsLeft - 1,
    );
    if (found) return found;
  }
  const method = methodOf(project, { path, value, within }, stepsLeft);
  return method ?? hungOn(project, value.name, stepsLeft);
}

/** `const api = loaded.default || loaded` stands for either: `api.method` is a method of one of them. */
function ofAlias(
  project: Project,
  { path, value, within }: Callable,
  stepsLeft: number,
): FunctionRef | undefined {
  const name = value.kind === "name" ? value.name : "";
  const dot = name.lastIndexOf(".");
  const code = project.files.get(path)?.code;
  if (dot < 0 || code === undefined) return undefined;
  const owner = name.slice(0, dot);
  const local = localValue(code, owner, within);
  if (local?.value.kind !== "either") return undefined;
  const members = local.value.options.flatMap((one): Value[] =>
    one.kind === "name" && one.name !== owner
      ? [{ ...one, name: `${one.name}${name.slice(dot)}` }]
      : [],
  );
  return firstOf(members, (one) =>
    resolveCallable(project, { path, value: one, within }, stepsLeft - 1),
  );
}

function hungOn(
  project: Project,
  name: string,
  stepsLeft: number,
): FunctionRef | undefined {
  const hung = hungFunction(project, name);
  return hung && factoryOrFunction(project, hung, stepsLeft);
}

/** What is hung on an app is a function, or what a factory of the project makes. */
function factoryOrFunction(
  project: Project,
  { path, value, within }: Callable,
  stepsLeft: number,
): FunctionRef | undefined {
  const maker = calleeOf(value) ?? value;
  const found = resolveCallable(
    project,
    { path, value: maker, within },
    stepsLeft - 1,
  );
  return (
    found ?? resolveCallable(project, { path, value, within }, stepsLeft - 1)
  );
}

function isItself(value: Value, name: string): boolean {
  return value.kind === "name" && value.name === name;
}

/** `Class.method`, `instance.method`, `made().method` by what `made` returns. */
function methodOf(
  project: Project,
  { path, value, within }: Callable,
  stepsLeft: number,
): FunctionRef | undefined {
  const name = value.kind === "name" ? value.name : "";
  const dot = name.lastIndexOf(".");
  if (dot < 0) return undefined;
  const alias = ofAlias(project, { path, value, within }, stepsLeft);
  if (alias) return alias;
  const [owner, method] = [name.slice(0, dot), name.slice(dot + 1)];
  const made = makerOf(project, { path, value, within }, owner);
  const className = made
    ? definitionOfClass(project, made.path, made.callee)
    : definitionOfClass(project, path, owner);
  if (className) return methodOfClass(project, className, method);
  if (made === undefined) return undefined;
  const maker = resolveCallable(
    project,
    {
      path: made.path,
      value: { kind: "name", name: made.callee, line: value.line },
      within: made.within,
    },
    stepsLeft - 1,
  );
  return maker && memberOfMade(project, maker, method, stepsLeft - 1);
}

interface Maker {
  readonly path: string;
  readonly callee: string;
  readonly within: FunctionFacts | undefined;
}

/** The call that gave a name its value: `const service = new Service()`, here or where it comes from. */
function makerOf(
  project: Project,
  { path, within }: Callable,
  name: string,
): Maker | undefined {
  const code = project.files.get(path)?.code;
  const local = code && localValue(code, name, within);
  if (local?.value.kind === "call")
    return { path, callee: plain(local.value.callee), within: local.within };
  const constant = resolveConstant(project, path, name);
  if (constant?.value.kind !== "call") return undefined;
  const callee = plain(constant.value.callee);
  return { path: constant.path, callee, within: undefined };
}

function plain(callee: string): string {
  return callee.replace(/\.(?:getInstance|create)$/, "");
}

/** A function that a maker hangs on `this` or returns in an object. */
function memberOfMade(
  project: Project,
  maker: FunctionRef,
  method: string,
  stepsLeft: number,
): FunctionRef | undefined {
  const code = project.files.get(maker.path)?.code;
  const facts = code && functionById(code, maker.at);
  if (code === undefined || facts === undefined) return undefined;
  const own = code.functions.find(
    (one) => one.parent === maker.at && one.name === `this.${method}`,
  );
  if (own) return { path: maker.path, at: own.at };
  for (const step of facts.steps) {
    const entry =
      step.kind === "return" ? valueAt(step.value, method) : undefined;
    if (entry)
      return resolveCallable(
        project,
        { path: maker.path, value: entry, within: facts },
        stepsLeft,
      );
  }
  return undefined;
}
