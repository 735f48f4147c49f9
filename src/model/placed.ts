import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";

/** A value with the place that it is written in. */
export interface Placed {
  readonly path: string;
  readonly value: Value;
  /** The function that it is written in; undefined at the module's top level. */
  readonly within: FunctionFacts | undefined;
}
