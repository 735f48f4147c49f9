import type { Value } from "#parse/module-facts.js";
import type { FunctionRef } from "./function-ref.js";
import type { Placed } from "./placed.js";

/** Something that runs around a handler: middleware, a hook, a wrapper, a guard of a class, a platform's own test. */
export interface ChainLink {
  /** Its function, where the project holds it. */
  readonly ref?: FunctionRef;
  /** The function that is handed to it and that it runs: `asyncHandler(async (req, res, next) => …)`. */
  readonly wraps?: FunctionRef;
  /** As written: `requireAuth`, `passport.authenticate`, `verify_jwt`. */
  readonly name: string;
  readonly line: number;
  readonly file: string;
  /** The value as written, where it is more than a name. */
  readonly value?: Value;
  /** The file that the value is written in, where that is another one. */
  readonly valueFile?: string;
  /** Runs for every route and decides by the path whether it acts. */
  readonly isGlobal?: true;
}

/** One way into the app from outside. */
export interface Route {
  readonly framework: string;
  /** `GET` …, `*` for all of them, `ACTION` for a server action or form action, `PROCEDURE` for a procedure. */
  readonly methods: readonly string[];
  /** Path with `:name` for parameters and `*` for the rest; what names it where it has no path. */
  readonly path: string;
  readonly file: string;
  /** Line on which it is declared, from 1. */
  readonly line: number;
  readonly handler: FunctionRef;
  /** What runs around the handler, outermost first. */
  readonly chain: readonly ChainLink[];
  /** The schema that what is sent has passed before the handler sees it. */
  readonly schema?: Placed;
}
