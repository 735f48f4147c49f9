import type { ConfigEntry } from "./config-entry.js";
import { jsonValue } from "./json-value.js";
import type { Value } from "./module-facts.js";
import { tomlEntries } from "./toml-entries.js";
import { yamlEntries } from "./yaml-entries.js";

const maxCharacters = 256 * 1024;
const maxEntries = 20_000;

/**
 * The scalars of a JSON, YAML or TOML file in their order. Reads lines, runs in linear time, and skips what it does not
 * understand; it checks nothing.
 *
 * @returns empty for other files and for files above 256 K characters.
 */
export function configEntries(path: string, text: string): ConfigEntry[] {
  if (text.length > maxCharacters) return [];
  if (/\.(?:jsonc?|json5)$/i.test(path)) return jsonEntries(path, text);
  if (/\.ya?ml$/i.test(path)) return yamlEntries(text).slice(0, maxEntries);
  if (/\.toml$/i.test(path)) return tomlEntries(text).slice(0, maxEntries);
  return [];
}

function jsonEntries(path: string, text: string): ConfigEntry[] {
  const root = jsonValue(text);
  return root === undefined ? [] : entriesUnder(root);
}

/** The scalars of a value in their order; what is computed is left out. */
function entriesUnder(root: Value): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  const pending: { keys: readonly string[]; value: Value }[] = [
    { keys: [], value: root },
  ];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { keys, value } = at;
    if (value.kind === "literal")
      entries.push({ keys, value: String(value.value), line: value.line });
    for (const [key, child] of childrenOf(value).reverse())
      if (entries.length < maxEntries && keys.length < 40)
        pending.push({ keys: [...keys, key], value: child });
  }
  return entries;
}

function childrenOf(value: Value): [string, Value][] {
  if (value.kind === "object")
    return value.entries.map(({ key, value: child }) => [key, child]);
  if (value.kind === "list")
    return value.items.map((item, index) => [String(index), item]);
  return [];
}
