import { type CST, Parser } from "yaml";
import type { ConfigProblem } from "./problem.js";
import type { TextPosition } from "./text-position.js";

/** How deep lists and keys may nest; the deepest key that means anything lies at half of it. */
const maxDepth = 12;

/** Tokens that YAML has and a configuration has no use for: each lets a file mean more than it shows. */
const refusals: Readonly<Record<string, readonly [string, string]>> = {
  alias: [
    "Aliases are not allowed here.",
    "Write the value out; a glob that begins with a star needs quotes.",
  ],
  anchor: [
    "Anchors are not allowed here.",
    "Remove the anchor; a text that begins with an ampersand needs quotes.",
  ],
  tag: [
    "Tags are not allowed here.",
    "Remove the tag; a text that begins with an exclamation mark needs quotes.",
  ],
  directive: ["Directives are not allowed here.", "Remove the line."],
};

interface Open {
  readonly token: CST.Token | CST.CollectionItem;
  readonly depth: number;
}

/**
 * The tokens of a YAML text, and what in them is refused before anything is made of them.
 *
 * Walks with a list of its own instead of by recursion, so that nesting costs no stack.
 */
export function readTokens(
  text: string,
  position: TextPosition,
): {
  readonly tokens: readonly CST.Token[];
  readonly problems: readonly ConfigProblem[];
} {
  const tokens = [...new Parser().parse(text)];
  const problems: ConfigProblem[] = [];
  const refuse = (offset: number, length: number, words: readonly string[]) => {
    const [message = "", hint = ""] = words;
    const span = position.span(offset, offset + length);
    problems.push({ ...span, message, hint });
  };
  const second = tokens.filter(({ type }) => type === "document")[1];
  if (second) refuse(second.offset, 0, secondDocument);
  const open: Open[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > maxDepth && "offset" in token) {
      refuse(token.offset, 0, tooDeep);
      break;
    }
    const words = "type" in token ? refusals[token.type] : undefined;
    if (words && "offset" in token)
      refuse(token.offset, lengthOf(token), words);
    if (isMergeKey(token)) refuse(token.key.offset, 2, mergeKey);
    for (const child of childrenOf(token))
      open.push({ token: child, depth: depth + levels(token) });
  }
  return { tokens, problems };
}

const secondDocument = [
  "Only one document is allowed in this file.",
  "Remove the line of dashes and what follows it.",
];
const tooDeep = [
  `Nothing may nest deeper than ${String(maxDepth)} levels.`,
  "Write it flatter.",
];
const mergeKey = [
  "Merge keys are not allowed here.",
  "Write the keys out where they belong.",
];

/**
 * Where the last quote or bracket opens that is open still at an offset; undefined where all are closed.
 *
 * @param kind - Which of the two the parser misses.
 */
export function openedBefore(
  tokens: readonly CST.Token[],
  offset: number,
  kind: "quote" | "bracket",
): number | undefined {
  const isOpen = kind === "quote" ? isOpenQuote : isOpenBracket;
  let found: number | undefined;
  const rest: (CST.Token | CST.CollectionItem)[] = [...tokens];
  for (let token = rest.pop(); token; token = rest.pop()) {
    if (isOpen(token) && token.offset < offset && token.offset >= (found ?? 0))
      found = token.offset;
    rest.push(...childrenOf(token));
  }
  return found;
}

function isOpenQuote(
  token: CST.Token | CST.CollectionItem,
): token is CST.FlowScalar {
  if (!("type" in token)) return false;
  const quote = quotes[token.type];
  if (quote === undefined || !("source" in token)) return false;
  const body = token.source.slice(1);
  const closes = quote === "'" ? /^(?:[^']|'')*'$/ : /^(?:[^"\\]|\\[^])*"$/;
  return !closes.test(body);
}

const quotes: Readonly<Record<string, string>> = {
  "single-quoted-scalar": "'",
  "double-quoted-scalar": '"',
};

function isOpenBracket(
  token: CST.Token | CST.CollectionItem,
): token is CST.FlowCollection {
  if (!("type" in token) || token.type !== "flow-collection") return false;
  return !token.end.some(({ type }) => /^flow-(?:map|seq)-end$/.test(type));
}

function lengthOf(token: CST.Token): number {
  return "source" in token && typeof token.source === "string"
    ? token.source.length
    : 0;
}

function isMergeKey(
  token: CST.Token | CST.CollectionItem,
): token is CST.CollectionItem & { readonly key: CST.Token } {
  if (!("key" in token) || token.key?.type !== "scalar") return false;
  return token.key.source === "<<";
}

function levels(token: CST.Token | CST.CollectionItem): number {
  return "items" in token ? 1 : 0;
}

function childrenOf(
  token: CST.Token | CST.CollectionItem,
): readonly (CST.Token | CST.CollectionItem)[] {
  const children: (CST.Token | CST.CollectionItem | null | undefined)[] = [];
  if ("start" in token && Array.isArray(token.start))
    children.push(...token.start);
  if ("sep" in token && token.sep) children.push(...token.sep);
  if ("key" in token) children.push(token.key);
  if ("value" in token) children.push(token.value);
  if ("items" in token) children.push(...token.items);
  if ("props" in token) children.push(...token.props);
  if ("end" in token && Array.isArray(token.end)) children.push(...token.end);
  return children.filter((child) => child !== null && child !== undefined);
}
