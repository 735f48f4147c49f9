import { lineOf, ts } from "./syntax.js";

/** More characters of comment than this say nothing of one field. */
const maxCharacters = 500;

/** The comments above a node and on the rest of its line, without their marks. */
export function notesOf(node: ts.Node, source: ts.SourceFile): string[] {
  const { text } = source;
  const leading = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const end = endWithComma(text, node.end);
  const trailing = ts.getTrailingCommentRanges(text, end) ?? [];
  const previousLine = lineOf(source, node.getFullStart());
  return [
    ...trailing,
    // A comment that ends the line before belongs to what stands there.
    ...leading.filter(
      ({ pos }) =>
        node.getFullStart() === 0 || lineOf(source, pos) !== previousLine,
    ),
  ]
    .map(({ pos, end: stop }) =>
      text
        .slice(pos, Math.min(stop, pos + maxCharacters))
        .replace(/^\/[/*]+\s*|\s*\*+\/$/g, "")
        .replace(/\n\s*\*\s?/g, "\n")
        .trim(),
    )
    .filter((note) => note !== "");
}

function endWithComma(text: string, end: number): number {
  return /[,;]/.test(text.charAt(end)) ? end + 1 : end;
}
