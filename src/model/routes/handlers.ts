import type { FunctionFacts } from "#parse/code-facts.js";
import { constantOf, type Value } from "#parse/module-facts.js";
import { resolveConstant, resolveExport } from "../constants.js";
import type { FunctionRef } from "../function-ref.js";
import { functionAt, resolveFunction } from "../functions.js";
import type { Project } from "../project.js";
import type { ChainLink } from "../route.js";

/** A handler with what is wrapped around it, outermost first. */
export interface WrappedHandler {
  readonly handler: FunctionRef;
  readonly chain: readonly ChainLink[];
  /** Line of the handler, from 1. */
  readonly line: number;
}

/** A function that a module exports as a handler. */
export interface ExportedHandler extends WrappedHandler {
  readonly name: string;
}

/** Wrappers within wrappers are followed this deep. */
const maxWrappers = 8;

/**
 * The handler that a value stands for, through the functions that wrap it.
 *
 * @param within - The function that the value is written in.
 */
export function wrappedHandler(
  project: Project,
  path: string,
  value: Value,
  within?: FunctionFacts,
): WrappedHandler | undefined {
  const chain: ChainLink[] = [];
  let at: { readonly path: string; readonly value: Value } = { path, value };
  let scope = within;
  for (let depth = 0; depth < maxWrappers; depth++) {
    if (at.value.kind === "name") {
      const constant = resolveConstant(project, at.path, at.value.name);
      if (constant?.value.kind !== "call" || !wraps(constant.value)) break;
      at = constant;
      scope = undefined;
    }
    if (at.value.kind !== "call") break;
    const inner = innerOf(project, at.path, at.value, scope);
    // What makes the handler runs once, when the app starts; it stands around no request.
    if (inner === undefined) break;
    if (!/\.bind$/.test(at.value.callee))
      chain.push(linkOf(project, at.path, at.value, scope));
    at = { path: at.path, value: inner };
  }
  const handler = resolveFunction(project, at.path, at.value, scope);
  if (handler === undefined) return undefined;
  const line = functionAt(project, handler)?.line ?? value.line;
  return { handler, chain, line };
}

function wraps(call: Extract<Value, { kind: "call" }>): boolean {
  return call.arguments.some((one) =>
    ["function", "name", "call"].includes(one.kind),
  );
}

/** The argument of a wrapper that leads to the handler. */
function innerOf(
  project: Project,
  path: string,
  call: Extract<Value, { kind: "call" }>,
  within: FunctionFacts | undefined,
): Value | undefined {
  if (/\.bind$/.test(call.callee))
    return {
      kind: "name",
      name: call.callee.replace(/\.bind$/, ""),
      line: call.line,
    };
  const given = call.arguments;
  return (
    given.findLast((one) => one.kind === "function") ??
    given.find(
      (one) =>
        (one.kind === "call" || one.kind === "name") &&
        resolveFunction(project, path, one, within) !== undefined,
    )
  );
}

/** What a middleware, guard or wrapper is, as far as the project holds it. */
export function linkOf(
  project: Project,
  path: string,
  value: Value,
  within?: FunctionFacts,
): ChainLink {
  const callee: Value =
    value.kind === "call" && value.on === undefined
      ? { kind: "name", name: value.callee, line: value.line }
      : value;
  const ref = resolveFunction(project, path, callee, within);
  const inner =
    value.kind === "call" ? innerOf(project, path, value, within) : undefined;
  const wraps = inner && resolveFunction(project, path, inner, within);
  return {
    ...(ref && { ref }),
    ...(wraps && { wraps }),
    name: nameOf(value),
    line: value.line,
    file: path,
    value,
  };
}

function nameOf(value: Value): string {
  if (value.kind === "name") return value.name;
  if (value.kind === "call") return value.callee;
  return value.kind === "function" ? "(inline)" : "(computed)";
}

/** The links of a middleware argument: lists are taken apart, names of lists too. */
export function linksOf(
  project: Project,
  path: string,
  value: Value,
  within?: FunctionFacts,
): readonly ChainLink[] {
  if (value.kind === "list")
    return value.items.flatMap((one) => linksOf(project, path, one, within));
  if (value.kind === "spread") return linksOf(project, path, value.of, within);
  if (value.kind === "name") {
    const constant = resolveConstant(project, path, value.name);
    if (constant?.value.kind === "list")
      return linksOf(project, constant.path, constant.value);
    if (constant?.value.kind === "call") {
      const link = linkOf(project, constant.path, constant.value);
      const { name, line } = value;
      return [{ ...link, name, line, file: path, valueFile: constant.path }];
    }
  }
  return [linkOf(project, path, value, within)];
}

/** The handlers among the exports of a module whose names meet the test. */
export function exportedHandlers(
  project: Project,
  path: string,
  isWanted: (name: string) => boolean,
): readonly ExportedHandler[] {
  const facts = project.files.get(path)?.module;
  if (facts === undefined) return [];
  const found = new Map<string, ExportedHandler>();
  for (const { name, line, typeOnly } of facts.exports) {
    if (typeOnly || !isWanted(name) || found.has(name)) continue;
    const wrapped = exportedHandler(project, path, name);
    if (wrapped) found.set(name, { ...wrapped, name, line });
  }
  return [...found.values()];
}

/** The handler that a module exports under a name. */
export function exportedHandler(
  project: Project,
  path: string,
  name: string,
): WrappedHandler | undefined {
  const definition = resolveExport(project, path, name);
  const facts = definition && project.files.get(definition.path)?.module;
  const value = facts && constantOf(facts, definition.name);
  if (value === undefined || definition === undefined) return undefined;
  return wrappedHandler(project, definition.path, value);
}

/** What a module exports under a name, followed to where it is written. */
export function exportedValue(
  project: Project,
  path: string,
  name: string,
): { readonly path: string; readonly value: Value } | undefined {
  const definition = resolveExport(project, path, name);
  const facts = definition && project.files.get(definition.path)?.module;
  const value = facts && constantOf(facts, definition.name);
  if (value === undefined || definition === undefined) return undefined;
  if (value.kind !== "name") return { path: definition.path, value };
  return resolveConstant(project, definition.path, value.name);
}
