import { lineOf, ts, visitNodes } from "#parse/syntax.js";

/** Lines of a file that hold nothing but comments and blanks: editing them changes no behaviour. */
export function silentLines(source: ts.SourceFile): (line: number) => boolean {
  const { text } = source;
  let comments: ReadonlyMap<number, readonly Span[]> | undefined;
  const starts = source.getLineStarts();
  const known = new Map<number, boolean>();
  return (line) => {
    // Many files of a change are asked about few lines, and some about none.
    comments ??= commentsOf(source);
    const answer =
      known.get(line) ??
      isSilent(
        text,
        starts[line - 1] ?? text.length,
        starts[line] ?? text.length,
        comments.get(line) ?? [],
      );
    known.set(line, answer);
    return answer;
  };
}

type Span = readonly [number, number];

function isSilent(
  text: string,
  start: number,
  end: number,
  comments: readonly Span[],
): boolean {
  for (let at = start; at < end; at += 1) {
    const comment = comments.find(([from, to]) => from <= at && at < to);
    if (comment) at = comment[1] - 1;
    else if (!/\s/.test(text.charAt(at))) return false;
  }
  return true;
}

/** Comments by the lines that they touch. */
function commentsOf(
  source: ts.SourceFile,
): ReadonlyMap<number, readonly Span[]> {
  const { text } = source;
  const found = new Map<number, Span>();
  const note = (ranges: readonly ts.CommentRange[] | undefined) => {
    for (const { pos, end } of ranges ?? []) found.set(pos, [pos, end]);
  };
  visitNodes(source, (node) => {
    // What looks like a comment in the words between tags is words.
    if (ts.isJsxText(node) || isBetweenTags(node)) return;
    note(ts.getLeadingCommentRanges(text, node.pos));
    note(ts.getTrailingCommentRanges(text, node.end));
    // What follows on later lines may precede a dot or a bracket, which is no node of its own.
    note(ts.getLeadingCommentRanges(text, node.end));
    const inside = firstPosition(node);
    if (inside !== undefined) note(ts.getLeadingCommentRanges(text, inside));
  });
  const byLine = new Map<number, Span[]>();
  for (const span of found.values())
    for (
      let line = lineOf(source, span[0]);
      line <= lineOf(source, span[1]);
      line += 1
    )
      byLine.set(line, [...(byLine.get(line) ?? []), span]);
  return byLine;
}

function isBetweenTags(node: ts.Node): boolean {
  return (
    (ts.isJsxElement(node) ||
      ts.isJsxSelfClosingElement(node) ||
      ts.isJsxExpression(node) ||
      ts.isJsxFragment(node)) &&
    (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent)) &&
    !ts.isJsxExpression(node)
  );
}

/** Where the comments of something begin that may hold nothing else. */
function firstPosition(node: ts.Node): number | undefined {
  if (ts.isBlock(node)) return node.statements.pos;
  return ts.isJsxExpression(node) ? node.pos + 1 : undefined;
}
