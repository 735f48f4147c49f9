/** A place that switches backups off, or leaves data where it cannot survive. */
export interface OffMark {
  readonly [key: string]: string | number | undefined;
  readonly kind: "off";
  readonly rule: "backups-off" | "no-last-snapshot" | "data-in-memory";
  /** What it is about, for people: a kind of resource with its name. */
  readonly what: string;
  /** The setting, in our words. */
  readonly setting: string;
  /** What it should say instead. */
  readonly instead: string;
  readonly line: number;
  /** Present where it is not said outright. */
  readonly confidence?: "likely" | "possible";
  /** Present where it may be meant so. */
  readonly atMost?: "advise";
}

/** A place that shows that the app keeps data. */
export interface StoreMark {
  readonly [key: string]: string | number | undefined;
  readonly kind: "store";
  readonly what: string;
  readonly line: number;
  /** The lower, the nearer to the production's database. */
  readonly rank: number;
}

/** A plan of a cloud's own backup service, which backs up what does not say so itself. */
export interface PlanMark {
  readonly [key: string]: string | number | undefined;
  readonly kind: "plan";
  readonly line: number;
}

/** What is noted of a file. */
export type BackupMark = OffMark | StoreMark | PlanMark;
