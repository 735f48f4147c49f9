import { isRuleMark, type RuleToken } from "./rule-tokens.js";
import type { RuleExpression } from "./security-rules-facts.js";

/** Nesting that no written condition reaches. */
const maxDepth = 60;

const levels: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "===", "!==", "<", ">", "<=", ">=", "in", "is"],
  ["+", "-"],
  ["*", "/", "%"],
];

const unknown: RuleExpression = { kind: "unknown" };

/** An expression of security rules; `unknown` where it, or a part of it, cannot be read. Linear, never throws. */
export function parseRuleExpression(
  tokens: readonly RuleToken[],
): RuleExpression {
  const reader = new Reader(tokens);
  const found = reader.expression(0, 0);
  return reader.isDone ? found : unknown;
}

class Reader {
  readonly #tokens: readonly RuleToken[];
  #at = 0;
  #isLost = false;

  constructor(tokens: readonly RuleToken[]) {
    this.#tokens = tokens;
  }

  get isDone(): boolean {
    return !this.#isLost && this.#at >= this.#tokens.length;
  }

  expression(level: number, depth: number): RuleExpression {
    const operators = levels[level];
    if (operators === undefined) return this.#unary(depth);
    let left = this.expression(level + 1, depth);
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (token.kind === "text" || !operators.includes(token.text)) break;
      this.#at += 1;
      const right = this.expression(level + 1, depth);
      left = { kind: "binary", operator: token.text, left, right };
    }
    if (level === 0 && this.#takes("?")) {
      const yes = this.#deeper(depth);
      if (!this.#takes(":")) this.#isLost = true;
      const no = this.#deeper(depth);
      return { kind: "call", callee: "?:", arguments: [left, yes, no] };
    }
    return left;
  }

  #deeper(depth: number): RuleExpression {
    if (depth < maxDepth) return this.expression(0, depth + 1);
    this.#isLost = true;
    return unknown;
  }

  #unary(depth: number): RuleExpression {
    let negations = 0;
    while (this.#takes("!")) negations += 1;
    if (this.#takes("-")) return this.#unaryMinus(depth);
    const of = this.#postfix(this.#primary(depth), depth);
    return negations % 2 === 1 ? { kind: "not", of } : of;
  }

  #unaryMinus(depth: number): RuleExpression {
    this.#postfix(this.#primary(depth), depth);
    return unknown;
  }

  #primary(depth: number): RuleExpression {
    const token = this.#peek();
    this.#at += 1;
    if (token === undefined) {
      this.#isLost = true;
      return unknown;
    }
    if (token.kind === "text") return { kind: "literal", value: token.text };
    if (token.kind === "number")
      return { kind: "literal", value: Number(token.text) };
    if (token.kind === "name") return named(token.text);
    if (token.text === "(") {
      const inner = this.#deeper(depth);
      if (!this.#takes(")")) this.#isLost = true;
      return inner;
    }
    if (token.text === "[")
      return { kind: "list", items: this.#list("]", depth) };
    if (token.text === "/") return this.#path(depth);
    if (token.text === "{") {
      this.#skip("{", "}");
      return unknown;
    }
    this.#isLost = true;
    return unknown;
  }

  #postfix(start: RuleExpression, depth: number): RuleExpression {
    let value = start;
    for (;;) {
      if (this.#takes(".")) {
        const name = this.#peek()?.text ?? "";
        this.#at += 1;
        value = memberOf(value, name);
      } else if (this.#takes("[")) {
        const [key] = this.#list("]", depth);
        value = memberOf(
          value,
          key?.kind === "literal" ? String(key.value) : "",
        );
      } else if (this.#takes("("))
        value = callOf(value, this.#list(")", depth));
      else return value;
    }
  }

  #list(close: string, depth: number): RuleExpression[] {
    const items: RuleExpression[] = [];
    while (!this.#isLost && !this.#takes(close)) {
      items.push(this.#deeper(depth));
      if (this.#takes(",")) continue;
      if (!isRuleMark(this.#peek(), close) && !this.#takes(":"))
        this.#isLost = true;
    }
    return items;
  }

  /** `/databases/$(database)/documents/users/$(request.auth.uid)`, and the pattern of `matches` in JSON rules. */
  #path(depth: number): RuleExpression {
    let text = "/";
    const holes: RuleExpression[] = [];
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (isRuleMark(token, "$")) {
        this.#at += 1;
        if (!this.#takes("(")) this.#isLost = true;
        holes.push(this.#deeper(depth));
        if (!this.#takes(")")) this.#isLost = true;
        text += "*";
      } else if (
        token.kind === "name" ||
        token.text === "/" ||
        token.text === "-"
      ) {
        this.#at += 1;
        text += token.text;
      } else break;
      if (this.#isLost) break;
    }
    return { kind: "path", text, holes };
  }

  #skip(open: string, close: string): void {
    for (
      let level = 1;
      level > 0 && this.#at < this.#tokens.length;
      this.#at++
    ) {
      if (isRuleMark(this.#peek(), open)) level += 1;
      if (isRuleMark(this.#peek(), close)) level -= 1;
    }
  }

  #takes(mark: string): boolean {
    if (!isRuleMark(this.#peek(), mark)) return false;
    this.#at += 1;
    return true;
  }

  #peek(): RuleToken | undefined {
    return this.#tokens[this.#at];
  }
}

function named(name: string): RuleExpression {
  if (name === "true" || name === "false")
    return { kind: "literal", value: name === "true" };
  return name === "null"
    ? { kind: "literal", value: null }
    : { kind: "name", name };
}

function memberOf(of: RuleExpression, name: string): RuleExpression {
  return of.kind === "name"
    ? { kind: "name", name: `${of.name}.${name}` }
    : { kind: "member", of, name };
}

function callOf(
  callee: RuleExpression,
  given: readonly RuleExpression[],
): RuleExpression {
  if (callee.kind === "name")
    return { kind: "call", callee: callee.name, arguments: given };
  if (callee.kind === "member")
    return {
      kind: "call",
      callee: callee.name,
      on: callee.of,
      arguments: given,
    };
  return unknown;
}
