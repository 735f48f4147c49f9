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
  const options = {
    languageVersion: ts.ScriptTarget.Latest,
    // What comments say is read from the text, where it is read at all.
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  try {
    // The walk over all of it that sets the parents lists the nodes too, so the parser need not walk for them.
    const source = ts.createSourceFile(path, text, options, false, kind);
    lists.set(source, listNodes(source));
    return source;
  } catch (cause) {
    throw new NotAnalysed("it is nested too deeply to parse", { cause });
  }
}

/** The name of a kind of nodes. */
export type KindName = keyof typeof ts.SyntaxKind;

/** All nodes of a tree in source order, and the kind of each: numbers in a row are looked through in no time. */
interface NodeList {
  readonly nodes: readonly ts.Node[];
  readonly kinds: Uint16Array;
}

/**
 * Visits every node in source order without recursion, so that a hostile nesting cannot exhaust the stack.
 *
 * @param kinds - The kinds of nodes that are of interest; without them, each.
 */
export function visitNodes(
  root: ts.Node,
  visit: (node: ts.Node) => void,
  kinds?: readonly KindName[],
): void {
  const isWanted = kinds && maskOf(kinds);
  if (!isWanted || !ts.isSourceFile(root)) {
    const { nodes } = ts.isSourceFile(root) ? listOf(root) : listNodes(root);
    for (const node of nodes)
      if (!isWanted || isWanted[node.kind] === 1) visit(node);
    return;
  }
  const list = listOf(root);
  for (let at = 0; at < list.nodes.length; at += 1)
    if (isWanted[list.kinds[at] as number] === 1)
      visit(list.nodes[at] as ts.Node);
}

const masks = new WeakMap<readonly KindName[], Uint8Array>();

function maskOf(kinds: readonly KindName[]): Uint8Array {
  const known = masks.get(kinds);
  if (known) return known;
  const mask = new Uint8Array(ts.SyntaxKind.Count);
  for (const name of kinds) mask[ts.SyntaxKind[name]] = 1;
  masks.set(kinds, mask);
  return mask;
}

// Every reader of a file walks all of it: the tree is taken apart once, and dropped with the file.
const lists = new WeakMap<ts.SourceFile, NodeList>();

function listOf(source: ts.SourceFile): NodeList {
  return lists.get(source) ?? listNodes(source);
}

/** Takes a tree apart, and tells each node what it stands in. */
function listNodes(root: ts.Node): NodeList {
  const nodes: ts.Node[] = [];
  const pending: ts.Node[] = [root];
  const children: ts.Node[] = [];
  let parent = root;
  const addChild = (child: ts.Node) => {
    (child as { parent: ts.Node }).parent = parent;
    children.push(child);
  };
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node);
    parent = node;
    ts.forEachChild(node, addChild);
    for (let last = children.pop(); last !== undefined; last = children.pop())
      pending.push(last);
  }
  const kinds = new Uint16Array(nodes.length);
  for (let at = 0; at < nodes.length; at += 1)
    kinds[at] = (nodes[at] as ts.Node).kind;
  return { nodes, kinds };
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
