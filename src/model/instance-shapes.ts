import type { CodeFacts, FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { dataShape } from "./data-operations.js";
import { type DataShape, writtenBy } from "./data-shape.js";
import { functionById } from "./function-by-id.js";
import { handedRow } from "./handed-rows.js";
import { type LocalValue, localsOf } from "./local-values.js";
import { allSteps, type CallValue, lastName } from "./value-walk.js";

const verbs: Readonly<Record<string, DataShape["kind"]>> = {
  save: "update",
  update: "update",
  remove: "delete",
  deleteOne: "delete",
  destroy: "delete",
};

/**
 * What a method of a row does that was read or made before: `document.save()`, `user.destroy()`, and
 * `repository.save(repository.create(…))`, which adds a row.
 */
export function instanceShape(
  outermost: CallValue,
  within: FunctionFacts,
  code: CodeFacts,
): DataShape | undefined {
  const call = awaited(outermost);
  const method = lastName(call.callee);
  const kind = Object.hasOwn(verbs, method) ? verbs[method] : undefined;
  if (kind === undefined) return undefined;
  // `new Note({ … }).save()`
  if (call.on !== undefined)
    return method === "save" ? saved(call.on) : undefined;
  const owner = call.callee.slice(0, -method.length - 1);
  if (owner === "" || owner.includes(".")) return undefined;
  const changes = [...writesTo(owner, within), ...givenTo(call)];
  const row = rowNamed(code, owner, within);
  if (row === undefined || row.library !== "orm") return undefined;
  if (row.kind === "create")
    return { ...row, values: [...row.values, ...changes], client: owner };
  if (row.kind !== "read") return undefined;
  return { ...row, kind, values: kind === "delete" ? [] : changes };
}

/** What made or read the row that a name stands for, here or in a function around. */
function rowNamed(
  code: CodeFacts,
  name: string,
  within: FunctionFacts,
): DataShape | undefined {
  let scope: FunctionFacts | undefined = within;
  while (scope !== undefined) {
    const row = localsOf(scope).get(name);
    if (row) return rowMade(row, name, scope) ?? rowRead(row);
    if (scope.at === -1) return undefined;
    if (bindsParameter(scope, name)) return handedRow(code, scope, name);
    scope = functionById(code, scope.parent);
  }
  return undefined;
}

function saved(made: Value): DataShape | undefined {
  return made.kind === "call" && made.on === undefined
    ? madeRow(made)
    : undefined;
}

/** What is waited for: `note.save()` of `note.save().then(…)`. */
function awaited(call: CallValue): CallValue {
  let at = call;
  while (/^(?:then|catch|finally)$/.test(at.callee) && at.on?.kind === "call")
    at = at.on;
  return at;
}

function rowMade(
  { member, value }: LocalValue,
  owner: string,
  within: FunctionFacts,
): DataShape | undefined {
  if (member !== "" || value.kind !== "call") return undefined;
  return madeRow(value) ?? madeLater(owner, within);
}

function rowRead({ member, value }: LocalValue): DataShape | undefined {
  return member === "" && value.kind === "call" ? dataShape(value) : undefined;
}

function bindsParameter({ parameters }: FunctionFacts, name: string): boolean {
  return parameters.some((one) => one.some(({ local }) => local === name));
}

/** `new Note({ … })`. */
function madeRow({
  callee,
  arguments: given,
}: CallValue): DataShape | undefined {
  const isModel = /^(?:\w+\.)?[A-Z][a-zA-Z]+$/.test(callee);
  if (!isModel || foreign.test(lastName(callee))) return undefined;
  return {
    kind: "create",
    table: lastName(callee).replace(/Model$/, ""),
    client: callee,
    library: "orm",
    predicates: [],
    values: writtenBy(given[0]),
  };
}

/** A row that is only made where none was found. */
function madeLater(
  owner: string,
  within: FunctionFacts,
): DataShape | undefined {
  for (const step of allSteps(within.steps)) {
    if (step.kind !== "set" || step.target !== owner) continue;
    const made = step.value.kind === "call" ? madeRow(step.value) : undefined;
    if (made) return made;
  }
  return undefined;
}

const foreign =
  /^(?:Date|Map|Set|Error|URL|FormData|Promise|Response|Request|Headers|Buffer|Blob|File|RegExp|Stripe|Image|Canvas\w*|\w*(?:Service|Client|Manager|Controller|Error|Provider|Store|Builder|Document))$/;

/** `note.title = body.title`. */
function writesTo(owner: string, within: FunctionFacts) {
  return allSteps(within.steps).flatMap((step) =>
    step.kind === "set" && step.target.startsWith(`${owner}.`)
      ? [{ key: lastName(step.target), value: step.value }]
      : [],
  );
}

function givenTo({ callee, arguments: [first] }: CallValue) {
  return lastName(callee) === "update" && first ? writtenBy(first) : [];
}

/** Whether what is saved was made in the same function, so that saving it adds a row. */
export function savesNewRow(
  { callee, arguments: [first] }: CallValue,
  within: FunctionFacts,
): boolean {
  if (lastName(callee) !== "save" || first === undefined) return false;
  const value: Value | undefined =
    first.kind === "name" ? localsOf(within).get(first.name)?.value : first;
  if (value?.kind === "object") return !value.entries.some(isId);
  return (
    value?.kind === "call" &&
    (/(?:^|\.)create$/.test(value.callee) || /^[A-Z]\w*$/.test(value.callee))
  );
}

function isId({ key }: { readonly key: string }): boolean {
  return key === "id" || key === "...";
}
