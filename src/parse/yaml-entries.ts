import type { ConfigEntry } from "./config-entry.js";
import { dropComment, isBalanced, unquote } from "./config-text.js";
import { flowEntries } from "./flow-entries.js";

/** A key or list place whose content is indented more than itself. */
interface Parent {
  readonly indent: number;
  readonly key: string;
  /** Place in a list: the number of the item that is open. */
  index?: number;
}

/**
 * The scalars of a YAML file, by reading its lines. Block text (`|`, `>`) is one entry; anchors, aliases and tags stay
 * text.
 */
export function yamlEntries(text: string): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  const lines = text.split("\n");
  const parents: Parent[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = dropComment(lines[at] ?? "").trimEnd();
    if (line.trim() === "" || /^(?:---|\.\.\.|%)/.test(line)) continue;
    const { indent, rest } = openItems(line, parents);
    const pair =
      /^("[^"]*"|'[^']*'|[^\s"'[{&*!|>#][^:]*?(?::[^\s:][^:]*?)*)\s*:(?:\s+(.*))?$/.exec(
        rest,
      );
    const value = (pair ? (pair[2] ?? "") : rest).trim();
    const key = pair?.[1] === undefined ? undefined : unquote(pair[1]);
    if (key !== undefined) {
      closeTo(parents, indent);
      parents.push({ indent, key });
    }
    if (value === "") continue;
    const block = readBlock(value, lines, at, indent);
    entries.push(...flowEntries(block.value, keysOf(parents), at + 1));
    at += block.extraLines;
    if (key !== undefined) parents.pop();
  }
  return entries;
}

/** Closes what the line is not part of, and opens an item for each `- ` at its start. */
function openItems(
  line: string,
  parents: Parent[],
): { indent: number; rest: string } {
  let indent = line.length - line.trimStart().length;
  let rest = line.trimStart();
  while (/^-(?:\s|$)/.test(rest) && parents.length < 60) {
    const last = closeAbove(parents, indent);
    if (last?.index !== undefined && last.indent === indent) last.index++;
    else parents.push({ indent, key: "-", index: 0 });
    const after = rest.slice(1);
    const inner = after.trimStart();
    indent += 1 + after.length - inner.length;
    rest = inner;
  }
  return { indent, rest };
}

/** Closes all that is indented more; a list item at the same place stays open for its next sibling. */
function closeAbove(parents: Parent[], indent: number): Parent | undefined {
  for (let last = parents.at(-1); last; last = parents.at(-1)) {
    const isOpen =
      last.indent < indent ||
      (last.indent === indent && last.index !== undefined) ||
      (last.indent === indent && last.key !== "-" && last.index === undefined);
    if (isOpen) return last;
    parents.pop();
  }
  return undefined;
}

function closeTo(parents: Parent[], indent: number): void {
  for (
    let last = parents.at(-1);
    last && last.indent >= indent;
    last = parents.at(-1)
  )
    parents.pop();
}

function keysOf(parents: readonly Parent[]): string[] {
  return parents.map(({ key, index }) =>
    index === undefined ? key : String(index),
  );
}

/** A value that goes on over the next lines: block text or open brackets. */
function readBlock(
  value: string,
  lines: readonly string[],
  at: number,
  indent: number,
): { value: string; extraLines: number } {
  let whole = value;
  let extraLines = 0;
  const next = () => lines[at + extraLines + 1];
  if (/^[|>][-+\d]*$/.test(value)) {
    whole = "";
    for (let line = next(); line !== undefined; line = next()) {
      const isInside =
        line.trim() === "" || line.length - line.trimStart().length > indent;
      if (!isInside) break;
      whole += `${line.trim()}\n`;
      extraLines++;
    }
    return { value: whole.trim().replace(/^[[{]/, " $&"), extraLines };
  }
  if (!/^[[{]/.test(value)) return { value, extraLines };
  for (
    let line = next();
    !isBalanced(whole) && line !== undefined && extraLines < 200;
    line = next()
  ) {
    whole += `\n${dropComment(line)}`;
    extraLines++;
  }
  return { value: whole, extraLines };
}
