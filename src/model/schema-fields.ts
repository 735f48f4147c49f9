import type { Value } from "#parse/module-facts.js";
import { resolveConstant } from "./constants.js";
import { localsOf } from "./local-values.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import { type CallValue, lastName } from "./value-walk.js";

/** What is done with a value so that only what its schema names is left of it. */
const checking =
  /^(?:parse|safeParse|parseAsync|safeParseAsync|validate|validateSync|validateAsync|cast|assert|spa)$/;

/** The schema behind `schema.parse(body)`; undefined for calls that check nothing. */
export function schemaOf(call: CallValue): Value | undefined {
  const method = lastName(call.callee);
  if (!checking.test(method)) return undefined;
  if (call.on) return call.on;
  const owner = call.callee.slice(0, -method.length - 1);
  if (owner === "" || owner === "JSON" || owner === "Date") return undefined;
  return { kind: "name", name: owner, line: call.line };
}

const maxSteps = 30;

/**
 * The fields that a schema lets through.
 *
 * @returns undefined where it lets everything through; an empty list where its fields cannot be told.
 */
export function schemaFields(
  project: Project,
  placed: Placed,
): readonly string[] | undefined {
  let fields: readonly string[] = [];
  const dropped = new Set<string>();
  let at: Placed | undefined = placed;
  for (let step = 0; at !== undefined && step < maxSteps; step++) {
    const { value }: Placed = at;
    if (value.kind === "name") {
      at = valueOf(project, at, value.name);
      continue;
    }
    if (value.kind !== "call") break;
    const method = lastName(value.callee);
    if (/^(?:passthrough|loose|looseObject|any|unknown|record)$/.test(method))
      return undefined;
    const [first] = value.arguments;
    const keys: readonly string[] =
      first?.kind === "object" ? first.entries.map(({ key }) => key) : [];
    if (method === "omit") for (const key of keys) dropped.add(key);
    else if (method === "pick") return keys;
    else fields = [...fields, ...keys];
    at = before(at, value, method);
  }
  return fields.filter((key) => !dropped.has(key));
}

/** What a method of a schema is called on. */
function before(
  at: Placed,
  call: CallValue,
  method: string,
): Placed | undefined {
  if (call.on) return { ...at, value: call.on };
  const owner = call.callee.slice(0, -method.length - 1);
  return owner === "" || owner === "z" || owner === "v" || owner === "yup"
    ? undefined
    : { ...at, value: { kind: "name", name: owner, line: call.line } };
}

function valueOf(
  project: Project,
  { path, within }: Placed,
  name: string,
): Placed | undefined {
  const local = within && localsOf(within).get(name);
  if (local?.member === "") return { path, within, value: local.value };
  const constant = resolveConstant(project, path, name);
  return constant && { ...constant, within: undefined };
}
