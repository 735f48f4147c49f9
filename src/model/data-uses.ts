import type { FunctionFacts } from "#parse/code-facts.js";
import { constantOf } from "#parse/module-facts.js";
import { dataShape } from "./data-operations.js";
import type { DataShape } from "./data-shape.js";
import type { FunctionRef } from "./function-ref.js";
import { callsIn } from "./functions.js";
import { resolveImport } from "./module-graph.js";
import type { Project } from "./project.js";
import { runtimeOf } from "./runtimes.js";
import { type CallValue, rootName } from "./value-walk.js";

/** Something that a function does to stored data. */
export interface DataUse {
  readonly shape: DataShape;
  /** The outermost call of its chain. */
  readonly call: CallValue;
  readonly in: FunctionRef;
  /** From 1. */
  readonly line: number;
}

const inFunctions = new WeakMap<FunctionFacts, readonly DataUse[]>();
const inProjects = new WeakMap<Project, readonly DataUse[]>();

/** What a function itself does to stored data, without the functions that stand in it. */
export function dataUsesIn(
  path: string,
  facts: FunctionFacts,
): readonly DataUse[] {
  const before = inFunctions.get(facts);
  if (before) return before;
  const seen = new Set<string>();
  const found = callsIn(facts).flatMap(({ call, line }): DataUse[] => {
    const shape = dataShape(call);
    if (shape === undefined) return [];
    // The calls of one chain tell the same; the outermost one comes first.
    const key = `${String(line)} ${shape.kind} ${shape.table} ${shape.library}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ shape, call, in: { path, at: facts.at }, line }];
  });
  inFunctions.set(facts, found);
  return found;
}

/** What the app's own code does to stored data; tests, scripts and generated files are not part of it. */
export function dataUses(project: Project): readonly DataUse[] {
  const before = inProjects.get(project);
  if (before) return before;
  const found = [...project.files].flatMap(([path, { code }]) =>
    code === undefined ||
    /^(?:test|script|generated)$/.test(runtimeOf(project, path))
      ? []
      : code.functions
          .flatMap((facts) => dataUsesIn(path, facts))
          .filter((use) => isStored(project, path, use)),
  );
  inProjects.set(project, found);
  return found;
}

/**
 * Whether what looks like a model is none: `StyleSheet.create` of a package, `ROLES.find` of a list, and whatever runs in
 * a browser, which has no object mapper.
 */
function isStored(project: Project, path: string, { shape }: DataUse): boolean {
  const { client, library, table } = shape;
  if (library !== "orm") return true;
  if (runtimeOf(project, path) === "client") return false;
  const root = rootName(client);
  if (!/^[A-Z]/.test(root)) return true;
  if (/^[A-Z0-9_]+$/.test(root) && table !== "") return false;
  const facts = project.files.get(path)?.module;
  const imported = facts?.imports.find(({ local }) => local === root);
  if (imported)
    return resolveImport(project, path, imported.from) !== undefined;
  const constant = facts && constantOf(facts, root);
  return constant === undefined || !/^(?:list|object)$/.test(constant.kind);
}
