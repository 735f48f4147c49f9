import { pieceEnd, type SqlText } from "./sql-split.js";

/** The text of one statement, asked for lines and comments by the grammar's byte positions. */
export interface SqlSource {
  /** Line of its first word, from 1. */
  readonly line: number;
  /** Line of a position, which the grammar counts in bytes of UTF-8 from 0. */
  readonly lineAt: (byteOffset: number) => number;
  /** Comments that end a line, and those that fill the lines right above it. */
  readonly notesAt: (line: number) => readonly string[];
}

/** Reads comments and line starts of a statement, each at most once and only when asked. */
export function sourceOf(statement: SqlText): SqlSource {
  let starts: readonly number[] | undefined;
  let comments: ReadonlyMap<number, Comment> | undefined;
  return {
    line: statement.line,
    lineAt: (byteOffset) => {
      starts ??= lineStarts(statement.text);
      return statement.line + indexIn(starts, byteOffset);
    },
    notesAt: (line) => {
      comments ??= commentsOf(statement);
      return notesAround(comments, line);
    },
  };
}

interface Comment {
  readonly text: string;
  /** Nothing else stands on its line. */
  readonly alone: boolean;
}

function lineStarts(text: string): readonly number[] {
  const bytes = Buffer.from(text);
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1))
    starts.push(at + 1);
  return starts;
}

function indexIn(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function commentsOf({
  text,
  line: firstLine,
}: SqlText): ReadonlyMap<number, Comment> {
  const found = new Map<number, Comment>();
  let [line, lineStart, at] = [firstLine, 0, 0];
  while (at < text.length) {
    const end = pieceEnd(text, at);
    const piece = text.slice(at, end);
    const isComment = piece.startsWith("--") || piece.startsWith("/*");
    if (isComment)
      found.set(line, {
        text: piece.replace(/^(?:--+|\/\*+)\s*|\s*\*\/$/g, "").trim(),
        alone: text.slice(lineStart, at).trim() === "",
      });
    for (
      let brk = piece.indexOf("\n");
      brk >= 0;
      brk = piece.indexOf("\n", brk + 1)
    ) {
      line += 1;
      lineStart = at + brk + 1;
    }
    at = end;
  }
  return found;
}

/** More lines of comment above a column belong to something else. */
const maxLinesAbove = 5;

function notesAround(
  comments: ReadonlyMap<number, Comment>,
  line: number,
): string[] {
  const notes: string[] = [];
  const beside = comments.get(line);
  if (beside && !beside.alone) notes.push(beside.text);
  for (let above = line - 1; above >= line - maxLinesAbove; above--) {
    const comment = comments.get(above);
    if (!comment?.alone) break;
    notes.push(comment.text);
  }
  return notes;
}
