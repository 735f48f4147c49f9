import type { Value } from "./module-facts.js";
import { readJson } from "./json-reader.js";

const maxCharacters = 512 * 1024;

/**
 * JSON as a value with line numbers; comments and trailing commas are let pass, as in `tsconfig.json`.
 *
 * @returns undefined for text that is too large, or empty.
 */
export function jsonValue(text: string): Value | undefined {
  return text.length > maxCharacters ? undefined : readJson(text);
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
