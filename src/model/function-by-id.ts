import type { CodeFacts, FunctionFacts } from "#parse/code-facts.js";

const known = new WeakMap<CodeFacts, ReadonlyMap<number, FunctionFacts>>();

/** The function of a file with this id, its `at`; undefined where the file holds none. */
export function functionById(
  code: CodeFacts,
  at: number,
): FunctionFacts | undefined {
  let functions = known.get(code);
  if (functions === undefined) {
    functions = new Map(code.functions.map((one) => [one.at, one]));
    known.set(code, functions);
  }
  return functions.get(at);
}
