import type { FunctionFacts } from "#parse/code-facts.js";
import { constantOf } from "#parse/module-facts.js";
import {
  type Definition,
  resolveConstant,
  resolveExport,
  resolveName,
} from "./constants.js";
import type { FunctionRef } from "./function-ref.js";
import type { Project } from "./project.js";
import { rootName } from "./value-walk.js";

/** Where a class is defined, looked up by a name that a file uses. */
export function definitionOfClass(
  project: Project,
  path: string,
  name: string,
): Definition | undefined {
  const root = rootName(name);
  const named = resolveName(project, path, root);
  // A whole CommonJS module is what it exports as its default.
  const definition =
    named?.name === "*" ? resolveExport(project, named.path, "default") : named;
  if (definition === undefined) return undefined;
  const facts = project.files.get(definition.path)?.module;
  const value = facts && constantOf(facts, definition.name);
  if (value?.kind === "class") return definition;
  return value?.kind === "name" && value.name !== name
    ? definitionOfClass(project, definition.path, value.name)
    : undefined;
}

/** A method of a class, own or inherited. */
export function methodOfClass(
  project: Project,
  definition: Definition,
  method: string,
  depth = 4,
): FunctionRef | undefined {
  const code = project.files.get(definition.path)?.code;
  if (code === undefined || depth <= 0) return undefined;
  const full = `${definition.name}.${method}`;
  const own = code.functions.find((one) => one.name === full);
  if (own) return { path: definition.path, at: own.at };
  const parent = code.classes.find((one) => one.name === definition.name);
  const above =
    parent?.extends &&
    definitionOfClass(
      project,
      definition.path,
      /^[\w$.]+/.exec(parent.extends)?.[0] ?? "",
    );
  return above ? methodOfClass(project, above, method, depth - 1) : undefined;
}

/** `this.method` and `this.service.method`, by the fields and constructor parameters of the class. */
export function ofThis(
  project: Project,
  path: string,
  name: string,
  within: FunctionFacts | undefined,
): FunctionRef | undefined {
  const className = rootName(within?.name ?? "");
  const [first = "", second, ...others] = name.split(".");
  if (className === "" || others.length > 0) return undefined;
  if (second === undefined)
    return methodOfClass(project, { path, name: className }, first);
  const type = injectedType(project, { path, name: className }, first);
  return type && methodOfClass(project, type, second);
}

function injectedType(
  project: Project,
  owner: Definition,
  field: string,
): Definition | undefined {
  const facts = project.files
    .get(owner.path)
    ?.code?.classes.find((one) => one.name === owner.name);
  const type = facts?.injected.find((one) => one.name === field)?.type;
  if (type !== undefined)
    return definitionOfClass(
      project,
      owner.path,
      /^[\w$.]+/.exec(type)?.[0] ?? "",
    );
  const initial = resolveConstant(
    project,
    owner.path,
    `${owner.name}.${field}`,
  );
  return initial?.value.kind === "call"
    ? definitionOfClass(project, initial.path, initial.value.callee)
    : undefined;
}
