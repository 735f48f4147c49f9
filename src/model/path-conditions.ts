import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { assignedIn } from "./assigned-values.js";
import { resolveConstant } from "./constants.js";
import { functionAt, resolveFunction } from "./functions.js";
import type { KnownTest } from "./scan-options.js";
import { localValue } from "./local-values.js";
import type { Project } from "./project.js";
import type { Route } from "./route.js";
import { matchesUrlPattern } from "./routes/url-pattern.js";
import { type CallValue, lastName, stringOf } from "./value-walk.js";

/** A value with where it stands and what the parameters around it are known to be. */
interface Place {
  readonly project: Project;
  readonly route: Route;
  readonly path: string;
  readonly within: FunctionFacts | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly depth: number;
}

/** Answers what tests of the path and method give for one route, in hooks that run for all of them. */
export function routeTests(project: Project, route: Route): KnownTest {
  return (test, path, within) =>
    truth(test, { project, route, path, within, names: new Map(), depth: 8 });
}

function truth(test: Value, place: Place): boolean | undefined {
  if (place.depth <= 0) return undefined;
  const inner = { ...place, depth: place.depth - 1 };
  switch (test.kind) {
    case "literal":
      return Boolean(test.value);
    case "not": {
      const of = truth(test.of, inner);
      return of === undefined ? undefined : !of;
    }
    case "either":
      return eitherTruth(test, inner);
    case "compare":
      return compareTruth(test, inner);
    case "call":
      return callTruth(test, inner);
    case "name":
      return nameTruth(test.name, inner);
    default:
      return undefined;
  }
}

function eitherTruth(
  { operator, options }: Extract<Value, { kind: "either" }>,
  place: Place,
): boolean | undefined {
  if (operator !== "&&" && operator !== "||") return undefined;
  const parts = options.map((one) => truth(one, place));
  const deciding = operator === "||";
  if (parts.includes(deciding)) return deciding;
  return parts.includes(undefined) ? undefined : !deciding;
}

function compareTruth(
  { operator, left, right }: Extract<Value, { kind: "compare" }>,
  place: Place,
): boolean | undefined {
  if (!/^[!=]==?$/.test(operator)) return undefined;
  const [one, other] = [textIn(left, place), textIn(right, place)];
  if (one === undefined || other === undefined) return methodTruth();
  const isEqual = one === other;
  return operator.startsWith("!") ? !isEqual : isEqual;

  function methodTruth(): boolean | undefined {
    const side = [left, right].find((part) => isMethod(part));
    const method = stringOf(side === left ? right : left);
    const [only] = place.route.methods;
    if (
      side === undefined ||
      method === undefined ||
      place.route.methods.length !== 1
    )
      return undefined;
    if (only === "*" || only === "ACTION" || only === "PROCEDURE")
      return undefined;
    return operator.startsWith("!") ? only !== method : only === method;
  }
}

function isMethod(value: Value): boolean {
  return value.kind === "name" && lastName(value.name) === "method";
}

/** The text that a value is for this route: a literal, or the path. */
function textIn(value: Value, place: Place): string | undefined {
  const own = stringOf(value);
  if (own !== undefined) return own;
  if (value.kind !== "name") return undefined;
  const known = place.names.get(value.name);
  if (known !== undefined) return known;
  if (isPathName(value.name, place)) return place.route.path;
  const constant = resolveConstant(place.project, place.path, value.name);
  return stringOf(constant?.value);
}

function isPathName(name: string, place: Place): boolean {
  if (/(?:^|\.)(?:pathname|path|originalUrl|url)$/.test(name)) {
    const isLocal = !name.includes(".");
    if (!isLocal) return true;
    return /^(?:pathname|path|url|currentPath)$/.test(name);
  }
  const code = place.project.files.get(place.path)?.code;
  const local = code && localValue(code, name, place.within);
  return local?.value.kind === "name" && local.value.name !== name
    ? isPathName(local.value.name, place)
    : false;
}

function nameTruth(name: string, place: Place): boolean | undefined {
  const code = place.project.files.get(place.path)?.code;
  const local = code && localValue(code, name, place.within);
  if (!local || assignedIn(code, name).length > 0) return undefined;
  return truth(local.value, { ...place, within: local.within });
}

function callTruth(call: CallValue, place: Place): boolean | undefined {
  const method = lastName(call.callee);
  const [first] = call.arguments;
  const owner = ownerOf(call, method);
  if (owner === undefined || first === undefined)
    return ownFunction(call, place);
  if (
    method === "startsWith" ||
    method === "endsWith" ||
    method === "includes"
  ) {
    const list = itemsOf(owner, place);
    if (list) return listTruth(list, textIn(first, place), place);
    const [text, part] = [textIn(owner, place), textIn(first, place)];
    return text === undefined || part === undefined
      ? undefined
      : text[method](part);
  }
  if (method === "some" || method === "every")
    return someTruth(owner, first, method, place);
  if (method === "test") return patternTruth(owner, first, place);
  if (method === "has") {
    const list = itemsOf(owner, place);
    return list && listTruth(list, textIn(first, place), place);
  }
  return ownFunction(call, place);
}

