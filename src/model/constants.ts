import { valueAt } from "#parse/json-value.js";
import {
  constantOf,
  type ModuleFacts,
  type Value,
} from "#parse/module-facts.js";
import { resolveImport } from "./module-graph.js";
import type { Project } from "./project.js";
import { remember } from "./remember.js";

/** A name at the file that defines it. */
export interface Definition {
  readonly path: string;
  /** Name there; `*` when it is the whole module. */
  readonly name: string;
}

/** A value with the file that it is written in. */
export interface PlacedValue {
  readonly path: string;
  readonly value: Value;
}

/** Re-exports are followed this far; a longer way is a circle or nothing that a person wrote. */
const maxSteps = 200;

/**
 * Where a name that a file uses is defined: imports and re-exports are followed, circles end.
 *
 * @param name - Name in that file, without dots.
 * @returns undefined when the file does not know the name at its top level, or it comes from outside the project.
 */
export const resolveName = remember(findName);

function findName(
  project: Project,
  path: string,
  name: string,
): Definition | undefined {
  const facts = project.files.get(path)?.module;
  if (facts === undefined) return undefined;
  const imported = facts.imports.find((one) => one.local === name);
  if (imported === undefined)
    return knows(facts, name) ? { path, name } : undefined;
  const target = resolveImport(project, path, imported.from);
  if (target === undefined) return undefined;
  return imported.name === "*"
    ? { path: target, name: "*" }
    : resolveExport(project, target, imported.name);
}

function knows(facts: ModuleFacts, name: string): boolean {
  return (
    constantOf(facts, name) !== undefined ||
    facts.exports.some((one) => one.local === name && one.from === undefined)
  );
}

/**
 * Where a name that a module exports is defined.
 *
 * @param name - Name for others; `default` included.
 */
export const resolveExport = remember(findExport);

function findExport(
  project: Project,
  path: string,
  name: string,
): Definition | undefined {
  const pending: Definition[] = [{ path, name }];
  const seen = new Set<string>();
  for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
    const key = `${at.path}\0${at.name}`;
    if (seen.has(key)) continue;
    if (seen.size > maxSteps) return undefined;
    seen.add(key);
    const next = stepFrom(project, at);
    if (!Array.isArray(next)) return next;
    pending.push(...next);
  }
  return undefined;
}

/** The definition, or where to look next. */
function stepFrom(
  project: Project,
  { path, name }: Definition,
): Definition | Definition[] {
  if (name === "*") return { path, name };
  const facts = project.files.get(path)?.module;
  if (facts === undefined) return [];
  const exported = facts.exports.find((one) => one.name === name);
  if (exported === undefined)
    return facts.exports
      .filter((one) => one.name === "*" && one.from !== undefined)
      .flatMap((one) => placed(project, path, one.from ?? "", name));
  if (exported.from !== undefined)
    return placed(project, path, exported.from, exported.local);
  const imported = facts.imports.find((one) => one.local === exported.local);
  return imported
    ? placed(project, path, imported.from, imported.name)
    : { path, name: exported.local };
}

function placed(
  project: Project,
  from: string,
  specifier: string,
  name: string,
): Definition[] {
  const target = resolveImport(project, from, specifier);
  return target === undefined ? [] : [{ path: target, name }];
}

/**
 * The value that a name stands for in a file. Imports, re-exports, members (`config.cors.origin`), names that stand
 * for other names, and spreads within objects are followed.
 *
 * @param name - Dotted name as written there.
 * @returns undefined when its value is not written in the project.
 */
export const resolveConstant = remember(
  (project: Project, path: string, name: string): PlacedValue | undefined =>
    follow(project, path, name, 20),
);

function follow(
  project: Project,
  path: string,
  name: string,
  stepsLeft: number,
): PlacedValue | undefined {
  if (stepsLeft <= 0) return undefined;
  const root = valueOfRoot(project, path, name.split("."));
  const found = root && memberOf(project, root, stepsLeft - 1);
  return found?.value.kind === "name"
    ? follow(project, found.path, found.value.name, stepsLeft - 1)
    : found;
}

interface RootValue {
  readonly value: PlacedValue;
  /** Members that are still to be looked up in it. */
  readonly rest: readonly string[];
}

function valueOfRoot(
  project: Project,
  path: string,
  [root = "", ...members]: readonly string[],
): RootValue | undefined {
  const definition = resolveName(project, path, root);
  if (definition === undefined) return undefined;
  if (definition.name !== "*") return valueOf(project, definition, members);
  // A whole module: a member is one of its exports; without one, or where it has none of that name, its default stands.
  const [first, ...others] = members;
  const exported =
    first === undefined
      ? undefined
      : resolveExport(project, definition.path, first);
  if (exported && exported.name !== "*")
    return valueOf(project, exported, others);
  const whole = resolveExport(project, definition.path, "default");
  return whole && valueOf(project, whole, members);
}

function valueOf(
  project: Project,
  { path, name }: Definition,
  rest: readonly string[],
): RootValue | undefined {
  const facts = project.files.get(path)?.module;
  const value = facts && constantOf(facts, name);
  return value && { value: { path, value }, rest };
}

function memberOf(
  project: Project,
  { value: root, rest }: RootValue,
  stepsLeft: number,
): PlacedValue | undefined {
  let { path, value } = root;
  for (const [index, member] of rest.entries()) {
    if (value.kind === "name") {
      const name = [value.name, ...rest.slice(index)].join(".");
      return { path, value: { kind: "name", name, line: value.line } };
    }
    const own = valueAt(value, member);
    const found: PlacedValue | undefined = own
      ? { path, value: own }
      : spreadMember(project, { path, value }, member, stepsLeft);
    if (found === undefined) return undefined;
    ({ path, value } = found);
  }
  return { path, value };
}

/** A member that an object takes over from others by `...`; the last spread wins. */
function spreadMember(
  project: Project,
  { path, value }: PlacedValue,
  member: string,
  stepsLeft: number,
): PlacedValue | undefined {
  if (value.kind !== "object") return undefined;
  for (const { key, value: spread } of value.entries.toReversed()) {
    if (key !== "...") continue;
    const own = valueAt(spread, member);
    if (own) return { path, value: own };
    const found =
      spread.kind === "name"
        ? follow(project, path, `${spread.name}.${member}`, stepsLeft - 1)
        : undefined;
    if (found) return found;
  }
  return undefined;
}
