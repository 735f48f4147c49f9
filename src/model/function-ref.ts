/** One function of the project: its file, and its id there (`-1` is the module's top level). */
export interface FunctionRef {
  readonly path: string;
  readonly at: number;
}
