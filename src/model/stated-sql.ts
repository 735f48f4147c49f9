import type { FunctionFacts } from "#parse/code-facts.js";
import type { Value } from "#parse/module-facts.js";
import { resolveConstant } from "./constants.js";
import { dataShape } from "./data-operations.js";
import type { DataShape } from "./data-shape.js";
import { localValue } from "./local-values.js";
import type { Project } from "./project.js";
import { isStatementCall } from "./store-shapes.js";
import type { CallValue } from "./value-walk.js";

/**
 * What a call does to stored data whose statement of SQL has a name:
 * `const query = "DELETE FROM notes WHERE id = ?"; db.run(query, id)`.
 *
 * @param within - The function that the call stands in.
 */
export function statedShape(
  project: Project,
  path: string,
  call: CallValue,
  within: FunctionFacts,
): DataShape | undefined {
  const stated = withStatement(call, (name) => {
    const code = project.files.get(path)?.code;
    const local = code && localValue(code, name, within);
    return local?.value ?? resolveConstant(project, path, name)?.value;
  });
  return stated && dataShape(stated);
}

/** The call with the text in place of its name; undefined where no name stands for a text. */
function withStatement(
  call: CallValue,
  valueOf: (name: string) => Value | undefined,
): CallValue | undefined {
  const [first, ...others] = call.arguments;
  if (first?.kind === "name" && isStatementCall(call.callee)) {
    const text = valueOf(first.name);
    return text?.kind === "template" || text?.kind === "literal"
      ? { ...call, arguments: [text, ...others] }
      : undefined;
  }
  if (call.on?.kind !== "call") return undefined;
  const on = withStatement(call.on, valueOf);
  return on && { ...call, on };
}
