import type { LineRange } from "#gate/finding.js";
import { lineOf, ts, visitNodes } from "#parse/syntax.js";
import type { Signal } from "./signal.js";

/** A function's lines, and which of them only lay out what is shown. */
export interface Body {
  readonly lines: LineRange;
  readonly markup: ReadonlySet<number>;
}

/** Which lines a signal speaks for. */
export interface Reach {
  /** The expression or statement that holds it. */
  readonly expression: LineRange;
  /** The function that holds it, where it speaks for that; one object for all signals of a function. */
  readonly body?: Body;
}

/** Answers how far signals of one file speak. */
export function reachOf(source: ts.SourceFile): (signal: Signal) => Reach {
  const holderOf = climbing(holderAbove);
  const functionOf = climbing(functionAbove);
  const bodies = new Map<ts.Node, Body>();
  return ({ node, reach }) => {
    const expression = linesOf(source, holderOf(node));
    const holder = reach === "function" ? functionOf(node) : undefined;
    if (!holder || !ts.isFunctionLike(holder)) return { expression };
    const body = bodies.get(holder) ?? {
      lines: linesOf(source, holder),
      markup: markupLines(source, holder),
    };
    bodies.set(holder, body);
    return { expression, body };
  };
}

/**
 * Climbs from a node until a step says where the climb ends. What was climbed once is not climbed again: in a chain of
 * thousands of calls each of them would go all the way.
 */
function climbing(
  step: (node: ts.Node) => ts.Node | undefined,
): (node: ts.Node) => ts.Node {
  const known = new Map<ts.Node, ts.Node>();
  return (node) => {
    const way: ts.Node[] = [];
    let at = node;
    let end = known.get(at);
    while (end === undefined) {
      way.push(at);
      end = ts.isSourceFile(at.parent) ? at : step(at);
      if (end !== undefined) break;
      at = at.parent;
      end = known.get(at);
    }
    for (const passed of way) known.set(passed, end);
    return end;
  };
}

function linesOf(source: ts.SourceFile, node: ts.Node): LineRange {
  return {
    start: lineOf(source, node.getStart(source)),
    end: lineOf(source, node.getEnd()),
  };
}

/** The largest part around a node that says one thing: its statement, its property, its tag. */
function holderAbove(node: ts.Node): ts.Node | undefined {
  const { parent } = node;
  if (ts.isIfStatement(parent))
    return parent.expression === node && leaves(parent.thenStatement)
      ? parent
      : node;
  if (isOwnPart(parent)) return parent;
  return isEnclosure(parent) ? node : undefined;
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
function functionAbove(node: ts.Node): ts.Node | undefined {
  const { parent } = node;
  const isFunction =
    ts.isFunctionLike(parent) && "body" in parent && parent.body !== undefined;
  if (!isFunction) return undefined;
  return isPassedAlong(parent) && hasFunctionAround(parent)
    ? undefined
    : parent;
}

function hasFunctionAround(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent)
    if (ts.isFunctionLike(at)) return true;
  return false;
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