/** What a method is called on. */
function ownerOf(call: CallValue, method: string): Value | undefined {
  if (call.on) return call.on;
  if (!call.callee.includes(".")) return undefined;
  const name = call.callee.slice(0, -method.length - 1);
  return { kind: "name", name, line: call.line };
}

function listTruth(
  list: readonly Value[],
  wanted: string | undefined,
  place: Place,
): boolean | undefined {
  if (wanted === undefined) return undefined;
  const texts = list.map((one) => textIn(one, place));
  if (texts.includes(wanted)) return true;
  return texts.includes(undefined) ? undefined : false;
}

/** The items of a list or `new Set([...])` that a value stands for. */
function itemsOf(value: Value, place: Place): readonly Value[] | undefined {
  if (value.kind === "list") return value.items;
  if (value.kind === "call" && value.callee === "Set")
    return value.arguments[0] && itemsOf(value.arguments[0], place);
  if (value.kind !== "name" || place.depth <= 0) return undefined;
  const code = place.project.files.get(place.path)?.code;
  const local = code && localValue(code, value.name, place.within);
  const found = local
    ? { path: place.path, value: local.value }
    : resolveConstant(place.project, place.path, value.name);
  return found && found.value.kind !== "name"
    ? itemsOf(found.value, {
        ...place,
        path: found.path,
        depth: place.depth - 1,
      })
    : undefined;
}

/** `publicPaths.some((one) => pathname.startsWith(one))`. */
function someTruth(
  owner: Value,
  callback: Value,
  method: "some" | "every",
  place: Place,
): boolean | undefined {
  const items = itemsOf(owner, place);
  const ref = resolveFunction(
    place.project,
    place.path,
    callback,
    place.within,
  );
  const facts = ref && functionAt(place.project, ref);
  const name = facts?.parameters[0]?.[0]?.local;
  if (items === undefined || facts === undefined || name === undefined)
    return undefined;
  const results = items.map((item) => {
    if (item.kind === "pattern") return patternTruth(item, undefined, place);
    const text = textIn(item, place);
    if (text === undefined) return undefined;
    const names = new Map([...place.names, [name, text]]);
    return returned(facts, { ...place, within: facts, names });
  });
  const deciding = method === "some";
  if (results.includes(deciding)) return deciding;
  return results.includes(undefined) ? undefined : !deciding;
}

/** What the steps of a small function return. */
function returned(facts: FunctionFacts, place: Place): boolean | undefined {
  for (const step of facts.steps) {
    if (step.kind === "let") continue;
    if (step.kind === "return")
      return (
        step.value && truth(step.value, { ...place, depth: place.depth - 1 })
      );
    if (step.kind !== "if") return undefined;
    const test = truth(step.test, place);
    if (test === undefined) return undefined;
    const [next] = test ? step.then : step.else;
    if (next === undefined) continue;
    return next.kind === "return" && next.value
      ? truth(next.value, place)
      : undefined;
  }
  return undefined;
}

/** A literal start of the path, `/^\/admin/`; other expressions are not run. */
function patternTruth(
  owner: Value,
  _tested: Value | undefined,
  place: Place,
): boolean | undefined {
  if (owner.kind !== "pattern") return undefined;
  const plain = owner.source.replace(/\\\//g, "/");
  const start = /^\^(\/[\w/-]*)(\$|\/?\.\*\$?|\(\/\.\*\)\?\$?)?$/.exec(plain);
  if (start?.[1] === undefined) return undefined;
  return start[2] === "$"
    ? place.route.path === start[1]
    : place.route.path.startsWith(start[1]);
}

/** `isPublicRoute(request)`: a route matcher of Clerk, or a function of the project. */
function ownFunction(call: CallValue, place: Place): boolean | undefined {
  const constant = resolveConstant(place.project, place.path, call.callee);
  if (
    constant?.value.kind === "call" &&
    /createRouteMatcher$/.test(constant.value.callee)
  ) {
    const patterns = constant.value.arguments.flatMap(
      (one) => itemsOf(one, { ...place, path: constant.path }) ?? [one],
    );
    const results = patterns.map((one) => {
      const text = stringOf(one);
      return text === undefined
        ? undefined
        : matchesUrlPattern(text.replace(/\(\.\*\)$/, "*"), place.route.path) ||
            matchesUrlPattern(
              text.replace(/\(\.\*\)$/, "/*"),
              place.route.path,
            );
    });
    if (results.includes(true)) return true;
    return results.includes(undefined) ? undefined : false;
  }
  const callee: Value = { kind: "name", name: call.callee, line: call.line };
  const ref = resolveFunction(place.project, place.path, callee, place.within);
  const facts = ref && functionAt(place.project, ref);
  if (ref === undefined || facts === undefined) return undefined;
  const names = new Map<string, string>();
  for (const [index, bindings] of facts.parameters.entries()) {
    const given = call.arguments[index];
    const text = given && textIn(given, place);
    const [binding] = bindings;
    if (text !== undefined && binding?.path === "")
      names.set(binding.local, text);
  }
  return returned(facts, { ...place, path: ref.path, within: facts, names });
}
