/** A part of a document that speaks of going back to an earlier release. */
export interface ProcedureMark {
  readonly [key: string]: string | number | boolean;
  readonly kind: "procedure";
  readonly line: number;
  /** Whether it says what to do: a list, a command. */
  readonly hasSteps: boolean;
  /** How long it says that it takes. */
  readonly time: "minutes" | "hours" | "unsaid";
}

/** Something in a migration that cannot be taken back. */
export interface MigrationMark {
  readonly [key: string]: string | number;
  readonly kind: "migration";
  readonly rule: "destructive-migration" | "no-way-back";
  /** What it does, as a verb with its object: `drops the column age`. */
  readonly does: string;
  readonly line: number;
}

/** A place that shows that the app is deployed somewhere. */
export interface DeploymentMark {
  readonly [key: string]: string | number;
  readonly kind: "deployment";
  readonly what: string;
  readonly line: number;
  /** The lower, the plainer. */
  readonly rank: number;
}

/** What is noted of a file. */
export type RollbackMark = ProcedureMark | MigrationMark | DeploymentMark;
