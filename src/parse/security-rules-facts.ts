/** An expression of security rules, as far as access depends on it. */
export type RuleExpression =
  | {
      readonly kind: "literal";
      readonly value: string | number | boolean | null;
    }
  | {
      /** A dotted name: `request.auth.uid`, also for `request.auth['uid']`. */
      readonly kind: "name";
      readonly name: string;
    }
  | {
      readonly kind: "call";
      /** Dotted name of the function; the method alone where it is called on a value. */
      readonly callee: string;
      readonly on?: RuleExpression;
      readonly arguments: readonly RuleExpression[];
    }
  | {
      /** A member of a value that is no name: `get(…).data`. */
      readonly kind: "member";
      readonly of: RuleExpression;
      readonly name: string;
    }
  | {
      /** A document's path: its fixed parts as text, `*` for the others. */
      readonly kind: "path";
      readonly text: string;
      readonly holes: readonly RuleExpression[];
    }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: RuleExpression;
      readonly right: RuleExpression;
    }
  | { readonly kind: "not"; readonly of: RuleExpression }
  | { readonly kind: "list"; readonly items: readonly RuleExpression[] }
  | { readonly kind: "unknown" };

/** An `allow` statement; one without a condition always allows. */
export interface RuleAllow {
  readonly methods: readonly string[];
  readonly condition: RuleExpression;
  /** From 1. */
  readonly line: number;
}

/** A `match` with its whole path: `/databases/{database}/documents/users/{userId}`. */
export interface RuleMatch {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly allows: readonly RuleAllow[];
}

/** A function of the rules. */
export interface RuleFunction {
  readonly parameters: readonly string[];
  readonly lets: ReadonlyMap<string, RuleExpression>;
  readonly result: RuleExpression;
}

/** The rules of one file. */
export interface SecurityRules {
  readonly service: "firestore" | "storage";
  readonly matches: readonly RuleMatch[];
  /** By name; nested ones as well. */
  readonly functions: ReadonlyMap<string, RuleFunction>;
}
