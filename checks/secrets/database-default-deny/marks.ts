/** Slug of the check. */
export const checkName = "database-default-deny";

/** A hole that one file shows by itself. */
export interface HoleMark {
  readonly [key: string]: string | number | undefined;
  readonly kind: "hole";
  readonly rule: string;
  readonly line: number;
  readonly message: string;
  readonly fix: string;
  readonly confidence: "certain" | "likely" | "possible";
  /** What tells it from others of its rule in this file. */
  readonly about: string;
  readonly atMost?: "advise" | "notice";
  /** The last day on which it is open, `YYYY-MM-DD`. */
  readonly until?: string;
}

/** What the marker notes of a file. */
export type Mark =
  | {
      /** Schemas that the API serves, by the project's configuration. */
      readonly kind: "schemas";
      readonly names: readonly string[];
    }
  | {
      /** Tables that the code asks for. */
      readonly kind: "tables";
      readonly names: readonly string[];
    }
  | {
      /** The file holds rules of a service, or describes a database, and was read. */
      readonly kind: "described";
      readonly what: string;
    }
  | {
      /** Rules of a collection of PocketBase; empty names where the file does not say them. */
      readonly kind: "collection";
      readonly name: string;
      readonly id: string;
      readonly line: number;
      readonly rules: readonly {
        readonly name: string;
        readonly line: number;
        readonly isOpen: boolean;
      }[];
    }
  | HoleMark;
