import type { Span } from "./problem.js";

/** Tells lines and columns of a text from offsets in it. */
export class TextPosition {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
      starts.push(at + 1);
    this.#starts = starts;
  }

  /** The span between two offsets; without its end where that stands on another line. */
  span(start: number, end = start): Span {
    const line = this.#lineAt(start);
    const first = this.#starts[line] ?? 0;
    const span = { line: line + 1, column: start - first + 1 };
    if (end <= start || this.#lineAt(end) !== line) return span;
    return { ...span, endColumn: end - first + 1 };
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
