import type { CodeFacts, FunctionFacts } from "#parse/code-facts.js";
import { dataShape } from "./data-operations.js";
import type { DataShape } from "./data-shape.js";
import { functionById } from "./function-by-id.js";
import { callsIn } from "./functions.js";
import { type CallValue, lastName } from "./value-walk.js";

/**
 * What read the row that a parameter stands for: `Note.findById(id, (error, note) => …)`,
 * `Note.findOne({ … }).then((note) => …)`.
 *
 * @param within - The function that has the parameter.
 * @returns undefined for parameters that are handed anything else.
 */
export function handedRow(
  code: CodeFacts,
  within: FunctionFacts,
  name: string,
): DataShape | undefined {
  const index = within.parameters.findIndex((one) =>
    one.some(({ local, path }) => local === name && path === ""),
  );
  const outer = index < 0 ? undefined : functionById(code, within.parent);
  if (outer === undefined) return undefined;
  for (const { call } of callsIn(outer)) {
    const isHanded = call.arguments.some(
      (one) => one.kind === "function" && one.at === within.at,
    );
    if (isHanded) return readBefore(call, index);
  }
  return undefined;
}

function readBefore(call: CallValue, index: number): DataShape | undefined {
  const isPromise = lastName(call.callee) === "then";
  // Callbacks are told of the error first.
  if (index !== (isPromise ? 0 : 1)) return undefined;
  if (!isPromise) return dataShape(call);
  return call.on?.kind === "call" ? dataShape(call.on) : undefined;
}
