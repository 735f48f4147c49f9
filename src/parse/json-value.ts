import type { Value } from "./module-facts.js";
import { ts } from "./syntax.js";
import { readValue } from "./value.js";

const maxCharacters = 512 * 1024;

/**
 * JSON as a value with line numbers; comments and trailing commas are let pass, as in `tsconfig.json`.
 *
 * @returns undefined for text that is too large, nested too deeply, or empty.
 */
export function jsonValue(path: string, text: string): Value | undefined {
  if (text.length > maxCharacters) return undefined;
  try {
    const source = ts.parseJsonText(path, text);
    const root = source.statements[0]?.expression;
    return root && readValue(root, source, 20_000);
  } catch {
    // The parser recurses; nesting beyond the stack is no configuration that anyone wrote.
    return undefined;
  }
}

/** The value below an object at the given keys; the last one wins where a key stands twice. */
export function valueAt(
  value: Value | undefined,
  ...keys: readonly string[]
): Value | undefined {
  let found = value;
  for (const key of keys) {
    if (found?.kind !== "object" && found?.kind !== "class") return undefined;
    found = found.entries.findLast((entry) => entry.key === key)?.value;
  }
  return found;
}

/** The string that a value is. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === "literal" && typeof value.value === "string"
    ? value.value
    : undefined;
}
