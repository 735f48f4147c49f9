import type { Json } from "#parse/marker.js";

/**
 * What a policy lets in. `any`: every origin, written so. `default`: every origin, because none was stated.
 * `reflected`: whatever the request names. `unset`: every origin while a setting or list is empty. `loose`: a test that
 * strangers can pass. `reference`: what a name of another file says.
 */
export type Opening =
  | {
      readonly kind: "any" | "default" | "reflected" | "unset" | "loose";
      /** Line that opens, from 1. */
      readonly line: number;
      /** A clause that explains it. */
      readonly note?: string;
      /** The library may not read it as its author meant it. */
      readonly isDoubtful?: true;
    }
  | {
      readonly kind: "reference";
      /** Dotted name in this file. */
      readonly name: string;
      readonly line: number;
      /** What holds where the name leads to nothing. */
      readonly otherwise?: "default";
    };

/** Whether cookies may come along: stated here, or by the name of another file. */
export type Credentials = boolean | { readonly name: string };

/** One place that states a cross-origin policy, or leaves it to a default. */
export interface PolicyMark {
  readonly type: "policy";
  /** How the place is called in a sentence: `cors()`, `the Access-Control-Allow-Origin header`. */
  readonly means: string;
  readonly line: number;
  readonly openings: readonly Opening[];
  readonly credentials: Credentials;
  /**
   * `app`: what the program serves from where this stands. `route`: what those answer that use it. `bucket`: stored
   * files.
   */
  readonly scope: "app" | "route" | "bucket";
  /** Path that it is limited to, where it names one. */
  readonly route?: string;
  /** Methods that it is limited to, upper case, where it names them. */
  readonly methods?: readonly string[];
  /** Name under which the file keeps it for others to use. */
  readonly keptAs?: string;
  /** Nothing in this file uses it, and it is not exported. */
  readonly isUnused?: true;
}

/** What a value that others may refer to lets in, by the line where it starts. */
export interface ValueMark {
  readonly type: "value";
  /** Name of the variable, property or function. */
  readonly name: string;
  readonly line: number;
  readonly openings: readonly Opening[];
}

/** What the code of a file does, as far as it matters for who may call it. */
export type Trait =
  /** Knows its caller by a cookie. */
  | "session"
  /** Knows its caller by a header that the browser does not send by itself. */
  | "token"
  /** Calls a service that is paid by use. */
  | "costly"
  /** Takes more than GET. */
  | "writes"
  /** Runs inside a browser. */
  | "browser"
  /** Answers requests by itself, whatever its path. */
  | "handler";

export interface TraitsMark {
  readonly type: "traits";
  readonly traits: readonly Trait[];
}

export type CorsMark = PolicyMark | ValueMark | TraitsMark;

/** Marks are plain data; this says so to the compiler. */
export function asJson(marks: readonly CorsMark[]): readonly Json[] {
  return marks as unknown as readonly Json[];
}
