/** Where something stands in the file: from 1, the end excluded and on the same line. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endColumn?: number;
}

/** One thing that is wrong with a configuration file. Holds none of its values: they could be secrets. */
export interface ConfigProblem extends Span {
  /** What is wrong, as one sentence. */
  readonly message: string;
  /** What to do, as one sentence. */
  readonly hint?: string;
}

/** Problems in the order of the file. */
export function inFileOrder<P extends ConfigProblem>(
  problems: readonly P[],
): P[] {
  return [...problems].sort(
    (one, other) => one.line - other.line || one.column - other.column,
  );
}
