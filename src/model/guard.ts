import type { GuardKind } from "./identity-lookups.js";

/** Something on the way to a handler that refuses callers. */
export interface Guard {
  readonly kind: GuardKind;
  /** What tells who the caller is, as written: `getServerSession`, `req.user`. */
  readonly how: string;
  readonly file: string;
  /** Line from 1. */
  readonly line: number;
  /** `throw`: it ends the handling by itself; `return`: whoever calls it must look at what it returns. */
  readonly by: "throw" | "return";
  /** Line of the route's handler from which on it holds; absent where it stands before the handler. */
  readonly from?: number;
}

/** What a value tells of the caller. */
export interface Taint {
  readonly kind: GuardKind;
  readonly how: string;
  readonly line: number;
  /** Whether it is there when the caller is unknown. */
  readonly isError: boolean;
  /** Whether it may be an answer that refuses as well as a caller; any test of it counts. */
  readonly isAmbiguous: boolean;
}

/** What a function does about its callers. */
export interface Summary {
  readonly guards: readonly Guard[];
  /** What its result tells of the caller. */
  readonly identity: Taint | undefined;
}
