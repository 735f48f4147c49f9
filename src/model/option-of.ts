import { valueAt } from "#parse/json-value.js";
import type { Value } from "#parse/module-facts.js";

/** The first of some properties that an object literal has. */
export function optionOf(
  value: Value | undefined,
  ...names: readonly string[]
): Value | undefined {
  for (const name of names) {
    const found = valueAt(value, name);
    if (found) return found;
  }
  return undefined;
}
