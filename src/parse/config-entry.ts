/** One scalar of a configuration file, with the way that leads to it. */
export interface ConfigEntry {
  /** Keys from the root; places in a list are numbers from 0. */
  readonly keys: readonly string[];
  /** Text without quotes. */
  readonly value: string;
  /** From 1. */
  readonly line: number;
}
