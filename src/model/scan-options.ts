import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import type { Taint } from "./guard.js";
import type { Project } from "./project.js";

/** Answers, for a hook that runs everywhere, what a test says for the route at hand; undefined where it cannot tell. */
export type KnownTest = (
  test: Value,
  path: string,
  within: FunctionFacts,
) => boolean | undefined;

/** How to look at a function. */
export interface ScanOptions {
  readonly project: Project;
  readonly depth?: number;
  /** Decides tests of the path, in hooks that hold for all routes. */
  readonly known?: KnownTest | undefined;
  /** Inputs that stand for the caller because of who calls, by parameter. */
  readonly callers?: readonly (Taint | undefined)[];
  /** What the names of the enclosing functions stand for. */
  readonly outer?: ReadonlyMap<string, Taint>;
}
