import type { LineRange } from "#gate/finding.js";
import { lineOf, ts, visitNodes } from "#parse/syntax.js";
import type { Signal } from "./signal.js";

/** Which lines a signal speaks for. */
export interface Reach {
  /** The expression or statement that holds it. */
  readonly expression: LineRange;
  /** The function that holds it, where it speaks for that. */
  readonly body?: LineRange;
  /** Lines of the body that only lay out what is shown. */
  readonly markup: ReadonlySet<number>;
}

/** Answers how far signals of one file speak. */
export function reachOf(source: ts.SourceFile): (signal: Signal) => Reach {
  const markups = new Map<ts.Node, ReadonlySet<number>>();
  return ({ node, reach }) => {
    const expression = linesOf(source, holderOf(node));
    const body = reach === "function" ? functionOf(node) : undefined;
    if (body === undefined) return { expression, markup: new Set() };
    const markup = markups.get(body) ?? markupLines(source, body);
    markups.set(body, markup);
    return { expression, body: linesOf(source, body), markup };
  };
}

function linesOf(source: ts.SourceFile, node: ts.Node): LineRange {
  return {
    start: lineOf(source, node.getStart(source)),
    end: lineOf(source, node.getEnd()),
  };
}

/** The largest part around a node that says one thing: its statement, its property, its tag. */
function holderOf(node: ts.Node): ts.Node {
  let at = node;
  for (; !ts.isSourceFile(at.parent); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent))
      return parent.expression === at && leaves(parent.thenStatement)
        ? parent
        : at;
    if (isOwnPart(parent)) return parent;
    if (isEnclosure(parent)) return at;
  }
  return at;
}

/** Ends a climb and belongs to it. */
function isOwnPart(node: ts.Node): boolean {
  return (
    ts.isExpressionStatement(node) ||
    ts.isVariableStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isExportAssignment(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isJsxAttribute(node) ||
    ts.isJsxOpeningElement(node) ||
    ts.isJsxSelfClosingElement(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node)
  );
}

/** Ends a climb and holds much else besides. */
function isEnclosure(node: ts.Node): boolean {
  return (
    ts.isStatement(node) ||
    ts.isFunctionLike(node) ||
    ts.isClassLike(node) ||
    ts.isJsxElement(node) ||
    ts.isJsxFragment(node) ||
    ts.isJsxExpression(node) ||
    ts.isCaseOrDefaultClause(node)
  );
}

/** A branch that ends here: what follows is what its condition guards. */
function leaves(branch: ts.Statement): boolean {
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) ||
      ts.isThrowStatement(last) ||
      ts.isExpressionStatement(last))
  );
}

const passThrough =
  /^(map|forEach|filter|reduce|flatMap|some|every|find|then|catch|finally|\$?transaction|all|allSettled|runTransaction|withTransaction|tryCatch|step|run|cache|unstable_cache)$/;

/** The function that a node stands in; one that is only passed along within another counts as part of it. */
function functionOf(node: ts.Node): ts.Node | undefined {
  let inner: ts.Node | undefined;
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isFunctionLike(at) || !("body" in at) || at.body === undefined)
      continue;
    inner = at;
    if (!isPassedAlong(at)) return at;
  }
  return inner;
}

function isPassedAlong(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent))
    return ts.isCallExpression(parent.parent);
  if (!ts.isCallExpression(parent) || parent.expression === node) return false;
  const { expression } = parent;
  return (
    ts.isPropertyAccessExpression(expression) &&
    passThrough.test(expression.name.text)
  );
}

/** Lines with nothing but tags, their attributes and the words between them. */
function markupLines(
  source: ts.SourceFile,
  body: ts.Node,
): ReadonlySet<number> {
  const starts = source.getLineStarts();
  const covered = new Map<number, (readonly [number, number])[]>();
  visitNodes(body, (node) => {
    if (!isMarkup(node) || isMarkup(node.parent)) return;
    const from = lineOf(source, node.getStart(source));
    const to = lineOf(source, node.getEnd());
    for (let line = from; line <= to; line += 1) {
      const spans = covered.get(line) ?? [];
      spans.push([node.getStart(source), node.getEnd()]);
      covered.set(line, spans);
    }
  });
  const lines = new Set<number>();
  for (const [line, spans] of covered) {
    const start = starts[line - 1] ?? 0;
    const end = starts[line] ?? source.text.length;
    if (
      /^(?:\s|return|[();,])*$/.test(outside(source.text, [start, end], spans))
    )
      lines.add(line);
  }
  return lines;
}

function isMarkup(node: ts.Node): boolean {
  return (
    ts.isJsxElement(node) ||
    ts.isJsxSelfClosingElement(node) ||
    ts.isJsxFragment(node)
  );
}

/** What of a stretch of text lies in none of the spans. */
function outside(
  text: string,
  [start, end]: readonly [number, number],
  spans: readonly (readonly [number, number])[],
): string {
  let rest = "";
  let at = start;
  for (const [from, to] of [...spans].sort((one, other) => one[0] - other[0])) {
    if (from > at) rest += text.slice(at, Math.min(from, end));
    at = Math.max(at, to);
  }
  return at < end ? rest + text.slice(at, end) : rest;
}
