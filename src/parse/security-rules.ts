import { parseRuleExpression } from "./rule-expression.js";
import { isRuleMark, type RuleToken, ruleTokens } from "./rule-tokens.js";
import type {
  RuleAllow,
  RuleExpression,
  RuleFunction,
  RuleMatch,
  SecurityRules,
} from "./security-rules-facts.js";

/** Deeper matches and larger files are not written by people. */
const limits = { depth: 50, characters: 512 * 1024 };

/**
 * The security rules of Firestore or Cloud Storage. Reads tokens once, in linear time; what it does not understand is
 * skipped, and a condition that it cannot read is kept as unknown.
 *
 * @returns undefined where the text declares no service.
 * @see https://firebase.google.com/docs/rules/rules-language
 */
export function securityRules(text: string): SecurityRules | undefined {
  if (text.length > limits.characters) return undefined;
  const reader = new Reader(ruleTokens(text));
  return reader.read();
}

interface Scope {
  readonly path: string;
  readonly match?: RuleMatch & { readonly allows: RuleAllow[] };
}

class Reader {
  readonly #tokens: readonly RuleToken[];
  readonly #matches: RuleMatch[] = [];
  readonly #functions = new Map<string, RuleFunction>();
  readonly #scopes: Scope[] = [{ path: "" }];
  #service: "firestore" | "storage" | undefined;
  #at = 0;

  constructor(tokens: readonly RuleToken[]) {
    this.#tokens = tokens;
  }

  read(): SecurityRules | undefined {
    while (this.#at < this.#tokens.length) this.#statement();
    return this.#service === undefined
      ? undefined
      : {
          service: this.#service,
          matches: this.#matches,
          functions: this.#functions,
        };
  }

  #statement(): void {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token === undefined) return;
    if (isRuleMark(token, "}")) {
      if (this.#scopes.length > 1) this.#scopes.pop();
    } else if (token.kind !== "name") return;
    else if (token.text === "service") this.#openService();
    else if (token.text === "match") this.#openMatch(token.line);
    else if (token.text === "allow") this.#allow(token.line);
    else if (token.text === "function") this.#function();
  }

  #openService(): void {
    const words: string[] = [];
    while (this.#at < this.#tokens.length && !this.#is("{"))
      words.push(this.#tokens[this.#at++]?.text ?? "");
    this.#at += 1;
    this.#service = words.includes("storage") ? "storage" : "firestore";
    this.#scopes.push({ path: "" });
  }

  #openMatch(line: number): void {
    let path = "";
    // The body's brace is the one that does not follow a slash.
    for (; this.#at < this.#tokens.length; this.#at++) {
      if (this.#is("{") && !path.endsWith("/")) break;
      if (this.#is("{")) {
        const end = this.#until("}");
        path += `{${end}}`;
      } else path += this.#tokens[this.#at]?.text ?? "";
    }
    this.#at += 1;
    const whole = (this.#scopes.at(-1)?.path ?? "") + path;
    const match = { path: whole, line, allows: [] };
    this.#matches.push(match);
    if (this.#scopes.length < limits.depth)
      this.#scopes.push({ path: whole, match });
    else this.#scopes.push({ path: "", match });
  }

  /** The text up to a closing mark, on which it then stands. */
  #until(close: string): string {
    let text = "";
    for (this.#at += 1; this.#at < this.#tokens.length; this.#at++) {
      if (this.#is(close)) break;
      text += this.#tokens[this.#at]?.text ?? "";
    }
    return text;
  }

  #allow(line: number): void {
    const methods: string[] = [];
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at];
      if (token?.kind === "name") methods.push(token.text);
      else if (!isRuleMark(token, ",")) break;
    }
    const allows = this.#scopes.at(-1)?.match?.allows;
    if (!this.#is(":")) {
      allows?.push({
        methods,
        line,
        condition: { kind: "literal", value: true },
      });
      return;
    }
    this.#at += 2;
    allows?.push({ methods, line, condition: this.#expression() });
  }

  /** Where the statement ends: at its semicolon, or where the next one or the block's end begins. */
  #statementEnd(): number {
    let depth = 0;
    for (let at = this.#at; at < this.#tokens.length; at++) {
      const token = this.#tokens[at];
      if (token === undefined) break;
      if (depth === 0 && (isRuleMark(token, ";") || isRuleMark(token, "}")))
        return at;
      if (depth === 0 && token.kind === "name" && token.text === "allow")
        return at;
      if (token.kind !== "mark") continue;
      if ("([{".includes(token.text)) depth += 1;
      if (")]}".includes(token.text)) depth -= 1;
    }
    return this.#tokens.length;
  }

  #function(): void {
    const name = this.#tokens[this.#at++]?.text ?? "";
    const parameters = this.#parameters();
    const lets = new Map<string, RuleExpression>();
    while (this.#at < this.#tokens.length && !this.#is("}")) {
      const token = this.#tokens[this.#at++];
      if (token?.kind !== "name") continue;
      if (token.text === "let") {
        const local = this.#tokens[this.#at]?.text ?? "";
        this.#at += 2;
        lets.set(local, this.#expression());
      } else if (token.text === "return")
        this.#functions.set(name, {
          parameters,
          lets,
          result: this.#expression(),
        });
    }
    this.#at += 1;
  }

  /** The names in the brackets; it then stands behind the brace that opens the body. */
  #parameters(): string[] {
    const names: string[] = [];
    for (; this.#at < this.#tokens.length && !this.#is("{"); this.#at++) {
      const token = this.#tokens[this.#at];
      if (token?.kind === "name") names.push(token.text);
    }
    this.#at += 1;
    return names;
  }

  #expression(): RuleExpression {
    const end = this.#statementEnd();
    const value = parseRuleExpression(this.#tokens.slice(this.#at, end));
    this.#at = end;
    return value;
  }

  #is(mark: string): boolean {
    return isRuleMark(this.#tokens[this.#at], mark);
  }
}
