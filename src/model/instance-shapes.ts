import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { dataShape } from "./data-operations.js";
import { type DataShape, writtenBy } from "./data-shape.js";
import { localsOf } from "./local-values.js";
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
  call: CallValue,
  within: FunctionFacts,
): DataShape | undefined {
  const method = lastName(call.callee);
  const owner = call.callee.slice(0, -method.length - 1);
  if (call.on !== undefined || !Object.hasOwn(verbs, method)) return undefined;
  const row = owner.includes(".") ? undefined : localsOf(within).get(owner);
  if (row?.member !== "" || row.value.kind !== "call") return undefined;
  const made = madeRow(row.value) ?? madeLater(owner, within);
  const changes = [...writesTo(owner, within), ...givenTo(call)];
  if (made)
    return { ...made, values: [...made.values, ...changes], client: owner };
  const read = dataShape(row.value);
  const kind = verbs[method];
  if (read?.kind !== "read" || read.library !== "orm" || !kind)
    return undefined;
  return { ...read, kind, values: kind === "delete" ? [] : changes };
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
