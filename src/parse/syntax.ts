import { loadCompiler, ts } from "#compiler";
import { componentScripts, isComponent } from "./components.js";
import { NotAnalysed } from "./not-analysed.js";

/** The only door to syntax trees: raw nodes of the compiler that ts-morph carries. */
export { ts };

// A map, because a path may end in anything: an object would also know `constructor`.
const scripts: ReadonlyMap<string, "TS" | "TSX" | "JSX"> = new Map([
  ["ts", "TS"],
  ["mts", "TS"],
  ["cts", "TS"],
  ["tsx", "TSX"],
  ["js", "JSX"],
  ["mjs", "JSX"],
  ["cjs", "JSX"],
  ["jsx", "JSX"],
]);

/** Whether the path names a JavaScript or TypeScript file. */
export function isScript(path: string): boolean {
  return scripts.has(extensionOf(path));
}

/** Whether the path names a file that holds code of these languages, also among markup. */
export function hasScript(path: string): boolean {
  return isScript(path) || isComponent(path);
}

/**
 * Parses one file, with parents set; of a Vue, Svelte or Astro file the scripts, at the positions where they stand.
 *
 * @throws NotAnalysed when the nesting is deeper than the stack allows.
 */
export function parseScript(path: string, text: string): ts.SourceFile {
  loadCompiler();
  if (isComponent(path)) return parseComponent(path, text);
  const kind = ts.ScriptKind[scripts.get(extensionOf(path)) ?? "TSX"];
  return sourceFile(path, text, kind);
}

function parseComponent(path: string, text: string): ts.SourceFile {
  const scripts = componentScripts(path, text);
  const { TS, TSX } = ts.ScriptKind;
  return sourceFile(path, scripts.text, scripts.isJsx ? TSX : TS);
}

function sourceFile(
  path: string,
  text: string,
  kind: ts.ScriptKind,
): ts.SourceFile {
  try {
    return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  } catch (cause) {
    throw new NotAnalysed("it is nested too deeply to parse", { cause });
  }
}

/** Visits every node in source order without recursion, so that a hostile nesting cannot exhaust the stack. */
export function visitNodes(
  root: ts.Node,
  visit: (node: ts.Node) => void,
): void {
  for (const node of ts.isSourceFile(root) ? nodesOf(root) : listNodes(root))
    visit(node);
}

// Every reader of a file walks all of it: the tree is taken apart once, and dropped with the file.
const lists = new WeakMap<ts.SourceFile, readonly ts.Node[]>();

function nodesOf(source: ts.SourceFile): readonly ts.Node[] {
  const known = lists.get(source);
  if (known) return known;
  const nodes = listNodes(source);
  lists.set(source, nodes);
  return nodes;
}

function listNodes(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const pending: ts.Node[] = [root];
  const children: ts.Node[] = [];
  const addChild = (child: ts.Node) => void children.push(child);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node);
    ts.forEachChild(node, addChild);
    for (let last = children.pop(); last !== undefined; last = children.pop())
      pending.push(last);
  }
  return nodes;
}

const lineStarts = new WeakMap<ts.SourceFile, readonly number[]>();

/**
 * Line of a position, from 1, as git and GitHub count: a line ends with a line feed and with nothing else. The compiler
 * also counts U+2028 and lone carriage returns, by which a comment could shift a finding off its line.
 */
export function lineOf(source: ts.SourceFile, position: number): number {
  const starts = lineStarts.get(source) ?? startsOf(source);
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

function startsOf(source: ts.SourceFile): readonly number[] {
  const starts = [0];
  const { text } = source;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1))
    starts.push(at + 1);
  lineStarts.set(source, starts);
  return starts;
}

function extensionOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).toLowerCase();
}
