import type {
  RuleExpression,
  RuleFunction,
} from "#parse/security-rules-facts.js";

/** What a condition says for a caller, whatever the document holds. */
export interface RuleTruth {
  readonly stranger: "always" | "never" | "depends";
  /** Any person who is signed in, not the document's owner. */
  readonly signedIn: "always" | "never" | "depends";
  /** Holds only until a time that the rules state. */
  readonly dated: boolean;
  /** The last day, `YYYY-MM-DD`, where it is written as a date. */
  readonly until?: string;
}

type Truth = RuleTruth["stranger"];
type Functions = ReadonlyMap<string, RuleFunction>;

/** Calls within calls that are followed, and expressions looked at in one condition. */
const limits = { depth: 8, steps: 4000 };

/** Reads a condition for strangers and for any signed-in user, functions of the rules followed. */
export function truthOfRule(
  condition: RuleExpression,
  functions: Functions,
): RuleTruth {
  const dates: string[] = [];
  const read = (caller: Caller): Truth =>
    new Reader(functions, caller, dates).truth(condition, new Map(), 0);
  const stranger = read("stranger");
  const signedIn = read("signedIn");
  const until = dates
    .filter((date) => date !== "")
    .sort()
    .at(-1);
  return {
    stranger,
    signedIn,
    dated: dates.length > 0,
    ...(until !== undefined && { until }),
  };
}

type Caller = "stranger" | "signedIn";
type Bindings = ReadonlyMap<string, RuleExpression>;

class Reader {
  readonly #functions: Functions;
  readonly #caller: Caller;
  readonly #dates: string[];
  #steps = 0;

  constructor(functions: Functions, caller: Caller, dates: string[]) {
    this.#functions = functions;
    this.#caller = caller;
    this.#dates = dates;
  }

  truth(node: RuleExpression, bound: Bindings, depth: number): Truth {
    this.#steps += 1;
    if (this.#steps > limits.steps || depth > limits.depth * 20)
      return "depends";
    switch (node.kind) {
      case "literal":
        return decided(node.value === true);
      case "not":
        return opposite(this.truth(node.of, bound, depth + 1));
      case "binary":
        return this.#binary(node, bound, depth);
      case "call":
        return this.#call(node, bound, depth);
      case "name": {
        const value = bound.get(node.name);
        return value === undefined || value === node
          ? "depends"
          : this.truth(value, bound, depth + 1);
      }
      default:
        return "depends";
    }
  }

  #binary(
    node: Extract<RuleExpression, { kind: "binary" }>,
    bound: Bindings,
    depth: number,
  ): Truth {
    const { operator, left, right } = node;
    if (operator === "&&" || operator === "||") {
      const parts = [left, right].map((part) =>
        this.truth(part, bound, depth + 1),
      );
      const [strong, weak]: readonly [Truth, Truth] =
        operator === "||" ? ["always", "never"] : ["never", "always"];
      if (parts.includes(strong)) return strong;
      return parts.every((part) => part === weak) ? weak : "depends";
    }
    const sides = [left, right].map((side) => resolved(side, bound));
    return this.#comparison(operator, sides);
  }

  #comparison(operator: string, sides: readonly RuleExpression[]): Truth {
    const [one, other] = sides;
    if (one === undefined || other === undefined) return "depends";
    if (isClock(one) && /^<=?$/.test(operator)) return this.#dated(other);
    if (isClock(other) && /^>=?$/.test(operator)) return this.#dated(one);
    const isNull = sides.some(
      (side) => side.kind === "literal" && side.value === null,
    );
    const asked = sides.find(isIdentity);
    const isEqual = /^={2,3}$/.test(operator);
    if (asked && isNull && /^[!=]={1,2}$/.test(operator))
      return decided((this.#caller === "stranger") === isEqual);
    if (asked) return this.#caller === "stranger" ? "never" : "depends";
    if (one.kind !== "literal" || other.kind !== "literal") return "depends";
    return isEqual ? decided(one.value === other.value) : "depends";
  }

  #dated(limit: RuleExpression): Truth {
    this.#dates.push(dayOf(limit));
    return "always";
  }

  #call(
    node: Extract<RuleExpression, { kind: "call" }>,
    bound: Bindings,
    depth: number,
  ): Truth {
    if (node.callee === "?:") {
      const [test, yes, no] = node.arguments;
      if (!test || !yes || !no) return "depends";
      const asked = this.truth(test, bound, depth + 1);
      if (asked === "depends") return "depends";
      return this.truth(asked === "always" ? yes : no, bound, depth + 1);
    }
    const called = node.on ? undefined : this.#functions.get(node.callee);
    if (called === undefined || depth > limits.depth)
      return this.#unknownCall(node);
    const inner = new Map(
      called.parameters.map((name, index) => [
        name,
        resolved(node.arguments[index] ?? { kind: "unknown" }, bound),
      ]),
    );
    for (const [name, value] of called.lets)
      inner.set(name, resolved(value, inner));
    return this.truth(called.result, inner, depth + 1);
  }

  /** `get(…/$(request.auth.uid))` fails for strangers, as all that reads a member of nothing. */
  #unknownCall(node: Extract<RuleExpression, { kind: "call" }>): Truth {
    return this.#caller === "stranger" && mentionsIdentity(node)
      ? "never"
      : "depends";
  }
}

function decided(holds: boolean): Truth {
  return holds ? "always" : "never";
}

function opposite(truth: Truth): Truth {
  if (truth === "depends") return truth;
  return truth === "always" ? "never" : "always";
}

function resolved(node: RuleExpression, bound: Bindings): RuleExpression {
  return node.kind === "name" ? (bound.get(node.name) ?? node) : node;
}

/** `request.auth` and its parts; `auth` in the rules of the Realtime Database. */
function isIdentity(node: RuleExpression): boolean {
  return node.kind === "name" && /^(?:request\.)?auth(?:\.|$)/.test(node.name);
}

function mentionsIdentity(root: RuleExpression): boolean {
  const pending: RuleExpression[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (isIdentity(node)) return true;
    if (node.kind === "path") pending.push(...node.holes);
    if (node.kind === "call")
      pending.push(...node.arguments, ...(node.on ? [node.on] : []));
    if (node.kind === "member") pending.push(node.of);
  }
  return false;
}

function isClock(node: RuleExpression): boolean {
  return node.kind === "name" && /^(?:request\.time|now)$/.test(node.name);
}

/** `timestamp.date(2025, 1, 31)`, or milliseconds in the rules of the Realtime Database. */
function dayOf(limit: RuleExpression): string {
  if (
    limit.kind === "literal" &&
    typeof limit.value === "number" &&
    limit.value > 1e12 &&
    limit.value < 1e14
  )
    return new Date(limit.value).toISOString().slice(0, 10);
  if (limit.kind !== "call" || limit.callee !== "timestamp.date") return "";
  const parts = limit.arguments.map((part) =>
    part.kind === "literal" ? Number(part.value) : Number.NaN,
  );
  if (parts.length !== 3 || parts.some(Number.isNaN)) return "";
  return parts
    .map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0"))
    .join("-");
}
