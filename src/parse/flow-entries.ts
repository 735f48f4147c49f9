import { unquote } from "./config-text.js";
import type { ConfigEntry } from "./config-entry.js";

/** One level of brackets that is open. */
interface Level {
  readonly isList: boolean;
  index: number;
  key: string | undefined;
}

/**
 * The scalars of an inline value: `*`, `"*"`, `[a, b]`, `{ cors: true }`, nested; keys end with `:` or `=`.
 *
 * @param keys - The way that leads to the value.
 * @param firstLine - Line that it starts on.
 */
export function flowEntries(
  text: string,
  keys: readonly string[],
  firstLine: number,
): ConfigEntry[] {
  if (!/^\s*[[{]/.test(text))
    return [{ keys, value: unquote(text), line: firstLine }];
  const entries: ConfigEntry[] = [];
  const levels: Level[] = [];
  let line = firstLine;
  for (const token of text.match(tokens) ?? []) {
    const level = levels.at(-1);
    if (token === "\n") line++;
    else if (isPunctuation(token)) {
      if (!step(levels, token)) return entries;
    } else if (level === undefined) return entries;
    else if (!level.isList && level.key === undefined)
      level.key = unquote(token).trim();
    else {
      const path = levels.map((at) =>
        at.isList ? String(at.index) : (at.key ?? ""),
      );
      entries.push({ keys: [...keys, ...path], value: unquote(token), line });
    }
  }
  return entries;
}

function isPunctuation(token: string): boolean {
  return token.length === 1 && "[]{},:=".includes(token);
}

/** Follows one bracket, comma or colon; false where the text is no value any more. */
function step(levels: Level[], token: string): boolean {
  const level = levels.at(-1);
  if (token === "[" || token === "{")
    levels.push({ isList: token === "[", index: 0, key: undefined });
  else if (level === undefined) return false;
  else if (token === "]" || token === "}") levels.pop();
  else if (token === ",") {
    level.index++;
    level.key = undefined;
  }
  return levels.length <= 30;
}

const tokens =
  /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[[\]{},\n]|[:=](?=[\s"'[{]|$)|[^\s[\]{},:="'][^[\]{},\n:=]*(?::(?=\S)[^[\]{},\n:=]*)*/g;
