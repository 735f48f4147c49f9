/** A cloud function or service whose number of instances nothing limits. */
export interface Unlimited {
  readonly path: string;
  readonly line: number;
  /** What it is, for people: `Firebase function "chat"`. */
  readonly what: string;
  /** The setting that it lacks. */
  readonly setting: string;
}
