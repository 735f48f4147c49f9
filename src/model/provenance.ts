import type { FunctionRef } from "./function-ref.js";
import { functionAt, resolveFunction } from "./functions.js";
import { fieldValue, localSource, moduleSource } from "./name-sources.js";
import { packageOf } from "./package-names.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import { aSearch, deeper, isExhausted, type Search } from "./search.js";
import { allSteps, type CallValue } from "./value-walk.js";

/** Which package a value comes from, and how it was got out of it. */
export interface Provenance {
  /** Package name without version: `openai`, `@google/generative-ai`. */
  readonly package: string;
  /** The way from the import: `default().chat.completions.create`; `()` stands for each call or `new`. */
  readonly way: string;
  /** The calls on the way, first one first, with the places that they are written in. */
  readonly calls: readonly PlacedCallValue[];
}

/** A call on the way to a value. */
export interface PlacedCallValue extends Placed {
  readonly value: CallValue;
}

/** Names, fields and makers are followed this many steps. */
const maxSteps = 14;

/**
 * The package that a value comes from: through variables, constants of other files, fields of classes, injected
 * instances, and functions of the project that make or return one.
 *
 * @returns undefined for values of the project itself and for what cannot be told.
 */
export function provenanceOf(
  project: Project,
  placed: Placed,
  search = aSearch(maxSteps),
): Provenance | undefined {
  if (isExhausted(search)) return undefined;
  const { value } = placed;
  switch (value.kind) {
    case "name":
      return ofName(project, placed, value.name, search);
    case "call":
      return ofCall(project, { ...placed, value }, search);
    case "member":
      return extended(
        provenanceOf(project, { ...placed, value: value.of }, deeper(search)),
        value.name,
      );
    case "either":
      return firstKnown(value.options, (option) =>
        provenanceOf(project, { ...placed, value: option }, deeper(search)),
      );
    default:
      return undefined;
  }
}

/** Where the callee of a call comes from; the call itself is not part of the way. */
export function provenanceOfCallee(
  project: Project,
  placed: PlacedCallValue,
  search = aSearch(maxSteps),
): Provenance | undefined {
  const { callee, on, line } = placed.value;
  if (on === undefined)
    return callee === ""
      ? undefined
      : ofName(
          project,
          { ...placed, value: { kind: "name", name: callee, line } },
          callee,
          search,
        );
  const from = provenanceOf(project, { ...placed, value: on }, deeper(search));
  return callee === "" ? from : extended(from, callee);
}

function ofCall(
  project: Project,
  placed: PlacedCallValue,
  search: Search,
): Provenance | undefined {
  const loaded = loadedModule(placed.value);
  if (loaded !== undefined) return { package: loaded, way: "*", calls: [] };
  const from = provenanceOfCallee(project, placed, deeper(search));
  if (from)
    return { ...from, way: `${from.way}()`, calls: [...from.calls, placed] };
  return ofReturned(project, placed, search);
}

/** A package that is loaded by a call: `require`, or `import` as a function, whose callee is no name. */
function loadedModule({
  callee,
  on,
  arguments: [first],
}: CallValue): string | undefined {
  const isLoader =
    callee === "require" ||
    (callee === "" && (on === undefined || on.kind === "other"));
  if (!isLoader) return undefined;
  return first?.kind === "literal" && typeof first.value === "string"
    ? packageOf(first.value)
    : undefined;
}

/** What a function of the project returns. */
function ofReturned(
  project: Project,
  placed: PlacedCallValue,
  search: Search,
): Provenance | undefined {
  const { callee, on, line } = placed.value;
  if (on !== undefined || callee === "") return undefined;
  const maker = resolveFunction(
    project,
    placed.path,
    { kind: "name", name: callee, line },
    placed.within,
  );
  return maker && returnedBy(project, maker, deeper(search, 2));
}

function returnedBy(
  project: Project,
  ref: FunctionRef,
  search: Search,
): Provenance | undefined {
  const facts = functionAt(project, ref);
  if (facts === undefined) return undefined;
  const returned = allSteps(facts.steps).flatMap((step) =>
    step.kind === "return" && step.value ? [step.value] : [],
  );
  return firstKnown(returned, (value) =>
    provenanceOf(project, { path: ref.path, value, within: facts }, search),
  );
}

function ofName(
  project: Project,
  placed: Placed,
  name: string,
  search: Search,
): Provenance | undefined {
  if (isExhausted(search)) return undefined;
  const [root = "", ...members] = name.split(".");
  const source =
    root === "this"
      ? fieldValue(project, placed, members)
      : (localSource(project, placed, root, members) ??
        moduleSource(project, placed.path, root, members));
  if (source === undefined) return undefined;
  if ("package" in source) return { ...source, calls: [] };
  const { rest, ...at } = source;
  return afterMembers(provenanceOf(project, at, deeper(search)), rest);
}

function extended(
  from: Provenance | undefined,
  member: string,
): Provenance | undefined {
  return from && { ...from, way: `${from.way}.${member}` };
}

function afterMembers(
  from: Provenance | undefined,
  members: readonly string[],
): Provenance | undefined {
  return from && members.length > 0
    ? { ...from, way: [from.way, ...members].join(".") }
    : from;
}

function firstKnown<From, To>(
  values: readonly From[],
  find: (value: From) => To | undefined,
): To | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
