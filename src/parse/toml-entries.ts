import type { ConfigEntry } from "./config-entry.js";
import { flowEntries } from "./flow-entries.js";
import { dropComment, isBalanced, unquote } from "./config-text.js";

/** The scalars of a TOML file, by reading its lines. */
export function tomlEntries(text: string): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  const counts = new Map<string, number>();
  let table: readonly string[] = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = dropComment(lines[index] ?? "").trim();
    const header = /^(\[\[?)([^[\]]+)\]\]?$/.exec(line);
    if (header) {
      table = tableKeys(header[1] === "[[", header[2] ?? "", counts);
      continue;
    }
    const equals = line.indexOf("=");
    if (equals <= 0) continue;
    const keys = [...table, ...splitKey(line.slice(0, equals))];
    const first = index;
    let value = line.slice(equals + 1).trim();
    while (
      !isBalanced(value) &&
      index + 1 < lines.length &&
      index - first < 200
    )
      value += `\n${dropComment(lines[++index] ?? "")}`;
    entries.push(...flowEntries(value, keys, first + 1));
  }
  return entries;
}

/** `[[headers]]` starts the next of a list; `[headers.values]` goes on with the last of it. */
function tableKeys(
  isList: boolean,
  name: string,
  counts: Map<string, number>,
): string[] {
  const parts = splitKey(name);
  const keys: string[] = [];
  let path = "";
  for (const [index, part] of parts.entries()) {
    path = path === "" ? part : `${path}.${part}`;
    keys.push(part);
    if (isList && index === parts.length - 1)
      counts.set(path, (counts.get(path) ?? -1) + 1);
    const count = counts.get(path);
    if (count !== undefined) keys.push(String(count));
  }
  return keys;
}

function splitKey(key: string): string[] {
  return (key.match(/"[^"]*"|'[^']*'|[^.\s]+/g) ?? []).map(unquote);
}
