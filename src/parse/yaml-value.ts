import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type Scalar,
} from "yaml";
import type { ObjectEntry, Value } from "./module-facts.js";

const maxCharacters = 128 * 1024;
const maxDepth = 60;
const maxNodes = 20_000;

/**
 * One YAML document as a value with line numbers. The line of block text (`|`, `>`) is that of its first line of content.
 * Aliases, anchors and tags are not followed: what they stand for is `other`.
 *
 * @returns undefined for text that is too large, is no YAML, or is empty.
 */
export function yamlValue(text: string): Value | undefined {
  if (text.length > maxCharacters) return undefined;
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
    });
    if (document.errors.length > 0 || !document.contents) return undefined;
    return new Reader(lines).read(document.contents, 0);
  } catch {
    // The parser recurses; nesting beyond the stack is no configuration that anyone wrote.
    return undefined;
  }
}

class Reader {
  private left = maxNodes;
  private readonly lines: LineCounter;

  constructor(lines: LineCounter) {
    this.lines = lines;
  }

  read(node: unknown, depth: number): Value {
    const line = this.lineOf(node);
    if (--this.left < 0 || depth > maxDepth) return { kind: "other", line };
    if (isMap(node))
      return {
        kind: "object",
        entries: node.items.map((pair) => this.entry(pair, depth)),
        line,
      };
    if (isSeq(node))
      return {
        kind: "list",
        items: node.items.map((item) => this.read(item, depth + 1)),
        line,
      };
    return isScalar(node) ? this.scalar(node, line) : { kind: "other", line };
  }

  private entry({ key, value }: Pair, depth: number): ObjectEntry {
    const name = isScalar(key) ? String(key.source ?? key.value) : "";
    if (value) return { key: name, value: this.read(value, depth + 1) };
    const nothing = { kind: "literal", value: null } as const;
    return { key: name, value: { ...nothing, line: this.lineOf(key) } };
  }

  private scalar(node: Scalar, line: number): Value {
    const { value, type } = node;
    const isBlock = type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED";
    const start = isBlock ? line + 1 : line;
    if (
      value === null ||
      typeof value === "string" ||
      typeof value === "number" ||
      typeof value === "boolean"
    )
      return { kind: "literal", value, line: start };
    return { kind: "other", line };
  }

  private lineOf(node: unknown): number {
    const range = (node as { range?: readonly number[] | null }).range;
    return this.lines.linePos(range?.[0] ?? 0).line;
  }
}
