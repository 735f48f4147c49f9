import type { DataShape } from "./data-shape.js";
import type { FunctionRef } from "./function-ref.js";
import type { CallValue } from "./value-walk.js";

/** Where a value comes from: the request, who is known to call, or neither. */
export type Origin = "input" | "identity" | "other";

/** A column with where its value comes from. */
export interface TracedEntry {
  readonly key: string;
  readonly origin: Origin;
  /** The whole of what the client sent, not one field of it. */
  readonly isWhole: boolean;
}

/** Something that a route does to stored data. */
export interface Operation extends Omit<DataShape, "predicates" | "values"> {
  readonly file: string;
  readonly line: number;
  /** `policies`: the database decides by row; `privileged`: past its policies; `database`: it knows no callers. */
  readonly rights: "policies" | "privileged" | "database";
  readonly predicates: readonly TracedEntry[];
  readonly values: readonly TracedEntry[];
  /** Whether the caller stands anywhere in it. */
  readonly namesCaller: boolean;
  /** Whether a condition in it names the caller, on the rows themselves or on rows that hang on them. */
  readonly asksForCaller: boolean;
  /** The function that it stands in, and how it is written there. */
  readonly in: FunctionRef;
  readonly call: CallValue;
}

/** A call from one function of the project to another. */
export interface FlowCall {
  readonly from: FunctionRef;
  readonly call: CallValue;
  readonly to: FunctionRef;
}

/** A call to a payment provider with an amount in it. */
export interface Charge {
  readonly file: string;
  readonly line: number;
  readonly callee: string;
}

/** Something that a route does at another service with the key of the app. */
export interface Act {
  readonly file: string;
  readonly line: number;
  /** For a sentence: `moves money at Stripe with the app's own key`. */
  readonly what: string;
}

/** What a route does with what it is sent. */
export interface RequestFlow {
  readonly operations: readonly Operation[];
  /** Payments whose amount comes from the request. */
  readonly charges: readonly Charge[];
  /** What it undoes, spends or publishes elsewhere. */
  readonly acts: readonly Act[];
  /** Whether anything compares the caller with what was found, or asks about both. */
  readonly comparesCaller: boolean;
  /** Whether anything asks for a role or right that the request does not name itself. */
  readonly asksForRole: boolean;
  /** Which functions of the project call which on the way. */
  readonly calls: readonly FlowCall[];
}
