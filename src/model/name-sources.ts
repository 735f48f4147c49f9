import type { CodeFacts, FunctionFacts } from "#parse/code-facts.js";
import { valueAt } from "#parse/json-value.js";
import { constantOf, type Value } from "#parse/module-facts.js";
import { assignedIn } from "./assigned-values.js";
import { resolveName } from "./constants.js";
import { localsOf } from "./local-values.js";
import { resolveImport } from "./module-graph.js";
import { packageOf } from "./package-names.js";
import type { Placed } from "./placed.js";
import type { Project } from "./project.js";
import { functionById } from "./function-by-id.js";

/** A value that a name starts with, and the members that are still to be taken from it. */
export interface Source extends Placed {
  readonly rest: readonly string[];
}

/** A name that comes from a package. */
export interface PackageName {
  readonly package: string;
  /** Dotted way from the import: `default.chat`. */
  readonly way: string;
}

/** The value that a variable of the enclosing functions starts with; undefined for parameters and the module's names. */
export function localSource(
  project: Project,
  { path, within }: Placed,
  root: string,
  members: readonly string[],
): Source | undefined {
  const code = project.files.get(path)?.code;
  let scope = within;
  while (code && scope && scope.at !== -1) {
    const found = localsOf(scope).get(root);
    if (found) {
      const taken = found.member === "" ? [] : found.member.split(".");
      return {
        path,
        value: found.value,
        within: scope,
        rest: [...taken, ...members],
      };
    }
    if (scope.parameters.some((one) => one.some((b) => b.local === root)))
      return undefined;
    scope = parentOf(code, scope);
  }
  return undefined;
}

/** What a name of the module stands for, here or where it is imported from. */
export function moduleSource(
  project: Project,
  path: string,
  root: string,
  members: readonly string[],
): Source | PackageName | undefined {
  const facts = project.files.get(path)?.module;
  const imported = facts?.imports.find((one) => one.local === root);
  if (imported && resolveImport(project, path, imported.from) === undefined) {
    const name = packageOf(imported.from);
    return name === undefined
      ? undefined
      : {
          package: name,
          way: [imported.name, ...members].join("."),
        };
  }
  const definition = resolveName(project, path, root);
  if (definition === undefined) return undefined;
  if (definition.name === "*") {
    const [first, ...rest] = members;
    return first === undefined || definition.path === path
      ? undefined
      : exportedSource(project, definition.path, first, rest);
  }
  return valueSource(project, definition.path, definition.name, members);
}

function exportedSource(
  project: Project,
  path: string,
  name: string,
  rest: readonly string[],
): Source | undefined {
  const exported = project.files
    .get(path)
    ?.module?.exports.find(
      (one) => one.name === name && one.from === undefined,
    );
  return valueSource(project, path, exported?.local ?? name, rest);
}

function valueSource(
  project: Project,
  path: string,
  name: string,
  members: readonly string[],
): Source | undefined {
  const file = project.files.get(path);
  const constant = file?.module && constantOf(file.module, name);
  const [first, ...others] = members;
  const member = first === undefined ? undefined : valueAt(constant, first);
  if (constant?.kind === "object" && member)
    return { path, value: member, within: undefined, rest: others };
  if (constant && constant.kind !== "other" && constant.kind !== "literal")
    return { path, value: constant, within: undefined, rest: members };
  // A variable that is filled later, as lazily made clients are.
  const assigned = file?.code && assignedIn(file.code, name)[0];
  return assigned && { path, ...assigned, rest: members };
}

/** `this.client`, by the field's first value, the constructor's assignment, or the type that is injected. */
export function fieldValue(
  project: Project,
  { path, within }: Placed,
  [field = "", ...rest]: readonly string[],
): Source | undefined {
  const file = project.files.get(path);
  const className = file?.code && classNameOf(file.code, within);
  if (!file?.code || className === undefined) return undefined;
  const assigned = assignedIn(file.code, `this.${field}`).find(
    (one) =>
      one.within?.name.startsWith(`${className}.`) && one.value.kind !== "name",
  );
  if (assigned) return { path, ...assigned, rest };
  const initial =
    file.module && valueAt(constantOf(file.module, className), field);
  if (initial) return { path, value: initial, within: undefined, rest };
  return injectedSource(file.code, { path, within }, className, [
    field,
    ...rest,
  ]);
}

/** An injected instance stands as if it had been made by its class. */
function injectedSource(
  code: CodeFacts,
  { path, within }: Omit<Placed, "value">,
  className: string,
  [field, ...rest]: readonly string[],
): Source | undefined {
  const type = code.classes
    .find((one) => one.name === className)
    ?.injected.find((one) => one.name === field)?.type;
  const callee = /^[\w$.]+/.exec(type ?? "")?.[0];
  if (callee === undefined) return undefined;
  const line = within?.line ?? 1;
  const value: Value = { kind: "call", callee, arguments: [], line };
  return { path, value, within: undefined, rest };
}

/** The class that a function belongs to, also from callbacks within its methods. */
export function classNameOf(
  code: CodeFacts,
  within: FunctionFacts | undefined,
): string | undefined {
  for (let at = within; at && at.at !== -1; at = parentOf(code, at)) {
    const dot = at.name.indexOf(".");
    const owner = dot < 0 ? "" : at.name.slice(0, dot);
    if (owner !== "" && code.classes.some((one) => one.name === owner))
      return owner;
  }
  return undefined;
}

function parentOf(
  code: CodeFacts,
  facts: FunctionFacts,
): FunctionFacts | undefined {
  return functionById(code, facts.parent);
}
